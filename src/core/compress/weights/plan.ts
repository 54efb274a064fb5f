import { domainOf, firstOutput } from '../../onnx/graph.ts';
import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import {
  type ConstantFactor,
  constantFactor,
  isFloat32,
  NOT_CONSTANT,
  type Product,
  productOf,
} from '../products.ts';
import { numberOf } from '../static/attributes.ts';
import type { Subject } from '../static/subject.ts';
import type { Bits, Runs } from './blocks.ts';

export interface WeightsPlanOptions {
  readonly bits: Bits;
  /** Numbers that share a scale; 0: all that make one output. */
  readonly block: number;
  readonly symmetric: boolean;
  readonly form: 'fused' | 'standard';
  readonly products: boolean;
  readonly convolutions: boolean;
  readonly tables: boolean;
  readonly only: readonly string[];
  readonly keep: readonly string[];
}

/** How the weights of a node are stored. */
export type PlannedForm =
  /** MatMulNBits, and an addition where there is a bias. */
  | { readonly kind: 'packed'; readonly product: Product; readonly runs: Runs }
  /** Codes that a DequantizeLinear makes floats of in every run; scales in blocks along `axis`. */
  | {
      readonly kind: 'blocks';
      readonly factor: ConstantFactor;
      readonly axis: number;
      readonly block: number;
      /** The axis of the scales where there is one for each of its places, else null. */
      readonly scaleAxis: number | null;
    }
  /** The same with int8 and a scale for each place of an axis. */
  | { readonly kind: 'axis'; readonly factor: ConstantFactor; readonly axis: number }
  /** GatherBlockQuantized. */
  | { readonly kind: 'table'; readonly name: string; readonly tensor: TensorProto }
  /** Rows of int8, gathered as they are, and then multiplied by their scales. */
  | { readonly kind: 'rows'; readonly name: string; readonly tensor: TensorProto };

/** The oldest operator set in which a form can be written. */
export function opsetOf(form: PlannedForm, bits: Bits): number {
  if (form.kind === 'axis') return SINCE_AXIS;
  if (form.kind !== 'blocks') return 0;
  return form.scaleAxis === null || bits === 4 ? SINCE_BLOCKS : SINCE_AXIS;
}

/** DequantizeLinear has scales for each channel since 13, blocks and 4 bits since 21. */
const SINCE_AXIS = 13;
const SINCE_BLOCKS = 21;

const sizes = ({ dims }: TensorProto): number[] => dims.map(Number);

const product = (values: readonly number[]) => values.reduce((a, b) => a * b, 1);

/** A tensor as runs along one axis. */
export function runsAlong(tensor: TensorProto, axis: number): Runs {
  const dims = sizes(tensor);
  return {
    outer: product(dims.slice(0, axis)),
    length: dims[axis] ?? 1,
    inner: product(dims.slice(axis + 1)),
  };
}

/** The axis over which a product sums. */
const innerAxis = ({ tensor, transposed }: ConstantFactor): number =>
  tensor.dims.length - (transposed ? 1 : 2);

/** Whether MatMulNBits can stand for a product: one matrix, by an input that has no fewer axes. */
function packs(subject: Subject, { a, weights }: Product): boolean {
  const { dims } = weights.tensor;
  const rank = subject.frame.types.get(a)?.shape?.length ?? 0;
  const single = dims.slice(0, -2).every((dim) => dim === 1n);
  return single && rank >= Math.max(2, dims.length);
}

