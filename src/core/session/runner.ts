import type { FeedSet, OutputTensor, TensorSpec } from '../tensors/tensors.ts';
import type { Bytes, Milliseconds } from '../units.ts';

/** Which nodes an execution provider got. */
export interface ProviderShare {
  readonly provider: string;
  readonly nodes: number;
  /** Operator types, each once. */
  readonly operators: readonly string[];
}

/** One file that a lane needed. */
export interface Fetched {
  readonly name: string;
  readonly bytes: Bytes;
  /** Until it was there whole, checks of its contents included. */
  readonly ms: Milliseconds;
  /** `page`: it was already in the page, dropped by the user or fetched for another lane. */
  readonly from: 'network' | 'cache' | 'page';
}

/** What is known once a lane has a session, before anything was run. */
export interface LaneOpened {
  /** The runtime's and the model's files. */
  readonly fetched: readonly Fetched[];
  /** Compiling and initialising the runtime, its files in hand. */
  readonly runtimeMs: Milliseconds;
  /** Memory with the runtime started and no model in it yet. */
  readonly runtimeMemory: LaneMemory;
  /** Parsing and optimising the model and placing its nodes. */
  readonly sessionMs: Milliseconds;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Who runs the nodes, as the runtime logged it; empty when it logged nothing. */
  readonly placement: readonly ProviderShare[];
  readonly memory: LaneMemory;
}

/** Memory of one lane at one moment. */
export interface LaneMemory {
  /** The lane's WASM heap; it never shrinks while the lane lives. */
  readonly heap: Bytes;
  /** Live GPU buffers; null on WASM. */
  readonly gpu: Bytes | null;
  /** The most that GPU buffers held at once since the lane began; null on WASM. */
  readonly gpuPeak: Bytes | null;
}

/** Feeds for the timed rounds, and labelled feeds for checking answers. */
export type Slot = 'race' | 'check';

export interface TurnRequest {
  readonly slot: Slot;
  /** The first feed to run. */
  readonly from: number;
  /** How many feeds to run, one after another. */
  readonly count: number;
  /** Timings taken of each feed. */
  readonly repeat: number;
  /** Inferences inside one timing; over 1 only where one is too short for the clock. */
  readonly batch: number;
  /** Whether to send back the outputs of the last inference of each feed. */
  readonly keep: boolean;
}

/** What a lane did before the next one had its turn. */
export interface Turn {
  /** count * repeat timings, each divided by `batch`: milliseconds per inference. */
  readonly ms: Float64Array;
  /** Per feed, all outputs; empty unless `keep`. */
  readonly outputs: readonly (readonly OutputTensor[])[];
  readonly memory: LaneMemory;
}

/**
 * What a race needs from a lane. Any call may reject with a named Error; a lane that rejected
 * gets no further call.
 */
export interface LaneRunner {
  open(): Promise<LaneOpened>;
  load(slot: Slot, feeds: FeedSet): Promise<void>;
  turn(request: TurnRequest): Promise<Turn>;
}
