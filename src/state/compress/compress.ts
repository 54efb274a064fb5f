import { createStore } from 'zustand/vanilla';
import type { AutoResult, Budget } from '../../core/compress/auto/choice.ts';
import type { StepReport } from '../../core/compress/compress.ts';
import type { FileFacts, NoiseFacts } from '../../core/compress/inputs/calibrated.ts';
import type { Answers, FileSize, LayerError, Timing } from '../../core/compress/proof/proof.ts';
import type { Recipe } from '../../core/compress/recipe.ts';
import type { Precision } from '../../core/models/model.ts';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { Milliseconds } from '../../core/units.ts';

/** A part of a proof, which comes and fails apart from the others. */
export type Part<T> =
  /** Not measured yet, or stopped. */
  | { readonly state: 'missing' }
  | { readonly state: 'running' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** What is proved of every variant, in the order in which it is measured. */
export interface Proof {
  readonly answers: Part<Answers>;
  readonly timing: Part<Timing>;
  readonly layers: Part<readonly LayerError[]>;
}

/** A variant made on this page; its file lies beside the store. */
export interface Made extends Proof {
  /** The bench's variant of it has this id too. */
  readonly id: string;
  /** The file that it was made from, as `sourceId` names it. */
  readonly source: string;
  readonly title: string;
  readonly precision: Precision;
  readonly recipe: Recipe;
  /** Some of its weights were set to zero. */
  readonly pruned: boolean;
  readonly size: FileSize;
  /** What making it took. */
  readonly ms: Milliseconds;
  readonly reports: readonly StepReport[];
  /** "48 digits"; null where nothing was calibrated. */
  readonly calibrated: string | null;
  /** The choice behind it, where Auto made it. */
  readonly auto: AutoResult | null;
}

/** What calibration and proof run on. */
export type CalibrationInputKind = 'samples' | 'files' | 'noise';

export type Job =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      /** "Calibrating" */
      readonly doing: string;
      readonly done: number;
      /** 0 where it cannot be counted. */
      readonly of: number;
      /** When `doing` began, by `performance.now`. */
      readonly since: Milliseconds;
    }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export interface CompressState {
  /** The variant of the bench's model that is made smaller; null for its reference. */
  readonly variantId: string | null;
  /** Techniques of the recipe that is being put together, by id. */
  readonly chosen: ReadonlySet<string>;
  /** Options that are not at their defaults, by technique. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The name given by a recipe file; null for one made of the techniques' titles. */
  readonly title: string | null;
  /** What was chosen to calibrate on; null for the best that there is. */
  readonly inputKind: CalibrationInputKind | null;
  /** How many inputs calibration sees; null for the usual number. */
  readonly inputCount: number | null;
  /** The user's own inputs, of the chosen model: their files and how many; null for none. */
  readonly ownInputs: { readonly files: readonly FileFacts[]; readonly count: number } | null;
  /** What a recipe's noise is made from; null for the page's own seed and the bench's sizes. */
  readonly noise: Pick<NoiseFacts, 'seed' | 'sizes'> | null;
  /** What Auto may not fall below. */
  readonly budget: Budget;
  readonly job: Job;
  /** The source's size as a download, by `sourceId`, once known. */
  readonly originals: Readonly<Record<string, FileSize>>;
  /** All that was made since the page was opened, the newest last. */
  readonly made: readonly Made[];
  /** Auto's last result for a source, by `sourceId`, where nothing beat the original. */
  readonly noGain: Readonly<Record<string, AutoResult>>;
  /** The variant whose answers and layers are shown; null for the newest. */
  readonly shown: string | null;
  /** The last file that was refused, until it is dismissed. */
  readonly refusal: ErrorFacts | null;
}

export const compression = createStore<CompressState>(() => ({
  variantId: null,
  chosen: new Set(['static-int8']),
  options: {},
  title: null,
  inputKind: null,
  inputCount: null,
  ownInputs: null,
  noise: null,
  budget: { agreement: 0.99, sqnr: 20 },
  job: { state: 'idle' },
  originals: {},
  made: [],
  noGain: {},
  shown: null,
  refusal: null,
}));

/** Whether the device is busy with a compression or its proof. */
export const isCompressing = ({ job }: CompressState): boolean => job.state === 'running';
