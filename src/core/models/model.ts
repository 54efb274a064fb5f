import { taskKind } from '../tasks/register.ts';
import type { AnyTask } from '../tasks/task.ts';
import type { Bytes, Fraction } from '../units.ts';

/** `unknown` is a file whose weights could not be read well enough to say. */
export type Precision = 'fp32' | 'fp16' | 'int8' | 'int4' | 'unknown';

/** Where a variant's bytes come from. */
export type VariantSource =
  | { readonly kind: 'zoo'; readonly file: string; readonly sha256: string }
  | { readonly kind: 'dropped'; readonly file: string };

/** Accuracy as its recipe measured it, on data that are named. */
export interface MeasuredAccuracy {
  readonly value: Fraction;
  readonly correct: number;
  readonly of: number;
  readonly data: string;
}

/** A node that draws random numbers, so that no two runs of its model answer alike. */
export interface RandomNode {
  readonly operator: string;
  /** Its name, or else its first output's. */
  readonly node: string;
}

/** One form of a model: fp32, static int8, int8 weights, or a file the user dropped. */
export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly precision: Precision;
  readonly bytes: Bytes;
  readonly source: VariantSource;
  /** How often each operator occurs in the graph; absent where the file was not read. */
  readonly operators?: Readonly<Record<string, number>>;
  readonly accuracy?: MeasuredAccuracy;
  /** Some of its weights were set to zero after training. */
  readonly pruned?: boolean;
  /** Draws random numbers in every run; absent where none does, or the file was not read. */
  readonly random?: RandomNode;
  /** One sentence: how this variant was made. */
  readonly made?: string;
}

/** Labelled inputs that ship beside a model. */
export interface SamplePack {
  readonly file: string;
  readonly bytes: Bytes;
  readonly sha256: string;
  readonly count: number;
}

/**
 * One ONNX network with a task, in one or several variants; the first is the reference. Of some
 * tasks it carries more (pictures, sound), which the slice of its kind knows.
 */
export interface Model<Task extends AnyTask = AnyTask> {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly task: Task;
  readonly variants: readonly Variant[];
  readonly parameters?: number;
  readonly macs?: number;
  readonly licence?: string;
  /** All labelled samples. */
  readonly samples?: SamplePack;
  /** A few of the samples, small enough to fetch with the page. */
  readonly preview?: SamplePack;
}

/** The variant whose answers on WASM the others are compared with. */
export function referenceVariant(model: Model): Variant {
  const [first] = model.variants;
  if (!first) throw new RangeError(`Model ${model.id} has no variants.`);
  return first;
}

/** What makes the answers of a model's variants differ whatever their form; null where nothing does. */
export const randomIn = ({ variants }: Pick<Model, 'variants'>): RandomNode | null =>
  variants.find(({ random }) => random)?.random ?? null;

/** Why the answers of a model that draws random numbers cannot be compared, as a clause. */
export const randomWords = ({ operator, node }: RandomNode): string =>
  `${operator} (“${node}”) draws new random numbers in every run`;

/** Whether a race of it runs on random numbers, because nobody knows what it computes. */
export const runsOnNoise = ({ task }: Model): boolean => taskKind(task).blind ?? false;

/** What a model's inputs are called in a sentence. */
export const inputNoun = ({ task }: Model): string => taskKind(task).noun;

/**
 * A model as the slice of its task knows it.
 * @throws RangeError for a model of another kind
 */
export function modelOfKind<M extends Model>(model: Model, kind: M['task']['kind']): M {
  if (model.task.kind !== kind) {
    throw new RangeError(`A model of ${model.task.kind} was taken for one of ${kind}.`);
  }
  // All that a model of a kind carries was read by that kind's schema.
  return model as M;
}
