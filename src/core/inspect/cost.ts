/**
 * What one node costs, counted from the shapes it works on. The same formulas serve the nodes of a
 * file and the nodes that a runtime made of them (FusedConv, QLinearConv, …), of which only shapes
 * are known: an attribute is asked for only where shapes cannot tell.
 */
import { type ElementCode, packedBytes } from '../onnx/elements.ts';
import type { Bytes } from '../units.ts';

export interface Cost {
  /** Multiply-accumulates of convolutions, matrix products, recurrent cells and attention. */
  readonly macs: number;
  /** Floating-point (or integer) operations: 2 for each MAC, and all other arithmetic. */
  readonly flops: number;
  /** Each input once, weights included, at its stored width. */
  readonly read: Bytes;
  readonly written: Bytes;
}

/** A tensor whose size is known. */
export interface Sized {
  readonly elem: ElementCode;
  readonly shape: readonly number[];
}

/** What a formula may look at; an input or output that is left out is null. */
export interface CostView {
  readonly inputs: readonly (Sized | null)[];
  readonly outputs: readonly (Sized | null)[];
  /** A whole-number attribute, or null. */
  readonly int: (name: string) => number | null;
  readonly ints: (name: string) => readonly number[] | null;
  readonly text: (name: string) => string | null;
}

export const NO_COST: Cost = { macs: 0, flops: 0, read: 0, written: 0 };

export const addCosts = (a: Cost, b: Cost): Cost => ({
  macs: a.macs + b.macs,
  flops: a.flops + b.flops,
  read: a.read + b.read,
  written: a.written + b.written,
});

export const scaleCost = (cost: Cost, times: number): Cost => ({
  macs: cost.macs * times,
  flops: cost.flops * times,
  read: cost.read * times,
  written: cost.written * times,
});

/** FLOPs for each byte that goes to or comes from memory; Infinity where none does. */
export const intensity = ({ flops, read, written }: Cost): number => flops / (read + written);

export const elementsOf = (tensor: Sized | null | undefined): number =>
  tensor ? tensor.shape.reduce((product, dim) => product * dim, 1) : 0;

export const bytesOf = (tensor: Sized | null): Bytes =>
  tensor ? packedBytes(tensor.elem, elementsOf(tensor)) : 0;

interface Work {
  readonly macs?: number;
  /** Beyond the two of each MAC. */
  readonly flops?: number;
}
type Formula = (view: CostView) => Work;

const y = ({ outputs }: CostView) => elementsOf(outputs[0]);
const x = ({ inputs }: CostView) => elementsOf(inputs[0]);

/** |Y| * (Cin/g) * prod(k): a weight of shape [Cout, Cin/g, …k], in any order after the first. */
const convolution =
  (weight: number): Formula =>
  (view) => {
    const shape = view.inputs[weight]?.shape ?? [];
    return { macs: y(view) * shape.slice(1).reduce((product, dim) => product * dim, 1) };
  };

/** |X| * (Cout/g) * prod(k): a weight of shape [Cin, Cout/g, …k]. */
const transposedConvolution: Formula = (view) => {
  const shape = view.inputs[1]?.shape ?? [];
  return { macs: x(view) * shape.slice(1).reduce((product, dim) => product * dim, 1) };
};

/** batch * M * N * K = |Y| * K, where K is the last size of A, or the one before when transposed. */
const matrixProduct: Formula = (view) => {
  const shape = view.inputs[0]?.shape ?? [];
  const k = shape.at(view.int('transA') === 1 && shape.length > 1 ? -2 : -1) ?? 1;
  return { macs: y(view) * k };
};

/** M * N * K, with K = |A| / M, which holds whether or not A is transposed; beta * C adds |Y|. */
const gemm: Formula = (view) => {
  const rows = view.outputs[0]?.shape[0] ?? 1;
  const k = rows === 0 ? 0 : x(view) / rows;
  return { macs: y(view) * k, flops: view.inputs[2] ? y(view) : 0 };
};

/**
 * directions * batch * steps * gates * H * (I + H): each step of each sequence uses every entry of
 * W and R once. X is [steps, batch, I], or [batch, steps, I] in the other layout.
 */
const recurrent: Formula = ({ inputs }) => {
  const [steps = 1, batch = 1] = inputs[0]?.shape ?? [];
  return { macs: steps * batch * (elementsOf(inputs[1]) + elementsOf(inputs[2])) };
};

/** Scores Q*K and weighted values: batch * heads * Sq * Skv * (D + Dv), by whole tensors. */
const attentionProducts = (q: Sized | null, k: Sized | null): number => {
  const keys = k && k.shape.length === 4 ? k.shape[2] : k?.shape[1];
  return 2 * elementsOf(q) * (keys ?? 1);
};

