import { type FileNode, matchNodes } from '../../inspect/profile/match.ts';
import type { ExecutedNode, Profile } from '../../inspect/profile/profile.ts';
import { firstOutput } from '../../onnx/graph.ts';
import type { GraphProto, NodeProto } from '../../onnx/onnx_pb.ts';
import { medianOf } from '../../stats/quantiles.ts';
import { elementCount } from '../../tensors/tensors.ts';
import type { Milliseconds } from '../../units.ts';
import { counterparts } from '../proof/slices.ts';

/** Time to change one element, from a profile. */
export interface ChangeRates {
  readonly quantize: Milliseconds;
  readonly dequantize: Milliseconds;
  /** From channels first to channels last, in which integer convolutions work, or back. */
  readonly layout: Milliseconds;
}

/** As measured on one thread with onnxruntime-web 1.30.0, where a profile has none to measure. */
const USUAL: ChangeRates = { quantize: 0.5e-6, dequantize: 0.25e-6, layout: 0.45e-6 };
/** Shorter times are mostly the profiler's own. */
const ENOUGH_ELEMENTS = 4096;

/**
 * A node's time in its best run. Other work on the machine, and code that is not compiled to its
 * best yet, can only add to it, and add more than forms differ by.
 */
const bestOf = ({ cpu }: ExecutedNode): Milliseconds => Math.min(...cpu.runs);

const elementsOf = ({ outputs }: ExecutedNode) => elementCount(outputs[0]?.shape ?? []);

/** What it costs to go from floats to codes and back, in the runs of some profiles. */
export function changeRates(profiles: readonly Profile[]): ChangeRates {
  const nodes = profiles.flatMap((profile) => profile.nodes);
  const rate = (operator: string, usual: Milliseconds) => {
    const found = nodes.filter(
      (node) => node.operator === operator && elementsOf(node) >= ENOUGH_ELEMENTS,
    );
    return found.length > 0
      ? medianOf(found.map((node) => bestOf(node) / elementsOf(node)))
      : usual;
  };
  return {
    quantize: rate('QuantizeLinear', USUAL.quantize),
    dequantize: rate('DequantizeLinear', USUAL.dequantize),
    layout: USUAL.layout * (rate('QuantizeLinear', USUAL.quantize) / USUAL.quantize),
  };
}

/**
 * Which of the original's nodes each node of a variant works for: that of its own name and
 * operator, else those of whose result it is a part.
 * @returns first outputs of original nodes, by the variant's node
 */
function worksFor(original: GraphProto, variant: GraphProto): Map<NodeProto, string[]> {
  const same = new Map(original.node.map((node) => [`${node.opType} ${node.name}`, node]));
  const owners = new Map<NodeProto, string[]>();
  for (const node of variant.node) {
    const kept = node.name === '' ? undefined : same.get(`${node.opType} ${node.name}`);
    if (kept) owners.set(node, [firstOutput(kept)]);
  }
  const kept = new Set(owners.keys());
  for (const { node, slice } of counterparts(original, variant)) {
    for (const part of slice) {
      if (!kept.has(part)) owners.set(part, [...(owners.get(part) ?? []), firstOutput(node)]);
    }
  }
  return owners;
}

/** Changes between floats and codes are counted apart: whether they are needed depends on neighbours. */
const isChange = ({ opType, input }: NodeProto, stored: ReadonlySet<string>): boolean =>
  (opType === 'QuantizeLinear' || opType === 'DequantizeLinear') && !stored.has(input[0] ?? '');

/**
 * Time that each node of the original takes in a variant, with all that the variant has in its
 * place, but without changes of activations between floats and codes. What is shared is split.
 * @param profiles of the variant as it is given here, every node with its name
 * @returns the least of all runs, by the node's first output; nodes that were fused into others
 *   are missing
 */
export function nodeTimes(
  original: GraphProto,
  variant: GraphProto,
  profiles: readonly Profile[],
): Map<string, Milliseconds> {
  const owners = worksFor(original, variant);
  const stored = new Set(variant.initializer.map(({ name }) => name));
  const file = variant.node.map(
    ({ name, opType, output }): FileNode => ({ name, op: opType, outputs: output }),
  );
  const least = new Map<string, Milliseconds>();
  for (const { nodes } of profiles) {
    const { origins } = matchNodes(nodes, file);
    const times = new Map<string, Milliseconds>();
    nodes.forEach((executed, i) => {
      const origin = origins[i];
      const node = origin?.kind === 'file' ? variant.node[origin.node] : undefined;
      if (!node || isChange(node, stored)) return;
      const owned = owners.get(node) ?? [];
      for (const owner of owned) {
        times.set(owner, (times.get(owner) ?? 0) + bestOf(executed) / owned.length);
      }
    });
    for (const [name, ms] of times) least.set(name, Math.min(ms, least.get(name) ?? ms));
  }
  return least;
}
