import type { NodeProto, TensorProto } from '../onnx/onnx_pb.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import type { Rewriter } from './rewriter.ts';
import { numberOf } from './static/attributes.ts';
import type { Subject } from './static/subject.ts';
import { floatsOf } from './static/weights.ts';

/** Constant weights as a product reads them. */
export interface ConstantFactor {
  /** The constant's own name, and the one that the product reads it by. */
  readonly name: string;
  readonly readAs: string;
  readonly tensor: TensorProto;
  /** Whether the product multiplies by the transpose of what is stored. */
  readonly transposed: boolean;
}

/** factor * a * weights + biasFactor * bias, as MatMul and Gemm have it. */
export interface Product {
  readonly a: string;
  readonly weights: ConstantFactor;
  readonly factor: number;
  /** '' for none. */
  readonly bias: string;
  readonly biasFactor: number;
}

export const NOT_CONSTANT =
  'its weights are no float32 constants of the file that nothing else may change';
export const NOT_FLOAT32 = 'it does not compute on float32 tensors';

/** Whether a tensor is known to be float32. */
export function isFloat32({ constants, frame }: Subject, name: string | undefined): boolean {
  if (!name) return false;
  const type = frame.types.get(name);
  return constants.has(name) || (type !== undefined && !type.container && type.elem === T.FLOAT);
}

const swaps = ({ attribute }: NodeProto): boolean => {
  const perm = attribute.find(({ name }) => name === 'perm')?.ints.map(Number);
  return perm === undefined || (perm[0] === 1 && perm[1] === 0);
};

/** The constant behind a name: itself, or the matrix that a Transpose of it turns over. */
export function constantFactor(
  { constants, index }: Subject,
  readAs: string,
): ConstantFactor | null {
  const tensor = constants.get(readAs);
  if (tensor) return { name: readAs, readAs, tensor, transposed: false };
  const maker = index.producers.get(readAs);
  if (maker?.opType !== 'Transpose' || !swaps(maker)) return null;
  const [name = ''] = maker.input;
  const turned = constants.get(name);
  return turned?.dims.length === 2 ? { name, readAs, tensor: turned, transposed: true } : null;
}

/** A node as a product with constant weights; else why it is none, as a clause. */
export function productOf(subject: Subject, node: NodeProto): Product | string {
  const [a = '', b = '', c = ''] = node.input;
  if (!isFloat32(subject, a)) return NOT_FLOAT32;
  const weights = constantFactor(subject, b);
  if (!weights) return NOT_CONSTANT;
  if (weights.tensor.dims.length < 2) return 'its weights are no matrix';
  if (node.opType === 'MatMul') return { a, weights, factor: 1, bias: '', biasFactor: 1 };
  if (numberOf(node, 'transA', 0) !== 0) return 'its input is transposed';
  const biasFactor = numberOf(node, 'beta', 1);
  if (c && biasFactor !== 1 && !subject.constants.has(c)) {
    return 'its beta is not 1, and its bias is not constant';
  }
  const transposed = weights.transposed !== (numberOf(node, 'transB', 0) !== 0);
  const factor = numberOf(node, 'alpha', 1);
  return { a, weights: { ...weights, transposed }, factor, bias: c, biasFactor };
}

/** A bias, times its factor where that is not 1. @returns its name */
export function biasOf(
  { constants }: Subject,
  rewriter: Rewriter,
  { bias, biasFactor }: Product,
): string {
  const tensor = constants.get(bias);
  if (!tensor || biasFactor === 1) return bias;
  rewriter.retire(bias);
  const scaled = floatsOf(tensor, biasFactor);
  return rewriter.save(`${bias}_scaled`, tensor.dims.map(Number), T.FLOAT, scaled);
}
