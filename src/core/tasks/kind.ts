import type * as v from 'valibot';
import type { Stated } from '../schema/shipped.ts';
import type { Counts } from '../stats/counts.ts';
import type { OutputTensor, TensorSpec } from '../tensors/tensors.ts';
import type { AnyTask } from './task.ts';

/** What is known of a file of which nobody said what it is for. */
export interface Signature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** Answers that are checked as one sequence, in which each lane remembers what came before. */
export interface SequenceKind<T extends AnyTask> {
  /** The one number of an answer that is kept of every input. */
  number(task: T, outputs: readonly OutputTensor[]): number;
  /** Why a lane is wrong, of whose answers only so much is the reference's: "90% of 50". */
  differs(much: string): string;
}

/** Answers that hold several things, which are counted: boxes, say. */
export interface CountedKind {
  /** Reads what was found in one answer from a report, where a lane has it as `boxes`. */
  readonly schema: v.GenericSchema<unknown, object>;
  /** What a lane found less than the reference of what is known to be there: "2 fewer labelled lines". */
  fewer(number: number): string;
  /** In a headline after a lane's name, of the reference's: "draws 9 of its 10 boxes". */
  shared(counts: Counts): string;
  /** Why a lane is wrong that has too few things in common with the reference. */
  differs(counts: Counts): string;
}

/** How answers of one kind of task are compared, counted and stored. */
export interface AnswerKind<T extends AnyTask> {
  /** Whether one of several classes is chosen, so that agreement and accuracy mean something. */
  readonly classes: boolean;
  /** The output that holds the answer; null where nobody knows, so that all outputs count. */
  output(task: T): string | null;
  /** Names of the classes, where the task itself lists them. */
  names?(task: T): readonly string[];
  /** A score for each class, where the output is something else. */
  scores?(task: T, output: OutputTensor): OutputTensor;
  readonly sequence?: SequenceKind<T>;
  readonly counted?: CountedKind;
}

/** What was chosen to run on, as a report keeps it: data, and the sentence that follows from it. */
export interface InputKind<Facts extends object = object> {
  readonly schema: v.GenericSchema<unknown, Facts>;
  /** "test image 3", "a drawing" */
  words(facts: Facts): string;
  /** What reports say that were written before they kept the data; null where nothing follows. */
  fromWords?(sentence: string): Facts | null;
}

/** What models of a kind have besides what all have. */
export interface CarriedKind {
  /** Of their entry in the zoo's manifest, brought to the model's own fields. */
  readonly entry: v.GenericSchema<unknown, object>;
  /** The same fields as a report holds them. */
  readonly model: v.GenericSchema<unknown, object>;
}

/**
 * The part of a kind of task that is pure and loads with the page. Methods, since a register holds
 * kinds of different tasks: each is only ever asked about tasks of its own kind.
 */
export interface TaskCore<T extends AnyTask = AnyTask, Facts extends object = object> {
  readonly kind: T['kind'];
  /** What a model's inputs are called in a sentence: "digits". */
  readonly noun: string;
  /** Reads a task from the zoo's manifest or from a report. Both are untrusted. */
  readonly schema: v.GenericSchema<unknown, T>;
  readonly carried?: CarriedKind;
  /** Files beside the variants and the packs of samples that the site ships for a model. */
  files?(model: { readonly task: T }): readonly Stated[];
  /** What a model takes, as a file of numbers or noise must fit it. */
  inputs(task: T): readonly TensorSpec[];
  /** What a compression may calibrate on; kinds without it are calibrated on noise. */
  readonly samples?: {
    /** How many come with a model. */
    count(model: { readonly task: T }): number;
    /** Whether the true class of each is known. */
    readonly labelled: boolean;
  };
  /**
   * Nobody knows what such a model computes: it takes what its file declares, in sizes that the user
   * sets, and runs on random numbers.
   */
  readonly blind?: true;
  /** Sizes of one inference that a model's file leaves open, by the names that the file gives them. */
  sizes?(task: T): Readonly<Record<string, number>>;
  /** The task of a file of the user's; null where it is of another kind. */
  recognise?(signature: Signature): T | null;
  readonly answers: AnswerKind<T>;
  readonly input: InputKind<Facts>;
}

/** A kind of task: the pure part, and code that comes with the first model of the kind. */
export interface TaskKind<T extends AnyTask = AnyTask, Facts extends object = object>
  extends TaskCore<T, Facts> {
  /** What it runs on, … */
  state(): Promise<object>;
  /** … what a person sees of it, … */
  ui(): Promise<object>;
  /** … and how it follows a camera or a microphone; or why it cannot, as a sentence. */
  readonly live: string | (() => Promise<object>);
}
