import {
  type AttributeProto,
  type NodeProto,
  TensorProto_DataType as T,
} from '../../onnx/onnx_pb.ts';
import { attribute, int64s, type Rewriter } from '../rewriter.ts';
import type { Codes } from './codes.ts';

/** A product in integers, and what makes floats of it. */
export interface IntegerProduct {
  readonly opType: 'ConvInteger' | 'MatMulInteger';
  /** The node that it stands for. */
  readonly name: string;
  /** The tensor whose name the parts are made of, as onnxruntime's tool makes them. */
  readonly base: string;
  /** What the result is called. */
  readonly output: string;
  readonly input: Codes;
  readonly weights: Codes;
  readonly attributes?: readonly AttributeProto[];
}

/** int32 sums of products of codes, times both scales: float32(sums) * (scale of input * scale of weights). */
export function integerProduct(rewriter: Rewriter, product: IntegerProduct): void {
  const { opType, base, output, input, weights, attributes = [] } = product;
  const name = product.name && `${product.name}_quant`;
  const sums = rewriter.unique(`${base}_output_quantized`);
  rewriter.node({
    opType,
    name,
    input: [input.codes, weights.codes, input.zeroPoint, weights.zeroPoint],
    output: [sums],
    attributes,
  });
  const floats = rewriter.unique(`${sums}_cast_output`);
  rewriter.node({
    opType: 'Cast',
    name: `${sums}_cast`,
    input: [sums],
    output: [floats],
    attributes: [attribute('to', T.FLOAT)],
  });
  const scales = name ? `${name}_scales_mul` : `${input.scale}_${weights.scale}_mul`;
  const scale = rewriter.unique(`${scales}:0`);
  rewriter.node({
    opType: 'Mul',
    name: scales,
    input: [input.scale, weights.scale],
    output: [scale],
  });
  rewriter.node({
    opType: 'Mul',
    name: name && `${name}_output_scale_mul`,
    input: [floats, scale],
    output: [output],
  });
}

/** Adds a bias, one number for each channel, to a convolution's output. @param rank of that output */
export function addChannels(
  rewriter: Rewriter,
  { output: [output = ''] }: NodeProto,
  parts: { readonly sum: string; readonly bias: string; readonly rank: number },
): void {
  const sizes = Array.from({ length: parts.rank }, (_, axis) => (axis === 1 ? -1 : 1));
  const shape = `${output}_bias_reshape_shape`;
  const shaped = rewriter.unique(`${output}_bias_reshape_output`);
  rewriter.node({
    opType: 'Reshape',
    name: '',
    input: [parts.bias, rewriter.save(shape, [parts.rank], T.INT64, int64s(sizes))],
    output: [shaped],
  });
  rewriter.node({
    opType: 'Add',
    name: `${output}_bias_add`,
    input: [parts.sum, shaped],
    output: [output],
  });
}
