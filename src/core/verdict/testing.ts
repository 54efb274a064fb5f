/** Models for tests that provoke what a look inside can tell; profiles of them lie in fixtures/. */
import {
  floats,
  modelOf,
  type NodeInit,
  node,
  stored,
  type TensorInit,
  value,
} from '../onnx/build.ts';
import { type ModelProto, TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { seededRandom } from '../tensors/random.ts';

const numbers = (count: number, seed: number) => {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
};

const scale = (name: string): TensorInit[] => [
  floats(`${name}_s`, [], [0.02]),
  stored(`${name}_z`, T.UINT8, [], Uint8Array.of(128).buffer),
];

/** A tensor rounded to codes and back. */
const rounded = (name: string): { nodes: NodeInit[]; stores: TensorInit[]; as: string } => ({
  nodes: [
    node('QuantizeLinear', [name, `${name}_s`, `${name}_z`], [`${name}_q`]),
    node('DequantizeLinear', [`${name}_q`, `${name}_s`, `${name}_z`], [`${name}_d`]),
  ],
  stores: scale(name),
  as: `${name}_d`,
});

/** Weights stored as codes. */
const codes = (name: string, dims: readonly number[], seed: number) => {
  const size = dims.reduce((a, b) => a * b, 1);
  const data = Int8Array.from(numbers(size, seed), (x) => Math.round(x * 200));
  return {
    nodes: [node('DequantizeLinear', [`${name}_q`, `${name}_s`, `${name}_z`], [`${name}_d`])],
    stores: [
      stored(`${name}_q`, T.INT8, dims, data.buffer),
      floats(`${name}_s`, [], [0.005]),
      stored(`${name}_z`, T.INT8, [], Int8Array.of(0).buffer),
    ],
    as: `${name}_d`,
  };
};

const SIDE = 28;
const CHANNELS = 32;
const DIMS = [1, CHANNELS, SIDE, SIDE] as const;

const pictures = (nodes: NodeInit[], initializer: TensorInit[]): ModelProto =>
  modelOf({
    input: [value('x', T.FLOAT, ...DIMS)],
    output: [value('y', T.FLOAT, ...DIMS)],
    node: nodes,
    initializer,
  });

const PADS = { pads: [1, 1, 1, 1], kernel_shape: [3, 3] };

/**
 * Two quantized convolutions: the first stands between Q and DQ, the second's result goes to a
 * Sigmoid, so that the runtime cannot fuse it and computes it as float.
 */
export function halfFused(): ModelProto {
  const [x, h] = [rounded('x'), rounded('h')];
  const [v, w] = [CHANNELS, CHANNELS].map((n, i) => codes(`w${i}`, [n, n, 3, 3], i + 1)) as [
    ReturnType<typeof codes>,
    ReturnType<typeof codes>,
  ];
  return pictures(
    [
      ...x.nodes,
      ...v.nodes,
      node('Conv', [x.as, v.as], ['h'], PADS),
      ...h.nodes,
      ...w.nodes,
      node('Conv', [h.as, w.as], ['s'], PADS),
      node('Sigmoid', ['s'], ['y']),
    ],
    [...x.stores, ...h.stores, ...v.stores, ...w.stores],
  );
}

/** A quantized depthwise convolution and a pointwise one, as MobileNet has them. */
export function depthwiseNet(): ModelProto {
  const [x, h, z] = [rounded('x'), rounded('h'), rounded('z')];
  const v = codes('v', [CHANNELS, 1, 3, 3], 1);
  const w = codes('w', [CHANNELS, CHANNELS, 1, 1], 2);
  return pictures(
    [
      ...x.nodes,
      ...v.nodes,
      node('Conv', [x.as, v.as], ['h'], { ...PADS, group: CHANNELS }),
      ...h.nodes,
      ...w.nodes,
      node('Conv', [h.as, w.as], ['z'], { kernel_shape: [1, 1] }),
      ...z.nodes,
      node('Identity', [z.as], ['y']),
    ],
    [...x.stores, ...h.stores, ...z.stores, ...v.stores, ...w.stores],
  );
}

/** A convolution with float weights between codes: the runtime quantizes it unasked. */
export function unguarded(): ModelProto {
  const [x, h] = [rounded('x'), rounded('h')];
  return pictures(
    [
      ...x.nodes,
      node('Conv', [x.as, 'w'], ['h'], PADS),
      ...h.nodes,
      node('Identity', [h.as], ['y']),
    ],
    [
      ...x.stores,
      ...h.stores,
      floats('w', [CHANNELS, CHANNELS, 3, 3], numbers(CHANNELS * CHANNELS * 9, 3)),
    ],
  );
}

/** A chain of nodes that each do next to nothing. */
export function manyTiny(length = 200): ModelProto {
  const names = Array.from({ length: length + 1 }, (_, i) => (i === 0 ? 'x' : `h${i}`));
  return modelOf({
    input: [value('x', T.FLOAT, 1, 8)],
    output: [value(`h${length}`, T.FLOAT, 1, 8)],
    node: names
      .slice(0, -1)
      .map((name, i) => node(i % 2 ? 'Sin' : 'Sigmoid', [name], [names[i + 1] as string])),
  });
}

/** Plain float convolutions, with enough work in each for the processor to be the limit. */
export function heavyFloat(): ModelProto {
  return pictures(
    [
      node('Conv', ['x', 'w'], ['h'], PADS),
      node('Conv', ['h', 'w'], ['i'], PADS),
      node('Conv', ['i', 'w'], ['y'], PADS),
    ],
    [floats('w', [CHANNELS, CHANNELS, 3, 3], numbers(CHANNELS * CHANNELS * 9, 3))],
  );
}
