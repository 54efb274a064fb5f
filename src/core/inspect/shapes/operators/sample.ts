import type { Dim } from '../dim.ts';
import { add, divideExactly } from '../dims.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axisAt, shapeText, unknownDims } from './axes.ts';
import { agreed, knownProduct, ofRank, sizesFrom } from './checks.ts';

/** [rois, channels, height, width]: one crop of fixed size per region. */
function crops(node: NodeView, regions: Dim | null, height: Dim, width: Dim): readonly Dim[] {
  const channels = ofRank(node, 0, 4)?.[1] ?? node.fresh();
  return [regions ?? node.fresh(), channels, height, width];
}

const maxRoiPool: ShapeRule = (node) => {
  const [height, width] = node.ints('pooled_shape') ?? [];
  const regions = ofRank(node, 1, 2)?.[0] ?? null;
  return [node.like(0, crops(node, regions, height ?? node.fresh(), width ?? node.fresh()))];
};

const roiAlign: ShapeRule = (node) => {
  const regions = agreed(
    'regions and their batch indices',
    ofRank(node, 1, 2)?.[0],
    ofRank(node, 2, 1)?.[0],
  );
  const [height, width] = [node.int('output_height', 1), node.int('output_width', 1)];
  return [node.like(0, crops(node, regions, height, width))];
};

/** Data [N, C, in…] read at a grid [N, out…, r], r being the number of spatial axes. */
const gridSample: ShapeRule = (node) => {
  const data = ofRank(node, 0, 3, Infinity);
  const grid = ofRank(node, 1, 3, Infinity);
  if (data && grid && data.length !== grid.length) {
    throw new Contradiction(
      `The data ${shapeText(data)} and the grid ${shapeText(grid)} must have the same rank.`,
    );
  }
  if (!data || !grid)
    return [node.like(0, unknownDims(node, data?.length ?? grid?.length ?? null))];
  agreed('coordinates of the grid and spatial axes of the data', grid.at(-1), data.length - 2);
  const batch = agreed('batches of the data and of the grid', data[0], grid[0]);
  return [node.like(0, [batch as Dim, data[1] as Dim, ...grid.slice(1, -1)])];
};

/** Theta [N, r, r + 1] and a size [N, C, spatial…] give a grid [N, spatial…, r]. */
const affineGrid: ShapeRule = (node) => {
  const theta = ofRank(node, 0, 3);
  const size = sizesFrom(node, 1);
  const axes = size ? size.length - 2 : theta?.[1];
  const sizes = size?.slice(2) ?? unknownDims(node, typeof axes === 'number' ? axes : null);
  if (!sizes) return [node.like(0, null)];
  const batch = size?.[0] ?? theta?.[0] ?? node.fresh();
  return [node.like(0, [batch, ...sizes, sizes.length])];
};

/** Columns [N, C·block, L] to an image [N, C, image…]. */
const columnsToImage: ShapeRule = (node) => {
  const columns = ofRank(node, 0, 3);
  const [image, block] = [sizesFrom(node, 1), node.items(2)];
  const known = image?.length ?? block?.length ?? node.shape(1)?.[0] ?? node.shape(2)?.[0];
  const listed = node.ints('strides') ?? node.ints('dilations');
  const axes = typeof known === 'number' ? known : listed?.length;
  const sizes = image ?? unknownDims(node, axes ?? null);
  if (!sizes) return [node.like(0, null)];
  const taps = block ? knownProduct(block) : null;
  const channels = columns && taps ? divideExactly(columns[1] as Dim, taps) : null;
  return [node.like(0, [columns?.[0] ?? node.fresh(), channels ?? node.fresh(), ...sizes])];
};

/** The given axes, or all, get the sizes that the second input asks for. */
const centerCropPad: ShapeRule = (node) => {
  const input = node.shape(0);
  if (!input) return [node.like(0, null)];
  const axes = node.ints('axes')?.map((axis) => axisAt(axis, input.length)) ?? [...input.keys()];
  const wanted = sizesFrom(node, 1);
  if (wanted && wanted.length !== axes.length) {
    throw new Contradiction(
      `CenterCropPad is given ${wanted.length} sizes for ${axes.length} axes.`,
    );
  }
  const shape = [...input];
  axes.forEach((axis, i) => {
    shape[axis] = wanted?.[i] ?? node.fresh();
  });
  return [node.like(0, shape)];
};

/**
 * What a stateful causal convolution keeps (ONNX, CausalConvWithState): the last k − 1 values of
 * [batch, channels, length].
 */
const causalConv: ShapeRule = (node) => {
  const input = ofRank(node, 0, 3);
  const weights = ofRank(node, 1, 3);
  const channels = agreed('channels of the input and of the weights', input?.[1], weights?.[0]);
  const kept = weights ? add(weights[2] as Dim, -1) : null;
  return [
    node.like(0, input),
    node.like(0, [
      input?.[0] ?? node.shape(3)?.[0] ?? node.fresh(),
      channels ?? node.fresh(),
      agreed('values kept and kernel sizes', kept, node.shape(3)?.[2]) ?? node.fresh(),
    ]),
  ];
};

/** Reading images and columns at other places than window by window. */
export const SAMPLE: Rules = {
  MaxRoiPool: maxRoiPool,
  RoiAlign: roiAlign,
  GridSample: gridSample,
  AffineGrid: affineGrid,
  Col2Im: columnsToImage,
  CenterCropPad: centerCropPad,
  CausalConvWithState: causalConv,
};
