import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { type Draft, isStandard } from '../prepare/draft.ts';
import { allFinite, type LinearLayer, linearOf } from '../prepare/linear.ts';
import { floatsOf } from '../static/weights.ts';

/** MatMuls and Gemms that read the same activations, as those of query, key and value do. */
export interface Group {
  readonly activations: string;
  /** Size of the activations' last axis. */
  readonly channels: number;
  readonly layers: readonly LinearLayer[];
}

/** Why a layer's weights cannot be multiplied by a factor per channel, or null. */
function unfit(draft: Draft, layer: LinearLayer, siblings: readonly NodeProto[]): string | null {
  const name = layer.node.input[1] ?? '';
  const readers = draft.index.consumers.get(name) ?? [];
  const inGroup = siblings.filter((node) => node.input[1] === name).length;
  if (!readers.every((node) => siblings.includes(node)) || draft.readings(name) !== inGroup) {
    return 'something else reads its weights';
  }
  return allFinite(floatsOf(layer.weight, 1)) ? null : 'its weights hold NaN or infinity';
}

/**
 * Finds what can share a factor per channel; layers that cannot are told of with the reason.
 * @param keep nodes to be left alone, by an output
 */
export function groupsOf(draft: Draft, keep: ReadonlySet<string>): Group[] {
  const byActivations = new Map<string, LinearLayer[]>();
  for (const node of draft.index.order) {
    if (!isStandard(node, 'MatMul', 'Gemm')) continue;
    const layer = linearOf(draft, node);
    const reason = !layer
      ? 'its weights are not constant float32'
      : node.output.some((name) => keep.has(name))
        ? 'as asked'
        : null;
    if (!layer || reason) {
      draft.ledger.note(node, 'kept', `not smoothed: ${reason ?? ''}`);
    } else byActivations.set(layer.input, [...(byActivations.get(layer.input) ?? []), layer]);
  }
  return [...byActivations].flatMap(([activations, layers]): Group[] => {
    const nodes = layers.map(({ node }) => node);
    const fit = layers.filter((layer) => {
      const reason = unfit(draft, layer, nodes);
      if (reason) draft.ledger.note(layer.node, 'kept', `not smoothed: ${reason}`);
      return reason === null;
    });
    const [first] = fit;
    return first ? [{ activations, channels: first.inputs, layers: fit }] : [];
  });
}
