import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import { firstOutput, nodeTitle, opsetsOf } from '../../onnx/graph.ts';
import type { ModelProto, NodeProto } from '../../onnx/onnx_pb.ts';
import { importDomain, raiseFormat, raiseOpset } from '../opset.ts';
import { biasOf, type ConstantFactor } from '../products.ts';
import { attribute, Rewriter } from '../rewriter.ts';
import type { Subject } from '../static/subject.ts';
import { subjectOf } from '../static/subject.ts';
import type { Decision, Technique } from '../technique.ts';
import type { BlockFormat } from './blocks.ts';
import { opsetOf, type PlannedForm, planWeights, runsAlong } from './plan.ts';
import { Stock } from './stock.ts';
import { Tables } from './tables.ts';

const nodes = v.optional(v.array(v.string()), []);

export const WeightsOptions = v.object({
  bits: v.optional(v.picklist([4, 8]), 8),
  block: v.optional(v.picklist([0, 16, 32, 64, 128, 256]), 32),
  symmetric: v.optional(v.boolean(), true),
  form: v.optional(v.picklist(['fused', 'standard']), 'fused'),
  products: v.optional(v.boolean(), true),
  convolutions: v.optional(v.boolean(), true),
  tables: v.optional(v.boolean(), true),
  only: nodes,
  keep: nodes,
});

export type WeightsOptions = v.InferOutput<typeof WeightsOptions>;

/** The version of the format with types of 4 bits. */
const FOUR_BITS_SINCE = 10n;

/** Writes the forms of a plan into the graph. */
class Emitter {
  private readonly subject: Subject;
  private readonly rewriter: Rewriter;
  private readonly stock: Stock;
  private readonly tables: Tables;
  private readonly format: BlockFormat;

  constructor(subject: Subject, rewriter: Rewriter, format: BlockFormat) {
    this.subject = subject;
    this.rewriter = rewriter;
    this.format = format;
    this.stock = new Stock(rewriter);
    this.tables = new Tables(rewriter, this.stock, format);
  }

  /** @returns what became of the node, as a clause */
  emit(node: NodeProto, form: PlannedForm): string {
    const { bits, block } = this.format;
    switch (form.kind) {
      case 'packed':
        this.packed(node, form);
        return `${bits}-bit weights in blocks of ${block}`;
      case 'blocks':
        this.blocks(node, form);
        return `${bits}-bit weights, ${form.scaleAxis === null ? `in blocks of ${form.block}` : 'a scale for each channel'}, converted to float in every run`;
      case 'axis':
        this.readFactor(node, form.factor, this.stock.dequantizedAlong(form.factor, form.axis));
        return '8-bit weights, a scale for each channel, converted to float in every run';
      case 'table':
        this.tables.gatherBlocks(node, form);
        return `a table of ${bits} bits in blocks of ${block}`;
      case 'rows':
        this.tables.gatherRows(node, form);
        return 'a table of 8 bits, a scale for each row';
    }
  }

  private packed(node: NodeProto, { product, runs }: PlannedForm & { kind: 'packed' }): void {
    const { rewriter, format } = this;
    const { a, weights, factor, bias } = product;
    const { codes, scales, zeroPoints } = this.stock.matrix(weights, factor, runs, format);
    const [output = ''] = node.output;
    const sum = bias ? rewriter.unique(`${output}_MatMul`) : output;
    rewriter.remove(node);
    rewriter.node({
      opType: 'MatMulNBits',
      domain: 'com.microsoft',
      name: node.name && `${node.name}_Q${format.bits}`,
      input: [a, codes, scales, ...(zeroPoints ? [zeroPoints] : [])],
      output: [sum],
      attributes: [
        attribute('K', runs.length),
        attribute('N', runs.outer * runs.inner),
        attribute('bits', format.bits),
        attribute('block_size', format.block),
      ],
    });
    if (bias) {
      const input = [sum, biasOf(this.subject, rewriter, product)];
      const name = node.name && `${node.name}_Add`;
      rewriter.node({ opType: 'Add', name, input, output: [output] });
    }
    rewriter.retire(weights.readAs);
    rewriter.retire(weights.name);
  }

