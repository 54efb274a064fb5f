import { create } from '@bufbuild/protobuf';
import { copyModel } from '../../onnx/copy.ts';
import {
  type GraphProto,
  type ModelProto,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { elementCount } from '../../race/tensors.ts';
import { INT32, roundHalfEven } from '../formulas.ts';
import type { Context } from '../technique.ts';
import { Replicas } from './replicas.ts';

/** Sums over inputs of the mean error of each channel. */
interface Tally {
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/** Adds the error of one input, averaged over everything but the channels. */
function addMeans(
  { sum, squares }: Tally,
  data: ArrayLike<number>,
  dims: readonly number[],
  axis: number,
): void {
  const channels = sum.length;
  const inner = elementCount(dims.slice(axis + 1));
  const means = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) {
    const channel = Math.floor(i / inner) % channels;
    means[channel] = (means[channel] as number) + (data[i] as number);
  }
  const among = data.length / channels;
  means.forEach((total, c) => {
    const mean = total / among;
    sum[c] = (sum[c] as number) + mean;
    squares[c] = (squares[c] as number) + mean * mean;
  });
}

/**
 * The mean error of each channel, as far as the inputs show it: a mean of few inputs is partly
 * chance, and that part is taken off as James and Stein do it, by 1 - variance of the mean / mean².
 */
function meanErrors({ sum, squares }: Tally, inputs: number): Float64Array {
  return sum.map((total, c) => {
    const mean = total / inputs;
    const variance = ((squares[c] as number) / inputs - mean * mean) / (inputs - 1);
    const certain = 1 - variance / (mean * mean);
    return certain > 0 ? mean * certain : 0;
  });
}

/** The bias without the error; null where no code changes, or the error is no number. */
function corrected(
  bias: TensorProto,
  scale: TensorProto,
  errors: Float64Array,
): TensorProto | null {
  const scales = tensorNumbers(scale);
  const codes = tensorNumbers(bias);
  const better = Int32Array.from(codes, (code, c) => {
    const step = (scales.length === 1 ? scales[0] : scales[c]) as number;
    const shift = roundHalfEven((errors[c] as number) / step);
    return Math.min(INT32.max, Math.max(INT32.min, code - shift));
  });
  if (!errors.every(Number.isFinite) || better.every((code, c) => code === codes[c])) return null;
  const { name, dims, dataType } = bias;
  const rawData = new Uint8Array(better.buffer);
  return create(TensorProtoSchema, { name, dims, dataType, rawData });
}

/** With fewer, chance and error cannot be told apart. */
const FEWEST_INPUTS = 2;

/**
 * Takes the mean error that rounding leaves in each channel of a convolution or Gemm out of its
 * int32 bias, in place (empirical bias correction, Nagel et al. 2019, arXiv 1906.04721, section
 * 4.2). Means are those before a Relu or Clip, as in the paper, over the inputs that the runner holds.
 *
 * The paper goes from layer to layer, with a run of the model for each. Here each quantized layer
 * is fed what the float model makes, all of them in one run: its error is then its own, that of
 * rounding its input and its weights, and corrections do not add up along the network.
 * @param original the float model before it was quantized; stays as it is
 * @param quantized a QDQ model made of it by `quantizeStatic`
 * @returns first outputs, in the original, of the nodes whose bias changed
 * @throws what `Runner.observe` throws
 */
export async function correctBiases(
  original: ModelProto,
  quantized: ModelProto,
  { runner, progress }: Context,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  const graph = quantized.graph as GraphProto;
  const shadow = copyModel(original);
  const replicas = new Replicas(shadow, quantized).build();
  if (!runner || runner.count < FEWEST_INPUTS || replicas.size === 0) return changed;
  const tallies = new Map(
    [...replicas].map(([error, { bias }]) => {
      const channels = Number(bias.dims.at(-1));
      return [error, { sum: new Float64Array(channels), squares: new Float64Array(channels) }];
    }),
  );
  await runner.observe(shadow, [...replicas.keys()], ({ name, dims, data }, input) => {
    // Channels of a Gemm are on the same axis: it makes a matrix.
    addMeans(tallies.get(name) as Tally, data, dims, 1);
    progress('Correcting biases', input + 1, runner.count);
  });
  const better = new Map<TensorProto, TensorProto>();
  for (const [error, { bias, scale, tensor }] of replicas) {
    const found = corrected(bias, scale, meanErrors(tallies.get(error) as Tally, runner.count));
    if (!found) continue;
    better.set(bias, found);
    changed.add(tensor);
  }
  graph.initializer = graph.initializer.map((tensor) => better.get(tensor) ?? tensor);
  return changed;
}
