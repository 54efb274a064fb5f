import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { add, product } from '../dims.ts';
import { tensorType, type ValueType } from '../types.ts';
import type { NodeView, Rules, ShapeRule } from '../view.ts';
import { knownProduct, ofRank } from './checks.ts';

/** How many strings or numbers an attribute lists. */
function listed(node: NodeView, ...names: string[]): number {
  const counts = names.map((name) => {
    const found = node.attribute(name);
    return found ? Math.max(found.strings.length, found.ints.length, found.floats.length) : 0;
  });
  return Math.max(0, ...counts);
}

/** Rows of [rows, features]; a single list of features is one row. */
function rowsOf(node: NodeView): Dim {
  const input = ofRank(node, 0, 1, 2);
  if (!input) return node.fresh();
  return input.length === 1 ? 1 : (input[0] as Dim);
}

const floats = (shape: readonly Dim[] | null) => tensorType(T.FLOAT, shape);

/** A class per row, and a score per row and class. */
const classifier =
  (strings: string, integers: string): ShapeRule =>
  (node): ValueType[] => {
    const rows = rowsOf(node);
    const classes = listed(node, strings, integers);
    const elem = listed(node, strings) > 0 ? T.STRING : T.INT64;
    return [tensorType(elem, [rows]), floats([rows, classes || node.fresh()])];
  };

/** A value per row and target. */
const regressor =
  (targets: string): ShapeRule =>
  (node) => [floats([rowsOf(node), node.int(targets, 1)])];

const treeEnsemble: ShapeRule = (node) => [node.like(0, [rowsOf(node), node.int('n_targets', 1)])];

/** Values by the attribute that lists them; version 1 turns strings into numbers and back. */
const labelEncoder: ShapeRule = (node) => {
  const shape = node.shape(0);
  const table = node.tensor('values_tensor');
  if (table) return [tensorType(table.dataType, shape)];
  if (listed(node, 'values_strings') > 0) return [tensorType(T.STRING, shape)];
  if (listed(node, 'values_floats') > 0) return [tensorType(T.FLOAT, shape)];
  if (listed(node, 'values_int64s') > 0) return [tensorType(T.INT64, shape)];
  const elem = node.elem(0);
  return [elem === null ? null : tensorType(elem === T.STRING ? T.INT64 : T.STRING, shape)];
};

const oneHot: ShapeRule = (node) => {
  const shape = node.shape(0);
  return [floats(shape && [...shape, listed(node, 'cats_int64s', 'cats_strings')])];
};

/** Some places along the last axis. */
const arrayFeatures: ShapeRule = (node) => {
  const [shape, indices] = [node.shape(0), node.shape(1)];
  if (!shape || !indices) return [node.like(0, null)];
  const before = shape.length === 1 ? [1] : shape.slice(0, -1);
  return [node.like(0, [...before, product(indices)])];
};

const featureVectorizer: ShapeRule = (node) => {
  const sizes = node.ints('inputdimensions') ?? node.inputs.map((_, i) => rowLength(node, i));
  const rows = node.shape(0)?.length === 1 ? 1 : (node.shape(0)?.[0] ?? node.fresh());
  const sum = sizes.every((size) => size !== null) ? sizes.reduce<Dim>(add, 0) : node.fresh();
  return [floats([rows, sum])];
};

function rowLength(node: NodeView, index: number): number | null {
  const shape = node.shape(index);
  return shape && knownProduct(shape.length === 1 ? shape : shape.slice(1));
}

const same: ShapeRule = (node) => [node.like(0, node.shape(0))];
const sameInFloats: ShapeRule = (node) => [floats(node.shape(0))];

/** Classical models (ai.onnx.ml). What makes maps, such as ZipMap, stays untyped. */
export const ML: Rules = {
  TreeEnsembleClassifier: classifier('classlabels_strings', 'classlabels_int64s'),
  TreeEnsembleRegressor: regressor('n_targets'),
  TreeEnsemble: treeEnsemble,
  LinearClassifier: classifier('classlabels_strings', 'classlabels_ints'),
  LinearRegressor: regressor('targets'),
  SVMRegressor: regressor('n_targets'),
  LabelEncoder: labelEncoder,
  Scaler: sameInFloats,
  Normalizer: sameInFloats,
  Imputer: same,
  Binarizer: same,
  OneHotEncoder: oneHot,
  ArrayFeatureExtractor: arrayFeatures,
  FeatureVectorizer: featureVectorizer,
};