  private blocks(node: NodeProto, form: PlannedForm & { kind: 'blocks' }): void {
    const { factor, axis, block, scaleAxis } = form;
    const { tensor } = factor;
    const dims = tensor.dims.map(Number);
    const along = runsAlong(tensor, axis);
    // Channels of a convolution: all that follows the first axis is one run.
    const runs = scaleAxis === 0 ? { outer: along.outer, length: block, inner: 1 } : along;
    const layout =
      scaleAxis === null
        ? {
            dims: dims.with(axis, Math.ceil(along.length / block)),
            attributes: [attribute('axis', axis), attribute('block_size', block)],
          }
        : { dims: [dims[scaleAxis] ?? 1], attributes: [attribute('axis', scaleAxis)] };
    const stored = this.stock.dequantized(factor, runs, { ...this.format, block }, layout);
    this.readFactor(node, factor, stored);
  }

  /** Makes a node read its weights, its second input, from what stands for the stored ones. */
  private readFactor(node: NodeProto, factor: ConstantFactor, stored: string): void {
    const to = factor.transposed ? this.stock.transposed(stored) : stored;
    node.input = node.input.with(1, to);
    this.rewriter.retire(factor.readAs);
    this.rewriter.retire(factor.name);
  }
}

/** Products first: what they store, a table that is tied to them can share. */
function inOrder(plan: ReadonlyMap<NodeProto, PlannedForm | string>): [NodeProto, PlannedForm][] {
  const forms = [...plan].flatMap(([node, form]): [NodeProto, PlannedForm][] =>
    typeof form === 'string' ? [] : [[node, form]],
  );
  const first = forms.filter(([, { kind }]) => kind === 'packed');
  return [...first, ...forms.filter(([, { kind }]) => kind !== 'packed')];
}

/** Raises the standard operator set. @returns why it cannot be, or null */
function raise(model: ModelProto, to: number): string | null {
  try {
    raiseOpset(model, to);
    return null;
  } catch (cause) {
    if (cause instanceof Fault && cause.name === 'CompressError') return cause.message;
    throw cause;
  }
}

/**
 * Stores weights in 4 or 8 bits, in place; arithmetic stays in float32. MatMulNBits' codes, scales
 * and zero points equal those of onnxruntime 1.30's `MatMulNBitsQuantizer`.
 * @throws Fault CompressError, GraphError
 */
export function quantizeWeights(model: ModelProto, options: WeightsOptions): Decision[] {
  let subject = subjectOf(model);
  let plan = planWeights(subject, options);
  const forms = inOrder(plan).map(([, form]) => form);
  if (forms.length === 0) {
    throw new Fault(
      'CompressError',
      'The model has no weights that could be stored in fewer bits: none of MatMul, Gemm, Conv, ConvTranspose and Gather reads a float32 constant large enough.',
    );
  }
  const levels = new Set(forms.map((form) => opsetOf(form, options.bits)));
  const refused = new Map<number, string>();
  // Where the model cannot be raised so far, what needs it stays, and the rest is done.
  for (const needed of [...levels].sort((x, y) => y - x)) {
    const before = opsetsOf(model).get('') ?? 1;
    const why = before < needed ? raise(model, needed) : null;
    if (why !== null) refused.set(needed, why);
    else if (before < needed) subject = subjectOf(model);
  }
  plan = planWeights(subject, options);
  for (const [node, form] of plan) {
    const why = typeof form === 'string' ? undefined : refused.get(opsetOf(form, options.bits));
    if (why !== undefined) plan.set(node, why);
  }
  const left = inOrder(plan).map(([, form]) => form);
  if (left.length === 0) throw new Fault('CompressError', [...refused.values()].join(' '));
  const titles = new Map(
    subject.index.order.map((node) => [
      node,
      { node: firstOutput(node), title: nodeTitle(node), operator: node.opType },
    ]),
  );
  const { bits, block, symmetric } = options;
  const rewriter = new Rewriter(subject.graph);
  const emitter = new Emitter(subject, rewriter, { bits, block, symmetric });
  const done = new Map(inOrder(plan).map(([node, form]) => [node, emitter.emit(node, form)]));
  rewriter.finish();
  if (bits === 4) raiseFormat(model, FOUR_BITS_SINCE);
  if (left.some(({ kind }) => kind === 'packed' || kind === 'table')) {
    importDomain(model, 'com.microsoft', 1);
  }
  return [...plan].flatMap(([node, form]): Decision[] => {
    const about = titles.get(node);
    const change = done.get(node);
    if (!about) return [];
    return change === undefined
      ? [{ ...about, outcome: 'kept', reason: form as string }]
      : [{ ...about, outcome: 'changed', reason: change }];
  });
}

