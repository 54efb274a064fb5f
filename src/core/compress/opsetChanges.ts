/** Operators of the standard set that came to mean something else, operator sets 8 to 21 (onnx/docs/Changelog.md). */
import { firstOutput } from '../onnx/graph.ts';
import { type NodeProto, TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { attribute, int64s, type Rewriter } from './rewriter.ts';
import { dropAttribute, numberOf, textOf } from './static/attributes.ts';

/** Where a node is rewritten. */
export interface Site {
  readonly rewriter: Rewriter;
  /** Of tensors of the main graph; null where it is not known. */
  readonly rankOf: (name: string) => number | null;
}

export interface OpsetChange {
  readonly since: number;
  /** Why a node has no form that means the same, as a clause; null where it has one. */
  readonly refuse?: (node: NodeProto) => string | null;
  readonly rewrite?: (node: NodeProto, site: Site) => void;
  /** Whether one node may become several, which only the main graph can take. */
  readonly splits?: true;
}

const has = ({ attribute: all }: NodeProto, name: string) => all.some((each) => each.name === name);

const intsOf = ({ attribute: all }: NodeProto, name: string): number[] | null => {
  const found = all.find((each) => each.name === name);
  return found ? found.ints.map(Number) : null;
};

/** Appends an input at its place, with empty names before it where it needs some. */
function setInput(node: NodeProto, index: number, name: string): void {
  while (node.input.length < index) node.input.push('');
  node.input[index] = name;
}

/** An attribute of whole numbers becomes an input. */
const asInput =
  (name: string, index: number) =>
  (node: NodeProto, { rewriter }: Site): void => {
    const values = intsOf(node, name);
    if (values === null) return;
    const base = `${firstOutput(node)}_${name}`;
    setInput(node, index, rewriter.save(base, [values.length], T.INT64, int64s(values)));
    dropAttribute(node, name);
  };

/** A float attribute becomes an input, a single number. */
const floatAsInput =
  (name: string, index: number) =>
  (node: NodeProto, { rewriter }: Site): void => {
    if (!has(node, name)) return;
    const base = `${node.output[0] ?? ''}_${name}`;
    const value = Float32Array.of(numberOf(node, name, 0));
    setInput(node, index, rewriter.save(base, [], T.FLOAT, value));
    dropAttribute(node, name);
  };

const inTurn =
  (...parts: readonly NonNullable<OpsetChange['rewrite']>[]) =>
  (node: NodeProto, site: Site): void => {
    for (const part of parts) part(node, site);
  };

const axesInput: OpsetChange = { since: 13, rewrite: asInput('axes', 1) };
const reduceAxes: OpsetChange = { since: 18, rewrite: asInput('axes', 1) };

const refused = (why: string, when: (node: NodeProto) => boolean = () => true) => ({
  refuse: (node: NodeProto) => (when(node) ? why : null),
});

/** Before 13 it flattened its input to a matrix at the axis, 1 unless said otherwise. */
function flattening(node: NodeProto, { rewriter, rankOf }: Site): void {
  const [x = ''] = node.input;
  const [y = ''] = node.output;
  const rank = rankOf(x);
  const axis = numberOf(node, 'axis', 1);
  dropAttribute(node, 'axis');
  node.attribute.push(attribute('axis', -1));
  if (rank !== null && (axis === rank - 1 || axis === -1)) return;
  const shape = rewriter.unique(`${y}_shape`);
  const flat = rewriter.unique(`${y}_flat_input`);
  const made = rewriter.unique(`${y}_flat`);
  rewriter.node({ opType: 'Shape', name: `${y}_Shape`, input: [x], output: [shape] });
  const attributes = [attribute('axis', axis)];
  rewriter.node({
    opType: 'Flatten',
    name: `${y}_Flatten`,
    input: [x],
    output: [flat],
    attributes,
  });
  node.input[0] = flat;
  node.output[0] = made;
  rewriter.node({ opType: 'Reshape', name: `${y}_Reshape`, input: [made, shape], output: [y] });
}

/** Resize of 10 and Upsample took no region, and counted from the corner. */
function resizing(node: NodeProto, { rewriter }: Site): void {
  const [x = '', scales = ''] = node.input;
  const roi = rewriter.save(`${node.output[0] ?? ''}_roi`, [0], T.FLOAT, new Float32Array());
  node.opType = 'Resize';
  node.input = [x, roi, scales];
  node.attribute.push(
    attribute('coordinate_transformation_mode', 'asymmetric'),
    attribute('nearest_mode', 'floor'),
  );
}

function scalesInput(node: NodeProto, { rewriter }: Site): void {
  const found = node.attribute.find(({ name }) => name === 'scales');
  if (!found) return;
  const scales = Float32Array.from(found.floats);
  const base = `${node.output[0] ?? ''}_scales`;
  setInput(node, 1, rewriter.save(base, [scales.length], T.FLOAT, scales));
  dropAttribute(node, 'scales');
}

const flatten: OpsetChange = { since: 13, rewrite: flattening, splits: true };

export const CHANGES: ReadonlyMap<string, readonly OpsetChange[]> = new Map<
  string,
  readonly OpsetChange[]
>([
  [
    'BatchNormalization',
    [
      {
        since: 9,
        ...refused(
          'with statistics for each element',
          (node) => numberOf(node, 'spatial', 1) === 0,
        ),
        rewrite: (node) => dropAttribute(node, 'spatial'),
      },
      {
        since: 14,
        ...refused('where it also makes statistics', ({ output }) => output.length > 1),
      },
    ],
  ],
  ['Clip', [{ since: 11, rewrite: inTurn(floatAsInput('min', 1), floatAsInput('max', 2)) }]],
  [
    'ConvTranspose',
    [
      {
        since: 11,
        ...refused('with padding chosen by itself', (node) =>
          textOf(node, 'auto_pad', '').startsWith('SAME'),
        ),
      },
    ],
  ],
  ['DFT', [{ since: 20, ...refused('and its axis became an input') }]],
  ['Dropout', [{ since: 12, rewrite: (node) => dropAttribute(node, 'ratio') }]],
  ['GridSample', [{ since: 20, rewrite: renamedMode }]],
  ['GroupNormalization', [{ since: 21, ...refused('and takes a scale for each channel') }]],
  ['Hardmax', [flatten]],
  ['LogSoftmax', [flatten]],
  ['Pad', [{ since: 11, rewrite: inTurn(asInput('pads', 1), floatAsInput('value', 2)) }]],
  ...['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'SumSquare'].map(
    (kind) => [`Reduce${kind}`, [reduceAxes]] as const,
  ),
  ['ReduceSum', [axesInput]],
  [
    'Resize',
    [
      { since: 11, rewrite: resizing },
      {
        since: 13,
        ...refused(
          'for tf_half_pixel_for_nn',
          (node) => textOf(node, 'coordinate_transformation_mode', '') === 'tf_half_pixel_for_nn',
        ),
      },
    ],
  ],
  ['RoiAlign', [{ since: 16, rewrite: pixelCorners }]],
  ['Scan', [{ since: 9, ...refused('and lost its batch') }]],
  [
    'Scatter',
    [
      {
        since: 11,
        rewrite: (node) => {
          node.opType = 'ScatterElements';
        },
      },
    ],
  ],
  [
    'Slice',
    [{ since: 10, rewrite: inTurn(asInput('starts', 1), asInput('ends', 2), asInput('axes', 3)) }],
  ],
  ['Softmax', [flatten]],
  [
    'Split',
    [
      { since: 13, rewrite: asInput('split', 1) },
      { since: 18, rewrite: countedOutputs },
    ],
  ],
  ['Squeeze', [axesInput]],
  ['TopK', [{ since: 10, rewrite: countInput }]],
  ['Unsqueeze', [axesInput]],
  [
    'Upsample',
    [
      { since: 9, rewrite: scalesInput },
      {
        since: 10,
        rewrite: (node) => {
          node.opType = 'Resize';
        },
      },
      { since: 11, rewrite: resizing },
    ],
  ],
]);

function countedOutputs(node: NodeProto): void {
  if (!node.input[1]) node.attribute.push(attribute('num_outputs', node.output.length));
}

function countInput(node: NodeProto, { rewriter }: Site): void {
  const k = int64s([numberOf(node, 'k', 1)]);
  setInput(node, 1, rewriter.save(`${node.output[0] ?? ''}_k`, [1], T.INT64, k));
  dropAttribute(node, 'k');
}

function pixelCorners(node: NodeProto): void {
  const mode = 'coordinate_transformation_mode';
  if (!has(node, mode)) node.attribute.push(attribute(mode, 'output_half_pixel'));
}

const LATER_NAMES: Readonly<Record<string, string>> = { bilinear: 'linear', bicubic: 'cubic' };

function renamedMode(node: NodeProto): void {
  const mode = textOf(node, 'mode', 'bilinear');
  dropAttribute(node, 'mode');
  node.attribute.push(attribute('mode', LATER_NAMES[mode] ?? mode));
}
