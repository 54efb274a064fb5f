import type * as v from 'valibot';
import type { ModelProto } from '../onnx/onnx_pb.ts';
import type { StopSignal } from '../race/race.ts';
import type { OutputTensor } from '../tensors/tensors.ts';

/** What a technique did to one node of the model, and why. */
export interface Decision {
  /** The node's first output: the only name that every node has and no two share. */
  readonly node: string;
  /** The node as a person finds it: its name, or what it is and makes. */
  readonly title: string;
  readonly operator: string;
  readonly outcome: 'changed' | 'kept' | 'removed';
  /** A clause without a full stop: "int8, its weights per channel", "kept in float: no constant weights". */
  readonly reason: string;
}

/** Runs models on the calibration inputs, which it holds. */
export interface Runner {
  /** How many inputs there are. */
  readonly count: number;
  /** Seeded noise stands in for inputs that nobody gave. */
  readonly noise: boolean;
  /**
   * Runs a model once for every input and hands over the named tensors, a few at a time, so that
   * memory stays bounded; `take` must not keep the data. Tensors of one input come before those
   * of the next; every tensor comes once for each input.
   * @param tensors any that the main graph makes or reads; float ones
   * @throws Fault as the runtime's sessions do; the signal's reason
   */
  observe(
    model: ModelProto,
    tensors: readonly string[],
    take: (tensor: OutputTensor, input: number) => void,
  ): Promise<void>;
}

/** What a technique may use while it works. */
export interface Context {
  /** Null where there is nothing that could run a model. */
  readonly runner: Runner | null;
  /** Tells what is being done: "Calibrating", 30 of 48. */
  readonly progress: (doing: string, done: number, of: number) => void;
  /** Asked between pieces of work that take long. */
  readonly signal: StopSignal;
}

/** How much smaller a technique makes weights that were float32, before anything was made. */
export interface ExpectedSize {
  readonly factor: number;
  /** Only the download shrinks: on disk the file stays as long as it was. */
  readonly zipped: boolean;
}

/** How an option is shown and what it does, for people. */
interface DialText {
  readonly title: string;
  /** What it does and when it helps. */
  readonly sentence: string;
}

export type Dial = DialText &
  (
    | { readonly kind: 'switch' }
    | {
        readonly kind: 'choice';
        readonly choices: readonly { readonly value: string | number; readonly title: string }[];
      }
    | {
        readonly kind: 'number';
        readonly min: number;
        readonly max: number;
        readonly step: number;
        readonly unit?: string;
      }
    /** Names of nodes, one per line, set by hand or by Auto. */
    | { readonly kind: 'nodes' }
  );

/**
 * One way to make a model smaller or faster: its options with their defaults, what a person is
 * told of it, and the change itself.
 */
export interface Technique<Id extends string = string, Options extends object = object> {
  readonly id: Id;
  readonly title: string;
  /** What it does and when it helps. */
  readonly sentence: string;
  /** Reads the options from a recipe (untrusted: it may come from a file); absent ones take defaults. */
  readonly schema: v.GenericSchema<unknown, Options>;
  /** One for every option. */
  readonly dials: { readonly [Key in keyof Options]: Dial };
  /** Where it stands among those offered: smaller is earlier; what most people look for comes first. */
  readonly rank: number;
  /** What a step with these options is called in a variant's title: "Pruning 50%". */
  readonly stepTitle: (options: Options) => string;
  /** How much smaller files get, of a model that is nearly all weights; null where they do not. */
  readonly expectedSize: (options: Options) => ExpectedSize | null;
  /** Whether it sets weights to zero, so that answers may differ more than the precision says. */
  readonly prunes: (options: Options) => boolean;
  /** Whether it looks at activations, and so needs a `Runner`. */
  readonly needsInputs: (options: Options) => boolean;
  /**
   * Edits the model in place. Weights are views of the file: they are replaced, never written to.
   * Tensors that still exist keep their names, inputs and outputs of the model always do.
   * @throws Fault CompressError with a sentence where it cannot be applied; the signal's reason
   */
  readonly apply: (model: ModelProto, options: Options, context: Context) => Promise<Decision[]>;
}
