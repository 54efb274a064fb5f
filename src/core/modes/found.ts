import type { GenericSchema } from 'valibot';
import type { Conditions } from '../conditions/conditions.ts';
import type { Model } from '../models/model.ts';
import type { Lane } from '../race/lane.ts';
import type { Milliseconds } from '../units.ts';
import type { ComparedFound } from './compared.ts';
import type { Headline } from './headline.ts';

/** What one measurement found; each mode has a form of its own, told by the mode's kind. */
export interface AnyFound {
  readonly kind: string;
}

/** What was found, with all that must be known to judge it; every report is one. */
export interface MeasuredFound<F extends AnyFound = AnyFound> {
  readonly found: F;
  readonly model: Model;
  /** null where nobody knows them: a table of samples was imported. */
  readonly conditions: Conditions | null;
}

/** As plain data, in which columns of numbers are still typed arrays. */
export type Plain = Readonly<Record<string, unknown>>;

/** A list that only ever grows at its end. */
export interface Series {
  /** Its place in what is written: "record.slices". */
  readonly path: string;
  readonly length: number;
  /** Its items from an index on, as they are written. */
  readonly since: (index: number) => readonly unknown[];
}

/** The lists of which storage gets only what is new. */
export interface Growing<F extends AnyFound> {
  series(found: F): readonly Series[];
  /** The same with these lists empty. */
  emptied(found: F): F;
}

export type TableCell = string | number | boolean;

/** One line of a table that is read. */
export interface TableRow {
  /** Its number in the file, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Samples as a table: a row for each, times in milliseconds. */
export interface SampleTable<F extends AnyFound> {
  /** Its own columns, after those that say whose samples these are. */
  readonly columns: readonly string[];
  rows(found: F): Iterable<readonly TableCell[]>;
  /**
   * Reads them back, where they tell enough.
   * @param rows at least one
   * @param title of the model
   * @throws Fault ReportError with the line and what is wrong there
   */
  read?(rows: Iterable<TableRow>, title: string): { readonly found: F; readonly model: Model };
}

export interface ConditionRow {
  readonly title: string;
  readonly value: string;
}

/**
 * What is known of one mode's findings. Its functions are methods, so that a register can hold
 * those of all modes: each is called with findings of its own kind only.
 */
export interface FoundKind<F extends AnyFound = AnyFound, Written = unknown> {
  /** Reads what was written, of which nothing is known. */
  readonly schema: GenericSchema<unknown, Written>;
  /** As it stands in a report's document; absent: as it is. */
  written?(found: F): Plain;
  /** The way back from what the schema read; absent: it is the same. */
  restored?(written: Written, model: Model): F;
  readonly grows?: Growing<F>;
  readonly table: SampleTable<F>;
  /** Whose times it holds. */
  lanes(found: F): readonly Lane[];
  /** How many timings it holds. */
  samples(found: F): number;
  /** How many rounds; absent where it has none. */
  rounds?(found: F): number;
  /** When the last timing ended, from the first one on; absent where it does not tell. */
  lastAt?(found: F): Milliseconds;
  /** In words; null where there is too little to say anything. */
  headline(measured: MeasuredFound<F>): Headline | null;
  /** What it was told to do, in words. */
  settings(found: F): readonly ConditionRow[];
  /** Absent: figures of two are not compared. */
  compare?(a: MeasuredFound<F>, b: MeasuredFound<F>): ComparedFound;
}
