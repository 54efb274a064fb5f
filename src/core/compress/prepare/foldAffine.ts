import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { numberOf, textOf } from '../static/attributes.ts';
import { type Affine, affineOf } from './affine.ts';
import type { Draft } from './draft.ts';
import {
  allFinite,
  biasOf,
  forEachPair,
  type LinearLayer,
  linearOf,
  scaledWeights,
  storeBias,
} from './linear.ts';

const WEIGHTS = 1;

/** Layers whose activations have their channels on axis 1. */
function layerAt(draft: Draft, node: NodeProto): LinearLayer | null {
  return node.opType === 'MatMul' ? null : linearOf(draft, node);
}

const rankOf = ({ weight }: LinearLayer): number => weight.dims.length;

/** The layer as one that also does what follows it; false where float32 cannot hold the product. */
function fold(draft: Draft, layer: LinearLayer, { scale, shift }: Affine): boolean {
  const bias = biasOf(draft, layer);
  if (!bias || !allFinite(scale) || !allFinite(shift)) return false;
  const weights = scaledWeights(layer, scale, null);
  const sums = bias.map((b, o) => b * (scale[o] as number) + (shift[o] as number));
  if (!allFinite(weights) || !allFinite(Float32Array.from(sums))) return false;
  draft.storeFor(layer.node, WEIGHTS, layer.weight.dims.map(Number), weights);
  storeBias(draft, layer, sums);
  return true;
}

/**
 * Multiplies BatchNormalization, and constants that multiply or are added, into the weights and
 * the bias of the layer before them, which then makes their output. The layer's own output must
 * have no other reader.
 */
export function foldAfter(draft: Draft): void {
  for (const node of draft.index.order) {
    for (let layer = layerAt(draft, node); layer; layer = layerAt(draft, node)) {
      const [output = ''] = node.output;
      const reader = draft.soleReader(output);
      const activations = { channels: layer.outputs, rank: rankOf(layer) };
      const affine = reader && affineOf(draft, reader, output, activations);
      if (!reader || !affine) {
        tellWhy(draft, output, layer);
        break;
      }
      if (!fold(draft, layer, affine)) {
        draft.ledger.note(
          reader,
          'kept',
          `not multiplied into ${draft.ledger.title(node)}: ${UNFIT}`,
        );
        break;
      }
      node.output = node.output.map((name) => (name === output ? (reader.output[0] ?? '') : name));
      draft.remove(reader, `multiplied into the weights of ${draft.ledger.title(node)}`);
      draft.ledger.note(node, 'changed', `does the work of ${draft.ledger.title(reader)} too`);
    }
  }
  draft.refresh();
}

const UNFIT = 'float32 could not hold the product, or its bias is no constant for each channel';

/** A normalization that looks as if it could be folded, and cannot, gets a reason. */
function tellWhy(draft: Draft, output: string, { node }: LinearLayer): void {
  const readers = draft.index.consumers.get(output) ?? [];
  const found = readers.find(
    (reader) => reader.opType === 'BatchNormalization' && reader.input[0] === output,
  );
  if (!found || draft.isGone(found)) return;
  const title = draft.ledger.title(node);
  const why =
    draft.readings(output) > 1
      ? 'something else reads its output'
      : 'its statistics are not constant, or it is training';
  draft.ledger.note(found, 'kept', `not multiplied into ${title}: ${why}`);
}

/** At the border of a padded image a shifted channel would meet zeros that were not shifted. */
function pads({ node }: LinearLayer): boolean {
  if (node.opType === 'Gemm') return false;
  const auto = textOf(node, 'auto_pad', 'NOTSET');
  if (auto === 'VALID') return false;
  const given = node.attribute.find(({ name }) => name === 'pads')?.ints ?? [];
  return auto !== 'NOTSET' || given.some((pad) => pad !== 0n);
}

/** What a layer makes of constant channels. */
function respond(layer: LinearLayer, channels: Float64Array): Float64Array {
  const { layout, outputs, node } = layer;
  const weights = scaledWeights(layer, null, channels);
  const sums = new Float64Array(outputs);
  forEachPair(layout, (o, _, start) => {
    for (let k = start; k < start + layout.inner; k++) {
      sums[o] = (sums[o] as number) + (weights[k] as number);
    }
  });
  const alpha = node.opType === 'Gemm' ? numberOf(node, 'alpha', 1) : 1;
  return alpha === 1 ? sums : sums.map((x) => x * alpha);
}

/** Whether the types say that the tensor has just these channels, so that no constant widens it. */
function hasChannels(draft: Draft, name: string, { inputs, weight }: LinearLayer): boolean {
  const shape = draft.types.get(name)?.shape;
  return shape?.length === weight.dims.length && shape[1] === inputs;
}

/**
 * Multiplies what is done to each channel in front of a layer into its weights, where nothing
 * else reads it: pre-processing of images, BatchNormalization before a convolution.
 */
export function foldBefore(draft: Draft): void {
  // One node of a chain at a time: of what is in front of it the index knows only then.
  while (foldNearest(draft)) draft.refresh();
  draft.refresh();
}

function foldNearest(draft: Draft): boolean {
  let folded = false;
  for (const node of draft.index.order) {
    const layer = layerAt(draft, node);
    // The weights of a transposed convolution spread a shift unevenly.
    if (!layer || node.opType === 'ConvTranspose') continue;
    const maker = draft.producer(layer.input);
    if (!maker || draft.isGone(maker) || draft.soleReader(layer.input) !== node) continue;
    const activations = { channels: layer.inputs, rank: rankOf(layer) };
    const from = maker.input.find((name) => name !== '' && !draft.constant(name)) ?? '';
    const affine = affineOf(draft, maker, from, activations);
    if (!affine || !hasChannels(draft, from, layer)) continue;
    if (pads(layer) && affine.shift.some((t) => t !== 0)) {
      const title = draft.ledger.title(node);
      draft.ledger.note(maker, 'kept', `not multiplied into ${title}: that pads with zeros`);
      continue;
    }
    const bias = biasOf(draft, layer);
    const weights = scaledWeights(layer, null, affine.scale);
    const added = respond(layer, affine.shift);
    const sums = bias?.map((b, o) => b + (added[o] as number));
    if (!sums || !allFinite(weights) || !allFinite(Float32Array.from(sums))) continue;
    draft.storeFor(node, WEIGHTS, layer.weight.dims.map(Number), weights);
    storeBias(draft, layer, sums);
    node.input = node.input.map((name, i) => (i === 0 ? from : name));
    draft.remove(maker, `multiplied into the weights of ${draft.ledger.title(node)}`);
    draft.ledger.note(node, 'changed', `does the work of ${draft.ledger.title(maker)} too`);
    folded = true;
  }
  return folded;
}
