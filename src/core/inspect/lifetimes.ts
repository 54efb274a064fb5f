import type { NodeProto } from '../onnx/onnx_pb.ts';
import type { Bytes } from '../units.ts';
import { isView } from './cost.ts';

export interface Lifetimes {
  /** Bytes of activations that must exist while each node runs, in the order of the nodes. */
  readonly live: readonly Bytes[];
  /** The most of them; 0 for no nodes. */
  readonly peak: Bytes;
  /** The first node at which that is reached; -1 for no nodes. */
  readonly peakAt: number;
}

/**
 * Follows each activation from the node that makes it to the last that reads it. Inputs live from
 * the start, outputs to the end; a view (Reshape, Squeeze, …) lives in the bytes it looks at;
 * nothing is assumed to be computed in place. The peak is the most that is live at once: what a
 * runtime needs at least without computing in place, apart from weights and scratch memory.
 * @param nodes in the order in which they run
 * @param bytes size of a tensor; 0 for weights, constants and tensors of unknown size
 * @param reads names of all tensors that a node reads
 * @param inside bytes that the bodies of a node need beyond what it reads
 */
export function lifetimesOf(
  nodes: readonly NodeProto[],
  inputs: readonly string[],
  outputs: readonly string[],
  bytes: (name: string) => Bytes,
  reads: (node: NodeProto) => readonly string[],
  inside: (node: NodeProto) => Bytes,
): Lifetimes {
  const home = new Map<string, string>();
  const homeOf = (name: string) => home.get(name) ?? name;
  for (const { opType, input, output } of nodes) {
    const [data = ''] = input;
    if (isView(opType) && output[0] && bytes(data) > 0) home.set(output[0], homeOf(data));
  }
  const last = new Map<string, number>();
  nodes.forEach((node, i) => {
    for (const name of [...node.output, ...reads(node)]) last.set(homeOf(name), i);
  });
  for (const name of outputs) last.set(homeOf(name), nodes.length);

  let now = 0;
  const alive = new Set<string>();
  const begin = (name: string) => {
    if (name === '' || home.has(name) || alive.has(name) || !last.has(name)) return;
    alive.add(name);
    now += bytes(name);
  };
  for (const name of inputs) begin(name);
  const ending = new Map<number, string[]>();
  for (const [name, at] of last) ending.set(at, [...(ending.get(at) ?? []), name]);
  const live = nodes.map((node, i) => {
    for (const name of node.output) begin(name);
    const during = now + inside(node);
    for (const name of ending.get(i) ?? []) if (alive.delete(name)) now -= bytes(name);
    return during;
  });
  const peak = live.reduce((most, each) => Math.max(most, each), 0);
  return { live, peak, peakAt: live.indexOf(peak) };
}
