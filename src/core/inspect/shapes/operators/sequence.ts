import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { isKnown } from '../dims.ts';
import { common, contained, declaredType, tensorType, type ValueType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axisAt, withDim } from './axes.ts';
import { broadcast } from './elementwise.ts';

/** A value without its content, which a sequence does not keep. */
const bare = ({ elem, shape }: ValueType): ValueType => ({ elem, shape });

const sequenceOf = (element: ValueType | null) => element && contained('sequence', bare(element));

/** The type of what a sequence holds; null where the input is none. */
const elementOf = (node: NodeView): ValueType | null => {
  const input = node.input(0);
  return input && bare(input);
};

const construct: ShapeRule = (node) => {
  const [first = null, ...others] = node.inputs;
  const element = others.reduce((a, b) => common(a, b, node.fresh), first && bare(first));
  return [sequenceOf(element)];
};

const insert: ShapeRule = (node) => {
  const [element, added] = [elementOf(node), node.input(1)];
  return [sequenceOf(element && added ? common(element, bare(added), node.fresh) : element)];
};

/** Sizes that the parts share: as the second input says, or 1 without it. */
function partSize(node: NodeView, size: Dim): Dim {
  const [split] = node.items(1) ?? [];
  if (!node.has(1)) return 1;
  if (split === undefined) return node.fresh();
  if (node.shape(1)?.length === 1) {
    return node.items(1)?.every((part) => part === split) ? split : node.fresh();
  }
  // A single number is the size of all parts but perhaps the last.
  const isEven = isKnown([size, split]) && Number(size) % Number(split) === 0;
  return isEven ? split : node.fresh();
}

const splitToSequence: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [sequenceOf(node.like(0, null))];
  const axis = axisAt(node.int('axis', 0), dims.length);
  // Without sizes each part is a single slice, and the axis may go.
  const drops = !node.has(1) && node.int('keepdims', 1) === 0;
  const shape = drops
    ? dims.filter((_, i) => i !== axis)
    : withDim(dims, axis, partSize(node, dims[axis] as Dim));
  return [sequenceOf(node.like(0, shape))];
};

const concatFromSequence: ShapeRule = (node) => {
  const element = elementOf(node);
  if (!element?.shape) return [element];
  const { elem, shape } = element;
  const isNew = node.int('new_axis', 0) === 1;
  const axis = axisAt(node.int('axis', 0), isNew ? shape.length + 1 : shape.length);
  const joined = [...shape.slice(0, axis), node.fresh(), ...shape.slice(isNew ? axis : axis + 1)];
  return [tensorType(elem, joined)];
};

const optional: ShapeRule = (node) => {
  const given = node.input(0) ?? declaredType(node.attribute('type')?.tp, node.fresh, {});
  if (!given) return [null];
  const { elem, shape, container } = given;
  return [contained('optional', container ? { elem, shape, container } : { elem, shape })];
};

const optionalGetElement: ShapeRule = (node) => {
  const input = node.input(0);
  if (!input?.container) return [input];
  const isTensor = input.container === 'optional';
  // Since opset 18 a sequence may be given as it is.
  return [isTensor ? bare(input) : sequenceOf(bare(input))];
};

const scalar =
  (elem: T): ShapeRule =>
  () => [tensorType(elem, [])];

/** [c] or [1, c], of which stop words are left out. */
const stringNormalizer: ShapeRule = (node) => {
  const dims = node.shape(0);
  if (!dims) return [tensorType(T.STRING, null)];
  return [tensorType(T.STRING, withDim(dims, dims.length - 1, node.fresh()))];
};

const stringConcat: ShapeRule = (node) => [
  tensorType(T.STRING, broadcast(node, [node.shape(0), node.shape(1)])),
];

/** The parts of each string along a new last axis, and how many there are. */
const stringSplit: ShapeRule = (node) => {
  const dims = node.shape(0);
  return [tensorType(T.STRING, dims && [...dims, node.fresh()]), tensorType(T.INT64, dims)];
};

/** A weight for each of the n-grams, whose greatest number is in `ngram_indexes`. */
const tfIdfVectorizer: ShapeRule = (node) => {
  const [dims, indices] = [node.shape(0), node.ints('ngram_indexes')];
  if (!dims || !indices) return [tensorType(T.FLOAT, null)];
  if (dims.length > 2) throw new Contradiction(`n-grams are of 1 or 2 axes, not ${dims.length}.`);
  const size = indices.reduce((most, index) => Math.max(most, index), -1) + 1;
  return [tensorType(T.FLOAT, [...dims.slice(0, -1), size])];
};

/** [height, width, channels] */
const imageDecoder: ShapeRule = (node) => {
  const channels = node.text('pixel_format', 'RGB') === 'Grayscale' ? 1 : 3;
  return [tensorType(T.UINT8, [node.fresh(), node.fresh(), channels])];
};

/** Sequences, optionals and text. */
export const SEQUENCE: Rules = {
  SequenceConstruct: construct,
  SequenceEmpty: (node) => [sequenceOf(tensorType(node.int('dtype', T.FLOAT), null))],
  SequenceAt: (node) => [elementOf(node)],
  SequenceInsert: insert,
  SequenceErase: (node) => [sequenceOf(elementOf(node))],
  SequenceLength: scalar(T.INT64),
  SplitToSequence: splitToSequence,
  ConcatFromSequence: concatFromSequence,
  Optional: optional,
  OptionalGetElement: optionalGetElement,
  OptionalHasElement: scalar(T.BOOL),
  StringNormalizer: stringNormalizer,
  StringConcat: stringConcat,
  StringSplit: stringSplit,
  TfIdfVectorizer: tfIdfVectorizer,
  ImageDecoder: imageDecoder,
};
