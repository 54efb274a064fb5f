/** Operators of com.microsoft that hold several of the standard ones, and have an integer form. */

import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { isFloat32, NOT_CONSTANT, NOT_FLOAT32 } from '../products.ts';
import type { Subject } from '../static/subject.ts';
import type { Codes } from './codes.ts';
import type { DynamicWork } from './rule.ts';

const MICROSOFT = 'com.microsoft';

/** What QAttention knows. */
const ATTENTION = new Set([
  'num_heads',
  'unidirectional',
  'do_rotary',
  'past_present_share_buffer',
  'mask_filter_value',
]);

export function refuseAttention(node: NodeProto, subject: Subject): string | null {
  const [x, w = '', bias = ''] = node.input;
  if (!isFloat32(subject, x)) return NOT_FLOAT32;
  if (!subject.constants.has(w)) return NOT_CONSTANT;
  if (!bias) return 'it has no bias, and its integer form needs one';
  const more = node.attribute.find(({ name }) => !ATTENTION.has(name));
  if (more) return `its integer form does not know "${more.name}"`;
  return node.input.slice(5).some(Boolean) ? 'its integer form has fewer inputs' : null;
}

/** Attention whose first product, to queries, keys and values, is in integers. */
export function quantizeAttention(node: NodeProto, work: DynamicWork): string {
  const { subject, rewriter, book, weights: type, perChannel } = work;
  const [x = '', w = '', bias = '', mask = '', past = ''] = node.input;
  const tensor = subject.constants.get(w);
  if (!tensor) throw new RangeError(`"${w}" is not constant.`);
  const input = book.activation(x);
  const weights = book.weight(w, tensor, { type, axis: perChannel ? 1 : null });
  rewriter.remove(node);
  rewriter.retire(w);
  rewriter.node({
    opType: 'QAttention',
    domain: MICROSOFT,
    name: node.name && `${node.name}_quant`,
    input: [
      input.codes,
      weights.codes,
      bias,
      input.scale,
      weights.scale,
      mask,
      input.zeroPoint,
      weights.zeroPoint,
      past,
    ],
    output: node.output,
    attributes: node.attribute,
  });
  return `uint8 by ${type} weights`;
}

/** Places of tables, scale and shift among the inputs of EmbedLayerNormalization. */
const TABLES = [2, 3, 4, 5, 6];
const MASK = 7;
/** Ids of segments and their table may be left out. */
const SEGMENTS = 4;

export function refuseEmbedding(node: NodeProto, { constants }: Subject): string | null {
  const stored = TABLES.every(
    (i) => constants.has(node.input[i] ?? '') || (i === SEGMENTS && !node.input[i]),
  );
  if (!stored) return NOT_CONSTANT;
  if (node.output.slice(2).some(Boolean)) return 'its integer form has no third output';
  return node.input.slice(MASK + 1).some(Boolean) ? 'its integer form has fewer inputs' : null;
}

const NONE: Codes = { codes: '', scale: '', zeroPoint: '' };

/** EmbedLayerNormalization with all that it stores as uint8. */
export function quantizeEmbedding(
  node: NodeProto,
  { subject, rewriter, book }: DynamicWork,
): string {
  const tables = TABLES.map((i) => {
    const name = node.input[i] ?? '';
    const tensor = subject.constants.get(name);
    if (!tensor) return NONE;
    rewriter.retire(name);
    return book.weight(name, tensor, { type: 'uint8', axis: null });
  });
  rewriter.remove(node);
  rewriter.node({
    opType: 'QEmbedLayerNormalization',
    domain: MICROSOFT,
    name: node.name && `${node.name}_quant`,
    input: [
      node.input[0] ?? '',
      node.input[1] ?? '',
      ...tables.map(({ codes }) => codes),
      node.input[MASK] ?? '',
      ...tables.map(({ scale }) => scale),
      ...tables.map(({ zeroPoint }) => zeroPoint),
    ],
    output: node.output,
    attributes: node.attribute,
  });
  return 'its tables as uint8';
}
