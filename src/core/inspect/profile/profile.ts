import type { ElementCode } from '../../onnx/elements.ts';
import type { Bytes, Milliseconds } from '../../units.ts';

/** A tensor as it really was: every size a number. */
export interface TensorFact {
  readonly elem: ElementCode;
  readonly shape: readonly number[];
}

/** Times of one thing in the measured runs, each the sum of all that happened in that run. */
export interface RunTimes {
  readonly median: Milliseconds;
  readonly total: Milliseconds;
  /** One per measured run, in order. */
  readonly runs: readonly Milliseconds[];
}

/**
 * Where a node's work is done, which says how to read its times. `cpu`: its time is its work.
 * `gpu`: the CPU only encodes commands, the work is in `gpu`. `copy`: between CPU and GPU; a copy
 * to the CPU also waits for all GPU work before it.
 */
export type NodeKind = 'cpu' | 'gpu' | 'copy';

/** A node of the graph that the runtime made of the file, as it ran. */
export interface ExecutedNode {
  /** Index in the runtime's graph and name: no other executed node has the same. */
  readonly key: string;
  /** As the runtime calls it; see `matchNodes` for the file's own. */
  readonly name: string;
  readonly index: number;
  /** What really ran: FusedConv, QLinearConv, … */
  readonly operator: string;
  /** "CPUExecutionProvider" */
  readonly provider: string;
  readonly kind: NodeKind;
  /** Executions in the measured runs; more than their number inside loops. */
  readonly count: number;
  /** On the CPU's clock, without the nodes of its subgraphs; for `gpu`, encoding. */
  readonly cpu: RunTimes;
  /** On the GPU's clock; null off the GPU, and where the browser gives no GPU timestamps. */
  readonly gpu: RunTimes | null;
  /** Median per run of the work itself: on the GPU where that is known, else on the CPU. */
  readonly ms: Milliseconds;
  /** Weights that the runtime has repacked for itself are missing among them. */
  readonly inputs: readonly TensorFact[];
  readonly outputs: readonly TensorFact[];
  /** Constants read in one execution, but for repacked ones. */
  readonly parameterBytes: Bytes;
  readonly activationBytes: Bytes;
  readonly outputBytes: Bytes;
}

/** All nodes of one operator type on one provider. */
export interface OperatorTime {
  readonly operator: string;
  readonly provider: string;
  readonly kind: NodeKind;
  readonly nodes: number;
  /** Sum of the nodes' `ms`. */
  readonly ms: Milliseconds;
}

/** Copies between providers in one run. Inputs and outputs of the model are not among them. */
export interface Crossings {
  readonly toCpu: { readonly count: number; readonly bytes: Bytes };
  readonly toGpu: { readonly count: number; readonly bytes: Bytes };
}

/** Convolutions, matrix products, attention and recurrent cells by the arithmetic that they use. */
export interface Arithmetic {
  readonly int8: { readonly nodes: number; readonly ms: Milliseconds };
  readonly float: { readonly nodes: number; readonly ms: Milliseconds };
}

/** One execution of a node, for a timeline. */
export interface ProfileSlice {
  /** Place in `Profile.nodes`. */
  readonly node: number;
  /** Place among the measured runs. */
  readonly run: number;
  readonly clock: 'cpu' | 'gpu';
  /** Since the start of the first measured run. */
  readonly start: Milliseconds;
  readonly ms: Milliseconds;
}

export interface ProfiledRun {
  /** Since the start of the first measured run. */
  readonly start: Milliseconds;
  /** The runtime's whole call, with the wait for the GPU. */
  readonly ms: Milliseconds;
}

/** What the runtime's profiler says of a few runs. */
export interface Profile {
  /** In order of execution. */
  readonly nodes: readonly ExecutedNode[];
  /** The longest first. */
  readonly operators: readonly OperatorTime[];
  /** Measured runs; those before, which warm up, are left out of everything. */
  readonly runs: readonly ProfiledRun[];
  readonly warmRuns: number;
  /** Median of the runs' whole times. */
  readonly wallMs: Milliseconds;
  /**
   * Median of what no node accounts for on the CPU's clock: the runtime between nodes and, on
   * the GPU, the wait for what it was sent.
   */
  readonly betweenMs: Milliseconds;
  /** Median of the GPU's busy time per run; null where it is not known. */
  readonly gpuMs: Milliseconds | null;
  readonly crossings: Crossings;
  readonly arithmetic: Arithmetic;
  readonly slices: readonly ProfileSlice[];
}