const blockChoices = [
  ...[16, 32, 64, 128, 256].map((value) => ({ value, title: `${value}` })),
  { value: 0, title: 'One scale for each output' },
];

/** A block of weights shares a float32 scale. */
const SCALE_BITS = 32;

/** Small weights, float arithmetic. */
export const weightOnly: Technique<'weights', WeightsOptions> = {
  id: 'weights',
  title: 'Small weights',
  sentence:
    'Stores weights in 8 or 4 bits and computes in float: a quarter or an eighth of the download, and answers close to the original’s. It saves bytes, not time: on a CPU it is slower than before.',
  schema: WeightsOptions,
  dials: {
    bits: {
      kind: 'choice',
      title: 'Bits',
      sentence:
        '8 bits are almost indistinguishable from the original; 4 are for large models with many weights.',
      choices: [
        { value: 8, title: '8' },
        { value: 4, title: '4' },
      ],
    },
    block: {
      kind: 'choice',
      title: 'Block size',
      sentence:
        'Smaller blocks are more exact and take more space: at 32, the scale adds one bit per weight.',
      choices: blockChoices,
    },
    symmetric: {
      kind: 'switch',
      title: 'Symmetric',
      sentence:
        'Without it, each block has its own zero point: more exact where its weights are skewed to one side.',
    },
    form: {
      kind: 'choice',
      title: 'Written as',
      sentence:
        'MatMulNBits and GatherBlockQuantized are onnxruntime’s own, and fast on GPUs; DequantizeLinear is understood by every runtime.',
      choices: [
        { value: 'fused', title: 'MatMulNBits' },
        { value: 'standard', title: 'DequantizeLinear' },
      ],
    },
    products: {
      kind: 'switch',
      title: 'Matrix products',
      sentence: 'MatMul and Gemm with constant weights: most of the bytes of a transformer.',
    },
    convolutions: {
      kind: 'switch',
      title: 'Convolutions',
      sentence:
        'Their weights are converted to float in every run, which takes time; one scale for each channel.',
    },
    tables: {
      kind: 'switch',
      title: 'Tables',
      sentence: 'Embedding tables, of which only the requested rows are converted to float.',
    },
    only: {
      kind: 'nodes',
      title: 'Only these nodes',
      sentence: 'Shrinks only the weights of nodes that make these tensors; empty means all.',
    },
    keep: {
      kind: 'nodes',
      title: 'Leave out these nodes',
      sentence: 'Leaves the weights of the nodes that make these tensors as they are.',
    },
  },
  rank: 4,
  stepTitle: ({ bits }) => `Small weights, ${bits} bits`,
  expectedSize: ({ bits, block }) => ({
    factor: 32 / (bits + (block > 0 ? SCALE_BITS / block : 0)),
    zipped: false,
  }),
  prunes: () => false,
  needsInputs: () => false,
  apply: async (model, options, { signal }) => {
    signal.throwIfAborted();
    return quantizeWeights(model, options);
  },
};
