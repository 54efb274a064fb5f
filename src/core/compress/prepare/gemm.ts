import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { perChannel } from './affine.ts';
import { type Draft, isStandard } from './draft.ts';
import { BIAS, BROADCASTS_SINCE, linearOf } from './linear.ts';

/** The sole reader of a product, where it adds one constant to each channel. */
function biasAfter(draft: Draft, product: NodeProto, channels: number) {
  const [output = ''] = product.output;
  const sum = draft.soleReader(output);
  if (!sum || !isStandard(sum, 'Add')) return null;
  const other = sum.input.find((name) => name !== output) ?? '';
  const bias = perChannel(draft.floats(other), { channels, rank: 2 });
  return bias && { sum, bias };
}

/**
 * Makes one Gemm of a MatMul of two matrices and the Add of its bias: integer kernels take the
 * bias along, and BatchNormalization can be multiplied into it.
 */
export function joinBiases(draft: Draft): void {
  if (draft.opset < BROADCASTS_SINCE) return;
  for (const node of draft.index.order) {
    if (!isStandard(node, 'MatMul')) continue;
    const layer = linearOf(draft, node);
    // Gemm takes matrices only.
    if (!layer || draft.types.get(layer.input)?.shape?.length !== 2) continue;
    const found = biasAfter(draft, node, layer.outputs);
    if (!found) continue;
    const { sum, bias } = found;
    node.opType = 'Gemm';
    draft.storeFor(node, BIAS, [layer.outputs], bias);
    node.output = [...sum.output];
    draft.remove(sum, `added by ${draft.ledger.title(node)}`);
    draft.ledger.note(
      node,
      'changed',
      `a Gemm, which adds the constant of ${draft.ledger.title(sum)}`,
    );
  }
  draft.refresh();
}