function productForm(
  subject: Subject,
  node: NodeProto,
  options: WeightsPlanOptions,
): PlannedForm | string {
  const found = productOf(subject, node);
  if (typeof found !== 'string' && options.form === 'fused' && options.block > 0) {
    const { weights } = found;
    if (packs(subject, found)) {
      const runs = runsAlong(weights.tensor, innerAxis(weights));
      return { kind: 'packed', product: found, runs };
    }
  }
  const factor = isFloat32(subject, node.input[0]) && constantFactor(subject, node.input[1] ?? '');
  if (!factor) return NOT_CONSTANT;
  const rank = factor.tensor.dims.length;
  if (rank < 2) return 'its weights are no matrix';
  const turned = node.opType === 'Gemm' && numberOf(node, 'transB', 0) !== 0;
  const axis = innerAxis({ ...factor, transposed: factor.transposed !== turned });
  // Codes for each row serve the table and the product alike.
  if (axis === 1 && rank === 2 && options.tables && options.form === 'standard') {
    const readers = subject.index.consumers.get(factor.name) ?? [];
    if (readers.some(({ opType }) => opType === 'Gather')) return { kind: 'axis', factor, axis: 0 };
  }
  const length = Number(factor.tensor.dims[axis] ?? 1n);
  const block = options.block === 0 ? length : Math.min(options.block, length);
  const scaleAxis = rank === 2 && block === length ? 1 - axis : null;
  return { kind: 'blocks', factor, axis, block, scaleAxis };
}

function convolutionForm(subject: Subject, { opType, input }: NodeProto): PlannedForm | string {
  const [x, name = ''] = input;
  const tensor = isFloat32(subject, x) && subject.constants.get(name);
  if (!tensor) return NOT_CONSTANT;
  const factor = { name, readAs: name, tensor, transposed: false };
  if (opType === 'ConvTranspose') return { kind: 'axis', factor, axis: 1 };
  const block = product(sizes(tensor).slice(1));
  return { kind: 'blocks', factor, axis: 1, block, scaleAxis: 0 };
}

function tableForm(
  { constants }: Subject,
  node: NodeProto,
  { form, block }: WeightsPlanOptions,
): PlannedForm | string {
  const [name = ''] = node.input;
  const tensor = constants.get(name);
  if (!tensor) return NOT_CONSTANT;
  if (tensor.dims.length !== 2) return 'its table has no rows';
  if (numberOf(node, 'axis', 0) !== 0) return 'it gathers no rows';
  return { kind: form === 'fused' && block > 0 ? 'table' : 'rows', name, tensor };
}

/** Bytes of the weights of a form for each of their own, scales included, roughly. */
function share(form: PlannedForm, { bits, block: given, symmetric }: WeightsPlanOptions): number {
  const perScale = symmetric ? 4 : 5;
  const padded = (length: number, block: number) => {
    const count = Math.ceil(length / block);
    return count * (((form.kind === 'packed' ? block : length / count) * bits) / 8 + perScale);
  };
  if (form.kind === 'axis') return 0.25;
  if (form.kind === 'packed') {
    return padded(form.runs.length, given) / (4 * form.runs.length);
  }
  if (form.kind === 'blocks') return padded(form.block, form.block) / (4 * form.block);
  const width = Number(form.tensor.dims[1] ?? 1n);
  if (form.kind === 'rows') return (width + 4) / (4 * width);
  return padded(width, given) / (4 * width);
}

/** How each kind of node can have small weights; null for operators without any. */
function formOf(
  subject: Subject,
  node: NodeProto,
  options: WeightsPlanOptions,
): PlannedForm | string | null {
  if (domainOf(node.domain) !== '') return null;
  switch (node.opType) {
    case 'MatMul':
    case 'Gemm':
      return options.products ? productForm(subject, node, options) : ASKED;
    case 'Conv':
    case 'ConvTranspose':
      return options.convolutions ? convolutionForm(subject, node) : ASKED;
    case 'Gather':
      return options.tables ? tableForm(subject, node, options) : ASKED;
    default:
      return null;
  }
}

const ASKED = 'left out, as asked';

/** The form of each node's weights, or why they stay as they are, as a clause. */
export function planWeights(
  subject: Subject,
  options: WeightsPlanOptions,
): Map<NodeProto, PlannedForm | string> {
  const only = new Set(options.only);
  const keep = new Set(options.keep);
  const planned = (node: NodeProto): PlannedForm | string => {
    const name = firstOutput(node);
    if (keep.has(name) || (only.size > 0 && !only.has(name))) return 'as asked';
    const form = formOf(subject, node, options);
    if (form === null) return `${node.opType} has no weights that could be stored in fewer bits`;
    if (typeof form === 'string') return form;
    return share(form, options) < 1 ? form : 'its weights would not get smaller';
  };
  return new Map(subject.index.order.map((node) => [node, planned(node)]));
}