/** com.microsoft.Attention: one weight [I, 3H] makes Q, K and V of X [batch, S, I]. */
const packedAttention: Formula = (view) => {
  const [input, weight] = view.inputs;
  const [batch = 1, steps = 1] = input?.shape ?? [];
  const hidden = (weight?.shape.at(-1) ?? 0) / 3;
  return { macs: batch * steps * (elementsOf(weight) + 2 * steps * hidden) };
};

const attention: Formula = ({ inputs }) => ({
  macs: attentionProducts(inputs[0] ?? null, inputs[1] ?? null),
});

/** Elements of all products of an Einsum: the product of the sizes of all its letters. */
const einsum: Formula = (view) => {
  const equation = (view.text('equation') ?? '').replaceAll(/\s/g, '');
  const [left = ''] = equation.split('->');
  const sizes = new Map<string, number>();
  left.split(',').forEach((letters, i) => {
    [...letters].forEach((letter, at) => {
      sizes.set(letter, view.inputs[i]?.shape[at] ?? 1);
    });
  });
  // With an ellipsis letters do not line up with axes: the outputs and one operand bound it.
  if (left.includes('.')) return { macs: Math.max(y(view), x(view)) };
  return { macs: [...sizes.values()].reduce((product, size) => product * size, 1) };
};

const perOutput =
  (operations: number): Formula =>
  (view) => ({ flops: operations * y(view) });
const perInput =
  (operations: number): Formula =>
  (view) => ({ flops: operations * x(view) });

/** |Y| * prod(k): each window adds or compares every element in it. */
const pool: Formula = (view) => {
  const kernel = view.ints('kernel_shape');
  const window = kernel?.reduce((product, size) => product * size, 1);
  // Without the attribute: windows that touch without overlap read each input once.
  return { flops: window === undefined ? x(view) : y(view) * window };
};

/** Operations to interpolate one output: weights and sums over 1, 4 or 16 neighbours in a plane. */
const RESIZE = { nearest: 0, linear: 7, cubic: 31 } as const;
const resize: Formula = (view) => {
  const mode = view.text('mode') as keyof typeof RESIZE | null;
  return { flops: (RESIZE[mode ?? 'nearest'] ?? 0) * y(view) };
};

const variadic: Formula = (view) => ({
  flops: y(view) * Math.max(1, view.inputs.filter(Boolean).length - 1),
});

/**
 * An exponential, a logarithm or a trigonometric function counts as this many operations: runtimes
 * evaluate them by polynomials of about ten terms. A convention, not a measurement.
 */
const TRANSCENDENTAL = 10;

const each = (names: string, formula: Formula) =>
  names.split(' ').map((name) => [name, formula] as const);

const NOTHING: Formula = () => ({});

