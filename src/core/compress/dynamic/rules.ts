import { domainOf } from '../../onnx/graph.ts';
import type { NodeProto } from '../../onnx/onnx_pb.ts';
import {
  biasOf,
  isFloat32,
  NOT_CONSTANT,
  NOT_FLOAT32,
  type Product,
  productOf,
} from '../products.ts';
import { quantizeAttention, quantizeEmbedding, refuseAttention, refuseEmbedding } from './fused.ts';
import { addChannels, integerProduct } from './integers.ts';
import { quantizeLstm, refuseLstm } from './lstm.ts';
import type { DynamicRule, DynamicWork } from './rule.ts';

const scalesOf = (axis: number | null) =>
  axis === null ? 'one scale for all' : 'a scale for each channel';

function quantizeProduct(node: NodeProto, work: DynamicWork): string {
  const { subject, rewriter, book, weights: type, perChannel } = work;
  const product = productOf(subject, node) as Product;
  const { a, weights, factor, bias } = product;
  const { name, tensor, transposed, readAs } = weights;
  // Kernels take scales of columns for one matrix only.
  const axis = perChannel && tensor.dims.length === 2 ? (transposed ? 0 : 1) : null;
  const [output = ''] = node.output;
  const gemm = node.opType === 'Gemm';
  const sum = bias ? rewriter.unique(`${output}_MatMul`) : output;
  const title = gemm && node.name ? `${node.name}_MatMul` : node.name;
  rewriter.remove(node);
  integerProduct(rewriter, {
    opType: 'MatMulInteger',
    name: title,
    base: sum,
    output: sum,
    input: book.activation(a),
    weights: book.weight(name, tensor, { type, axis, factor, transposed }),
  });
  if (bias) {
    const input = [sum, biasOf(subject, rewriter, product)];
    rewriter.node({
      opType: 'Add',
      name: node.name && `${node.name}_Add`,
      input,
      output: [output],
    });
  }
  rewriter.retire(readAs);
  rewriter.retire(name);
  return `uint8 by ${type} weights, ${scalesOf(axis)}`;
}

const products: DynamicRule = {
  kind: 'products',
  domain: '',
  refuse: (node, subject) => {
    const found = productOf(subject, node);
    return typeof found === 'string' ? found : null;
  },
  apply: quantizeProduct,
};

const convolutions: DynamicRule = {
  kind: 'convolutions',
  domain: '',
  refuse: ({ input: [x, w = ''] }, subject) => {
    if (!isFloat32(subject, x)) return NOT_FLOAT32;
    return subject.constants.has(w) ? null : NOT_CONSTANT;
  },
  apply: (node, { subject, rewriter, book, convWeights: type }) => {
    const [x = '', w = '', bias = ''] = node.input;
    const [output = ''] = node.output;
    const tensor = subject.constants.get(w);
    if (!tensor) throw new RangeError(`"${w}" is not constant.`);
    const sum = bias ? rewriter.unique(`${output}quant_scaled_output`) : output;
    rewriter.remove(node);
    integerProduct(rewriter, {
      opType: 'ConvInteger',
      name: node.name,
      base: output,
      output: sum,
      input: book.activation(x),
      weights: book.weight(w, tensor, { type, axis: null }),
      attributes: node.attribute,
    });
    if (bias) addChannels(rewriter, node, { sum, bias, rank: tensor.dims.length });
    rewriter.retire(w);
    return `uint8 by ${type} weights, ${scalesOf(null)}`;
  },
};

const gather: DynamicRule = {
  kind: 'tables',
  domain: '',
  refuse: ({ input: [table = ''] }, { constants }) => (constants.has(table) ? null : NOT_CONSTANT),
  apply: (node, { subject, rewriter, book }) => {
    const [table = ''] = node.input;
    const tensor = subject.constants.get(table);
    if (!tensor) throw new RangeError(`"${table}" is not constant.`);
    book.move(node, book.weight(table, tensor, { type: 'uint8', axis: null }));
    rewriter.retire(table);
    return 'its table as uint8, one scale for all';
  },
};

const lstm: DynamicRule = { kind: 'lstm', domain: '', refuse: refuseLstm, apply: quantizeLstm };

const RULES = new Map<string, DynamicRule>([
  ['MatMul', products],
  ['Gemm', products],
  ['Conv', convolutions],
  ['LSTM', lstm],
  ['Gather', gather],
  [
    'Attention',
    {
      kind: 'products',
      domain: 'com.microsoft',
      refuse: refuseAttention,
      apply: quantizeAttention,
    },
  ],
  [
    'EmbedLayerNormalization',
    { kind: 'tables', domain: 'com.microsoft', refuse: refuseEmbedding, apply: quantizeEmbedding },
  ],
]);

/** The rule for a node; null where its operator has no form that works on dynamic codes. */
export function ruleFor({ opType, domain }: NodeProto): DynamicRule | null {
  const rule = RULES.get(opType);
  return rule && domainOf(domain) === rule.domain ? rule : null;
}

/** Whether a node reads its first input as codes, once it is quantized. */
export const readsCodes = ({ opType }: NodeProto): boolean =>
  opType === 'MatMul' || opType === 'Gemm' || opType === 'Conv' || opType === 'Attention';

/** Whether a node turns a tensor over and takes codes as they are. */
export const movesCodes = ({ opType, domain }: NodeProto): boolean =>
  opType === 'Transpose' && domainOf(domain) === '';
