import { copyModel } from '../../onnx/copy.ts';
import { indexGraph } from '../../onnx/graph.ts';
import type { GraphProto, ModelProto } from '../../onnx/onnx_pb.ts';
import type { Decibel } from '../../units.ts';
import { LayerTally } from '../proof/layers.ts';
import { shadowModel } from '../proof/shadow.ts';
import type { Context, Decision } from '../technique.ts';

/**
 * Finds the nodes that, compressed and fed exactly, lose more than they may, as measured on the
 * context's inputs: the few that do most of the damage, and are better left in float.
 * @param decisions those that made the compressed model of the original
 * @param least signal to noise ratio that a node's result must keep
 * @returns what each of them leaves, by first output in the original
 */
export async function coarseNodes(
  original: ModelProto,
  compressed: ModelProto,
  decisions: readonly Decision[],
  least: Decibel,
  { runner, progress }: Context,
): Promise<ReadonlyMap<string, Decibel>> {
  const coarse = new Map<string, Decibel>();
  if (!runner) return coarse;
  const { model, probes } = shadowModel(copyModel(original), copyModel(compressed));
  const tally = new LayerTally(probes);
  const sums = probes.flatMap(({ signal, noise, alone }) => [
    signal,
    noise,
    ...(alone ? [alone] : []),
  ]);
  await runner.observe(model, [...new Set(sums)], (tensor, input) => {
    tally.add([tensor]);
    progress('Measuring each node’s error', input, runner.count);
  });
  const { producers } = indexGraph(original.graph as GraphProto);
  const outcomes = new Map(decisions.map(({ node, outcome }) => [node, outcome]));
  for (const { tensor, alone } of tally.result()) {
    if (alone === null || alone >= least) continue;
    coarse.set(tensor, alone);
    // What was absorbed into the node before it is that node's result.
    let at = tensor;
    while (outcomes.get(at) === 'removed') {
      const [input = ''] = producers.get(at)?.input ?? [];
      if (!producers.has(input)) break;
      coarse.set(input, alone);
      at = input;
    }
  }
  return coarse;
}
