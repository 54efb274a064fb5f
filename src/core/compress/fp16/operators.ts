/**
 * Which operators take float16 in place of float32, after their schemas (ONNX 1.23 and
 * onnxruntime 1.30's com.microsoft), and what of theirs stays float32.
 */
import { domainOf } from '../../onnx/graph.ts';
import type { NodeProto } from '../../onnx/onnx_pb.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Take float16 wherever they take float32, from their first version on. */
const ONNX = new Set(
  words(`
  Abs Acos Acosh Add AffineGrid ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool
  BatchNormalization Ceil CenterCropPad Clip Col2Im Compress Concat Conv ConvTranspose
  Cos Cosh DeformConv DepthToSpace Div Dropout Einsum Elu Equal Erf Exp Expand Flatten Floor GRU
  Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual
  GridSample GroupNormalization HardSigmoid HardSwish Hardmax Identity If InstanceNormalization
  IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax Loop MatMul Max
  MaxPool MaxRoiPool MaxUnpool Mean Min Mish Mod Mul Neg NonZero OneHot PRelu Pad Pow RMSNormalization
  RNN Reciprocal ReduceL1 ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape Resize
  ReverseSequence RoiAlign RotaryEmbedding Round Scan Scatter ScatterElements ScatterND Selu Shape
  Shrink Sigmoid Sign SimplifiedLayerNormalization Sin Sinh Size Slice Softmax Softplus Softsign
  SpaceToDepth Split Sqrt Squeeze Sub Sum SwiGLU Swish Tan Tanh TensorScatter ThresholdedRelu Tile
  TopK Transpose Trilu Unique Unsqueeze Upsample Where`),
);

/** Take float16 from a later version on. */
const SINCE: Readonly<Record<string, number>> = {
  Celu: 28,
  IsInf: 20,
  DequantizeLinear: 19,
};

const MICROSOFT = new Set(
  words(`
  Attention BiasAdd BiasGelu BiasSoftmax BiasSplitGelu ConvTransposeWithDynamicPads
  EmbedLayerNormalization ExpandDims FastGelu FusedConv FusedGemm FusedMatMul Gelu
  GatherBlockQuantized GroupQueryAttention MatMulBnb4 MatMulNBits MoE MultiHeadAttention Pad
  QuickGelu RotaryEmbedding SkipLayerNormalization SkipSimplifiedLayerNormalization`),
);

/** Take float16, but add up so many numbers, or such large ones, that it would overflow or lose them. */
const SUMMING = new Set(
  words(`
  CumProd CumSum DFT Det GlobalLpPool LpNormalization LpPool MeanVarianceNormalization
  NegativeLogLikelihoodLoss ReduceL2 ReduceLogSum ReduceLogSumExp ReduceProd ReduceSumSquare STFT
  SoftmaxCrossEntropyLoss`),
);

/** onnxruntime's CPU kernels refuse float16 when these reduce, and no Cast is put in for them. */
const SCATTERING = new Set(['ScatterElements', 'ScatterND']);

/** What these make is float32 and has no float16 that runs everywhere, or has other bits in it. */
const OWN_TYPE = new Set(
  words(`
  Bernoulli BitCast BlackmanWindow EyeLike HammingWindow HannWindow MelWeightMatrix Multinomial
  RandomNormal RandomNormalLike RandomUniform RandomUniformLike`),
);

/** Why a node of this operator cannot work in float16, or null where it can. */
export function needsFloat32(
  { domain, opType, attribute }: NodeProto,
  opsets: ReadonlyMap<string, number>,
): string | null {
  const home = domainOf(domain);
  if (home === 'com.microsoft') {
    return MICROSOFT.has(opType) ? null : `it is not known whether ${opType} supports float16`;
  }
  if (home !== '') return `it is not known whether ${home}.${opType} takes float16`;
  if (SCATTERING.has(opType) && attribute.some(({ name }) => name === 'reduction')) {
    return `runtimes have no ${opType} that accumulates float16`;
  }
  if (ONNX.has(opType)) return null;
  if (SUMMING.has(opType)) return `${opType} adds up more than float16 can hold`;
  if (OWN_TYPE.has(opType)) return `${opType} makes float32`;
  const since = SINCE[opType];
  if (since === undefined) return `${opType} has no float16`;
  const opset = opsets.get('') ?? 1;
  return opset >= since ? null : `${opType} has float16 from opset ${since}; the file has ${opset}`;
}

/** Inputs of operators that take float16 which stay float32, by place. */
const FLOAT_INPUTS: Readonly<Record<string, readonly number[]>> = {
  Resize: [1, 2],
  Upsample: [1],
  GroupQueryAttention: [12, 13],
};

/** Outputs that stay float32: statistics, for training. */
const FLOAT_OUTPUTS: Readonly<Record<string, readonly number[]>> = {
  LayerNormalization: [1, 2],
  SimplifiedLayerNormalization: [1],
  SkipLayerNormalization: [1, 2],
  SkipSimplifiedLayerNormalization: [1, 2],
};

export const inputStaysFloat = ({ opType }: NodeProto, i: number): boolean =>
  FLOAT_INPUTS[opType]?.includes(i) ?? false;

export const outputStaysFloat = ({ opType }: NodeProto, i: number): boolean =>
  FLOAT_OUTPUTS[opType]?.includes(i) ?? false;

/** Take any type as it is, since none of it reaches their result's type. */
const TAKES_ANY = new Set(words('ArgMax ArgMin Cast CastLike IsNaN NonZero Shape Size'));

export const takesAnyFloat = ({ domain, opType }: NodeProto): boolean =>
  domainOf(domain) === '' && TAKES_ANY.has(opType);