/** Formulas by operator; those of onnxruntime's own operators stand beside ONNX's. */
const FORMULAS: ReadonlyMap<string, Formula> = new Map([
  ...each('Conv FusedConv ConvInteger NhwcConv NhwcFusedConv DeformConv', convolution(1)),
  ...each('QLinearConv', convolution(3)),
  ...each('ConvTranspose', transposedConvolution),
  ...each(
    'MatMul FusedMatMul MatMulInteger MatMulIntegerToFloat DynamicQuantizeMatMul QLinearMatMul MatMulNBits',
    matrixProduct,
  ),
  ...each('Gemm FusedGemm QGemm', gemm),
  ...each('LSTM GRU RNN DynamicQuantizeLSTM', recurrent),
  ...each('Einsum', einsum),
  ...each('MultiHeadAttention GroupQueryAttention', attention),
  ['Attention', (view) => (view.inputs[1]?.shape.length === 2 ? packedAttention : attention)(view)],
  // Folded into the convolution before it by every runtime, and left out of published MACs.
  ...each('BatchNormalization', perOutput(2)),
  ...each(
    'LayerNormalization SkipLayerNormalization EmbedLayerNormalization InstanceNormalization GroupNormalization MeanVarianceNormalization LpNormalization',
    perInput(8),
  ),
  ...each(
    'RMSNormalization SimplifiedLayerNormalization SkipSimplifiedLayerNormalization',
    perInput(4),
  ),
  // The sum of squares over a window of `size` channels, then a power.
  ['LRN', (view) => ({ flops: x(view) * (2 * (view.int('size') ?? 1) + TRANSCENDENTAL) })],
  ...each('MaxPool AveragePool LpPool QLinearAveragePool NhwcMaxPool', pool),
  ...each('GlobalAveragePool GlobalMaxPool GlobalLpPool QLinearGlobalAveragePool', perInput(1)),
  ...each(
    'ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ArgMax ArgMin CumSum CumProd',
    perInput(1),
  ),
  ...each('ReduceL2 ReduceSumSquare', perInput(2)),
  ...each('ReduceLogSum', perInput(1)),
  ...each('ReduceLogSumExp', perInput(TRANSCENDENTAL + 1)),
  ...each('Softmax LogSoftmax QLinearSoftmax', perOutput(TRANSCENDENTAL + 3)),
  ...each(
    'Add Sub Mul Div Neg Abs Floor Ceil Round Sign Relu LeakyRelu PRelu ThresholdedRelu Clip Reciprocal Sqrt Where Not And Or Xor Equal Less Greater LessOrEqual GreaterOrEqual Mod BitShift BitwiseAnd BitwiseOr BitwiseXor BitwiseNot IsNaN IsInf Hardmax Shrink Softsign Trilu QLinearAdd QLinearMul QLinearLeakyRelu QLinearWhere',
    perOutput(1),
  ),
  ...each('HardSigmoid', perOutput(4)),
  ...each('HardSwish', perOutput(5)),
  ...each('Max Min Sum Mean', variadic),
  ...each(
    'Exp Log Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Asinh Acosh Atanh Erf Pow Sigmoid Softplus Elu Selu Celu QLinearSigmoid',
    perOutput(TRANSCENDENTAL),
  ),
  ...each('Gelu FastGelu QuickGelu BiasGelu Mish Swish', perOutput(TRANSCENDENTAL + 4)),
  // Divide, round, add the zero point, clip.
  ...each('QuantizeLinear', perOutput(4)),
  ...each('DequantizeLinear', perOutput(2)),
  // Least and greatest first, then as above.
  ...each('DynamicQuantizeLinear', perOutput(6)),
  ...each('RotaryEmbedding', perInput(3)),
  ...each('Resize Upsample', resize),
  ...each('GridSample RoiAlign MaxRoiPool AffineGrid', perOutput(7)),
  // A sort of n items takes n * log2(n) comparisons.
  ['TopK', (view) => ({ flops: x(view) * Math.ceil(Math.log2(Math.max(2, x(view)))) })],
  // n * log2(n) * 5 real operations (Cooley and Tukey, radix 2), over the last but one axis.
  ...each('DFT STFT Rfft Irfft', (view) => ({
    flops: 5 * y(view) * Math.ceil(Math.log2(Math.max(2, view.outputs[0]?.shape.at(-2) ?? 2))),
  })),
  // What only moves bytes.
  ...each(
    'Transpose Concat Split Slice Gather GatherElements GatherND ScatterElements ScatterND Scatter Pad Cast CastLike Tile Expand DepthToSpace SpaceToDepth Compress OneHot ReverseSequence ReorderInput ReorderOutput MemcpyToHost MemcpyFromHost GatherBlockQuantized QLinearConcat SplitToSequence ConcatFromSequence MaxUnpool Col2Im CenterCropPad Unique NonZero EyeLike Range ConstantOfShape Constant RandomNormal RandomUniform RandomNormalLike RandomUniformLike Bernoulli Multinomial HannWindow HammingWindow BlackmanWindow MelWeightMatrix NonMaxSuppression SequenceConstruct SequenceAt SequenceInsert SequenceErase SequenceEmpty',
    NOTHING,
  ),
]);

/** Views of the same bytes, and what looks at a shape only. */
const FREE = new Set(
  'Reshape Flatten Squeeze Unsqueeze Identity Dropout Shape Size SequenceLength Optional OptionalGetElement OptionalHasElement'.split(
    ' ',
  ),
);
export const isView = (operator: string): boolean => FREE.has(operator);

/** Nodes that read as much of their first input as they give out: rows of a table, a window. */
const READS_PART = new Set('Gather GatherND GatherElements Slice GatherBlockQuantized'.split(' '));

/**
 * The cost of one node; null for an operator without a formula. Bytes are each input and output
 * once at stored width, as if caches held nothing over from the node before.
 */
export function costOf(operator: string, view: CostView): Cost | null {
  if (isView(operator)) return NO_COST;
  const formula = FORMULAS.get(operator);
  if (!formula) return null;
  const { macs = 0, flops = 0 } = formula(view);
  const [data, ...others] = view.inputs;
  const written = view.outputs.reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  const first = bytesOf(data ?? null);
  const read = others.reduce(
    (sum, tensor) => sum + bytesOf(tensor),
    READS_PART.has(operator) ? Math.min(first, written) : first,
  );
  return { macs, flops: 2 * macs + flops, read, written };
}
