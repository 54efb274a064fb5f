import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { isFloat32, NOT_CONSTANT, NOT_FLOAT32 } from '../products.ts';
import { numberOf } from '../static/attributes.ts';
import type { Subject } from '../static/subject.ts';
import type { Codes } from './codes.ts';
import type { DynamicWork } from './rule.ts';

/** Why an LSTM stays as it is, as a clause; null where DynamicQuantizeLSTM can stand for it. */
export function refuseLstm(node: NodeProto, subject: Subject): string | null {
  const [x, w = '', r = ''] = node.input;
  if (!isFloat32(subject, x)) return NOT_FLOAT32;
  const constants = [w, r].map((name) => subject.constants.get(name));
  if (constants.some((tensor) => !tensor)) return NOT_CONSTANT;
  if (constants.some((tensor) => tensor?.dims.length !== 3))
    return 'its weights have another shape';
  // DynamicQuantizeLSTM knows one order of its axes only.
  return numberOf(node, 'layout', 0) === 0 ? null : 'its batch comes first';
}

/** An LSTM whose input and state are quantized in each step, its weights as int8. */
export function quantizeLstm(node: NodeProto, work: DynamicWork): string {
  const { subject, rewriter, book, perChannel } = work;
  const [x = '', w = '', r = '', ...rest] = node.input;
  // [directions, 4*hidden, inputs], stored here with the last two the other way round.
  const stored = (name: string): Codes => {
    const tensor = subject.constants.get(name);
    if (!tensor) throw new RangeError(`"${name}" is not constant.`);
    rewriter.retire(name);
    const form = { type: 'int8', axis: 0, nextToo: perChannel, transposed: true } as const;
    return book.weight(name, tensor, form);
  };
  const input = stored(w);
  const recurrent = stored(r);
  rewriter.remove(node);
  rewriter.node({
    opType: 'DynamicQuantizeLSTM',
    domain: 'com.microsoft',
    name: node.name && `${node.name}_quant`,
    input: [
      x,
      input.codes,
      recurrent.codes,
      ...Array.from({ length: 5 }, (_, i) => rest[i] ?? ''),
      input.scale,
      input.zeroPoint,
      recurrent.scale,
      recurrent.zeroPoint,
    ],
    output: node.output,
    attributes: node.attribute.filter(({ name }) => name !== 'layout'),
  });
  return perChannel
    ? 'int8 weights, a scale for each gate'
    : 'int8 weights, a scale for each direction';
}
