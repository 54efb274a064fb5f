import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as A,
  AttributeProtoSchema,
  type NodeProto,
  TensorProto_DataType as T,
} from '../../onnx/onnx_pb.ts';
import type { Interval } from '../../units.ts';
import { numberOf } from '../static/attributes.ts';
import { floatsOf } from '../static/weights.ts';
import { type Draft, isStandard } from './draft.ts';

/** From this operator set on Clip's ends are inputs. */
const INPUTS_SINCE = 11;
/** Ends of float32, which stand for none in old files. */
const MAX_FLOAT32 = 3.402_823_4e38;

/** A constant of one number; null where the tensor has more or could widen what it meets. */
function scalar(draft: Draft, name: string): number | null {
  const tensor = draft.floats(name);
  return tensor?.dims.length === 0 ? (floatsOf(tensor, 1)[0] ?? null) : null;
}

const open = (x: number): number => (Math.abs(x) >= MAX_FLOAT32 ? x * Number.POSITIVE_INFINITY : x);

/** A node that limits its input to an interval. */
interface Limit extends Interval {
  readonly input: string;
}

function clipOf(draft: Draft, node: NodeProto): Limit | null {
  const [input = '', min = '', max = ''] = node.input;
  if (draft.opset < INPUTS_SINCE) {
    return {
      input,
      low: open(numberOf(node, 'min', -MAX_FLOAT32)),
      high: open(numberOf(node, 'max', MAX_FLOAT32)),
    };
  }
  const low = min === '' ? Number.NEGATIVE_INFINITY : scalar(draft, min);
  const high = max === '' ? Number.POSITIVE_INFINITY : scalar(draft, max);
  return low === null || high === null ? null : { input, low: open(low), high: open(high) };
}

/** The interval to which a Relu, a Clip, or a Min or Max with a constant limits its input. */
export function limitOf(draft: Draft, node: NodeProto): Limit | null {
  if (isStandard(node, 'Relu')) {
    return { input: node.input[0] ?? '', low: 0, high: Number.POSITIVE_INFINITY };
  }
  if (isStandard(node, 'Clip')) return clipOf(draft, node);
  if (!isStandard(node, 'Min', 'Max') || node.input.length !== 2) return null;
  const at = node.input.findIndex((name) => draft.constant(name) !== null);
  const bound = scalar(draft, node.input[at] ?? '');
  const input = node.input[1 - at] ?? '';
  if (bound === null || draft.constant(input)) return null;
  return node.opType === 'Min'
    ? { input, low: Number.NEGATIVE_INFINITY, high: bound }
    : { input, low: bound, high: Number.POSITIVE_INFINITY };
}

function write(draft: Draft, node: NodeProto, { input, low, high }: Limit): void {
  node.attribute = [];
  if (low === 0 && high === Number.POSITIVE_INFINITY) {
    node.opType = 'Relu';
    node.input = [input];
    return;
  }
  node.opType = 'Clip';
  if (draft.opset < INPUTS_SINCE) {
    node.input = [input];
    const ends = { min: Math.max(low, -MAX_FLOAT32), max: Math.min(high, MAX_FLOAT32) };
    node.attribute = Object.entries(ends).map(([name, f]) =>
      create(AttributeProtoSchema, { name, type: A.FLOAT, f }),
    );
    return;
  }
  const end = (name: string, x: number) =>
    Number.isFinite(x) ? draft.storeNew(`${node.output[0] ?? ''}_${name}`, [], [x]) : '';
  const ends = [end('min', low), end('max', high)];
  node.input = [input, ...(ends[1] === '' ? ends.slice(0, 1) : ends)];
}

const within = (x: number, { low, high }: Interval): number => Math.min(high, Math.max(low, x));

/**
 * Writes what limits activations in the form that integer kernels absorb: Max(Min(x, 6), 0), a
 * Relu before a Min, two Clips become one Relu or Clip. One limit after another is one again,
 * from the images of the first one's ends.
 */
export function joinLimits(draft: Draft): void {
  const { types } = draft;
  for (const node of draft.index.order) {
    if (draft.isGone(node) || types.get(node.output[0] ?? '')?.elem !== T.FLOAT) continue;
    const last = limitOf(draft, node);
    if (!last || last.low > last.high) continue;
    const maker = draft.producer(last.input);
    const first = maker && !draft.isGone(maker) ? limitOf(draft, maker) : null;
    if (maker && first && first.low <= first.high && draft.soleReader(last.input) === node) {
      const limit = {
        input: first.input,
        low: within(first.low, last),
        high: within(first.high, last),
      };
      write(draft, node, limit);
      draft.remove(maker, `one with ${draft.ledger.title(node)}`);
      draft.ledger.note(
        node,
        'changed',
        `a ${node.opType} that also does ${draft.ledger.title(maker)}`,
      );
    } else if (isStandard(node, 'Min', 'Max')) {
      write(draft, node, last);
      draft.ledger.note(node, 'changed', `written as ${node.opType}`);
    }
  }
  draft.refresh();
}
