import type { Milliseconds } from '../../units.ts';
import { type Cost, costOf, NO_COST, type Sized } from '../cost.ts';
import type { InspectedNode } from '../inspection.ts';
import { precisionOfType } from '../precision.ts';
import { matchNodes, type Origin } from './match.ts';
import type { ExecutedNode, Profile } from './profile.ts';

/** The arithmetic that a node's work is done in. */
export type NodeArithmetic = 'fp32' | 'fp16' | 'int8';

/** An executed node beside the node of the file that it runs, and what it cost. */
export interface CostedNode {
  readonly executed: ExecutedNode;
  /** Null for what the runtime inserted or fused beyond recognition. */
  readonly file: InspectedNode | null;
  readonly origin: Origin['kind'];
  readonly arithmetic: NodeArithmetic;
  /** For one inference, at the widths that the runtime worked with; null where not known. */
  readonly cost: Cost | null;
}

/** The runtime's integer kernels, whatever they give out: their inputs are int8, their sums int32. */
const INTEGER =
  /^(QLinear|QGemm|ConvInteger|MatMulInteger|DynamicQuantizeMatMul|DynamicQuantizeLSTM|QAttention)/;
/** From float to int8: the arithmetic is float's. */
const QUANTIZING = /^(Dynamic)?QuantizeLinear$/;

export function arithmeticOf({
  operator,
  outputs,
}: Pick<ExecutedNode, 'operator' | 'outputs'>): NodeArithmetic {
  if (INTEGER.test(operator)) return 'int8';
  if (QUANTIZING.test(operator)) return 'fp32';
  const precision = precisionOfType(outputs[0] ?? null);
  return precision === 'int8' || precision === 'fp16' ? precision : 'fp32';
}

const WIDTH: Readonly<Record<NodeArithmetic, number>> = { fp32: 4, fp16: 2, int8: 1 };

const NO_ATTRIBUTES = { int: () => null, ints: () => null, text: () => null };

/**
 * Arithmetic comes from the file's node, whose shapes and attributes are known; bytes from what the
 * runtime read and wrote. Weights that it has repacked are missing in its account: they count at
 * the width that the kernel works with.
 */
function costFor(
  executed: ExecutedNode,
  file: InspectedNode | null,
  arithmetic: NodeArithmetic,
  runs: number,
): Cost | null {
  const { operator, inputs, outputs, activationBytes, parameterBytes, outputBytes } = executed;
  const counted =
    file?.cost ??
    costOf(operator, { ...NO_ATTRIBUTES, inputs: inputs as Sized[], outputs: outputs as Sized[] });
  if (!counted) return null;
  // Views move nothing, whatever sizes the trace gives.
  if (counted === NO_COST) return NO_COST;
  const times = executed.count / runs;
  const weights = Math.max(parameterBytes, (file?.parameters ?? 0) * WIDTH[arithmetic]);
  return {
    macs: counted.macs * times,
    flops: counted.flops * times,
    read: (activationBytes + weights) * times,
    written: outputBytes * times,
  };
}

/** Joins a profile with the inspection of the file that was profiled. */
export function costedNodes(profile: Profile, nodes: readonly InspectedNode[]): CostedNode[] {
  const { origins } = matchNodes(
    profile.nodes,
    nodes.map(({ name, operator, outputs }) => ({
      name,
      op: operator,
      outputs: outputs.map((port) => port.name),
    })),
  );
  return profile.nodes.map((executed, i) => {
    const origin = origins[i] as Origin;
    const file = origin.kind === 'file' ? (nodes[origin.node] ?? null) : null;
    const arithmetic = arithmeticOf(executed);
    const cost = costFor(executed, file, arithmetic, profile.runs.length);
    return { executed, file, origin: origin.kind, arithmetic, cost };
  });
}

/** Nodes of the file that nothing ran by name: fused into others, or computed at load. */
export function absorbedNodes(
  costed: readonly CostedNode[],
  nodes: readonly InspectedNode[],
): InspectedNode[] {
  const ran = new Set(costed.map(({ file }) => file));
  return nodes.filter((node) => !ran.has(node) && node.within.length === 0);
}

/** Operations per second in 10^9, in one node's own time; null where either is not known. */
export function rateOf({ cost, executed }: CostedNode): number | null {
  return cost && cost.flops > 0 && executed.ms > 0 ? cost.flops / executed.ms / 1e6 : null;
}

/** The profiler writes whole microseconds: what is shorter than this has no second digit. */
export const MIN_MS: Milliseconds = 0.005;
