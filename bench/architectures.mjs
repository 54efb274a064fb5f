// Three public architectures in the size in which they are used, with seeded random weights, as exporters write them:
// speed and the error of a format do not ask what was learned.

import { withModules } from '../scripts/modules.mjs';

/**
 * @typedef {object} Architecture
 * @property {string} name also of its files
 * @property {string} title
 * @property {() => Promise<Uint8Array>} make the ONNX file
 * @property {{ name: string, type: 'float32' | 'int64', dims: readonly number[], below?: number }} input numbers of a normal
 *   distribution, or whole ones from 0 to under `below`
 */

const INT64 = 7;
const FLOAT = 1;

/** Numbers that repeat with the seed: 0 to under 1 (mulberry32), and of the standard normal distribution (Box-Muller). */
export class Random {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
    this.spare = Number.NaN;
  }

  uniform() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  normal() {
    const { spare } = this;
    if (!Number.isNaN(spare)) {
      this.spare = Number.NaN;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

/** Each channel's own share of the weights' size, as batch normalization leaves it where it was folded in. */
const CHANNEL_SPREAD = 0.3;
const BIAS_SPREAD = 0.1;

/** Nodes and weights of a network; every method returns the name of the tensor it makes. */
class Network {
  node = /** @type {{ output: string[] }[]} */ ([]);
  initializer = /** @type {object[]} */ ([]);

  /** @param {any} build core/onnx/build.ts @param {number} seed */
  constructor(build, seed) {
    this.build = build;
    this.random = new Random(seed);
    /** Names of constants that many nodes read. */
    this.shared = new Set();
  }

  /** @param {string} operator @param {string[]} input @param {Record<string, unknown>} [attributes] */
  add(operator, input, attributes = {}) {
    const name = `/${operator}_${this.node.length}`;
    this.node.push({
      ...this.build.node(operator, input, [`${name}_output_0`], attributes),
      name,
    });
    return `${name}_output_0`;
  }

  /** @param {string} name @param {number[]} dims @param {ArrayLike<number>} data */
  store(name, dims, data) {
    const { buffer } = Float32Array.from(data);
    this.initializer.push(this.build.stored(name, FLOAT, dims, buffer));
    return name;
  }

  /** @param {string} name @param {number} value */
  scalar(name, value) {
    if (!this.shared.has(name)) this.store(name, [], [value]);
    this.shared.add(name);
    return name;
  }

  /** @param {string} name @param {number[]} numbers @param {number[]} [dims] */
  integers(name, numbers, dims) {
    if (!this.shared.has(name)) this.initializer.push(this.build.integers(name, numbers, dims));
    this.shared.add(name);
    return name;
  }

  /**
   * Normal numbers of this deviation, channels differing along an axis where one is given.
   * @param {string} name @param {number[]} dims @param {number} deviation @param {number} [axis]
   */
  weights(name, dims, deviation, axis) {
    const { random } = this;
    const data = new Float32Array(dims.reduce((product, size) => product * size, 1));
    const channels = axis === undefined ? 1 : /** @type {number} */ (dims[axis]);
    const run = axis === undefined ? data.length : dims.slice(axis + 1).reduce((a, b) => a * b, 1);
    const gains = Float32Array.from({ length: channels }, () =>
      axis === undefined ? deviation : deviation * Math.exp(CHANNEL_SPREAD * random.normal()),
    );
    for (let i = 0; i < data.length; i++) {
      data[i] = random.normal() * /** @type {number} */ (gains[Math.floor(i / run) % channels]);
    }
    return this.store(name, dims, data);
  }

  /**
   * A convolution with the batch normalization after it folded in. Weights as He et al. start them (1502.01852):
   * deviation sqrt(gain / fan-in), a gain of 2 making up for a Relu that follows.
   * @param {string} x
   * @param {{ from: number, to: number, kernel: number, stride?: number, group?: number, gain?: number }} form
   */
  convolution(x, { from, to, kernel, stride = 1, group = 1, gain = 2 }) {
    const name = `conv${this.node.length}`;
    const inner = from / group;
    const weight = this.weights(
      `${name}.weight`,
      [to, inner, kernel, kernel],
      Math.sqrt(gain / (inner * kernel * kernel)),
      0,
    );
    const bias = this.weights(`${name}.bias`, [to], BIAS_SPREAD);
    return this.add('Conv', [x, weight, bias], {
      dilations: [1, 1],
      group,
      kernel_shape: [kernel, kernel],
      pads: new Array(4).fill(kernel >> 1),
      strides: [stride, stride],
    });
  }

  /** @param {string} x */
  relu(x) {
    return this.add('Relu', [x]);
  }

  /** @param {string} x */
  relu6(x) {
    return this.add('Clip', [x, this.scalar('clip.min', 0), this.scalar('clip.max', 6)]);
  }

  /** A fully connected layer as exporters write it for two dimensions. @param {string} x @param {number} from @param {number} to */
  dense(x, from, to, name = 'classifier') {
    const weight = this.weights(`${name}.weight`, [to, from], Math.sqrt(1 / from), 0);
    const bias = this.weights(`${name}.bias`, [to], BIAS_SPREAD);
    return this.add('Gemm', [x, weight, bias], { transB: 1 });
  }

  /** The same for three dimensions. @param {string} x @param {number} from @param {number} to @param {string} name */
  linear(x, from, to, name) {
    const weight = this.weights(`${name}.weight`, [from, to], Math.sqrt(1 / from), 1);
    const bias = this.weights(`${name}.bias`, [to], BIAS_SPREAD);
    return this.add('Add', [bias, this.add('MatMul', [x, weight])]);
  }

  /** Over the last axis. @param {string} x @param {number} width @param {string} name */
  norm(x, width, name) {
    const ones = Array.from({ length: width }, () => Math.exp(0.1 * this.random.normal()));
    const scale = this.store(`${name}.weight`, [width], ones);
    const bias = this.weights(`${name}.bias`, [width], BIAS_SPREAD);
    return this.add('LayerNormalization', [x, scale, bias], { axis: -1 });
  }

  /** Mean over the picture, then classes. @param {string} x @param {number} width @param {number} classes */
  head(x, width, classes) {
    const pooled = this.add('Flatten', [this.add('GlobalAveragePool', [x])], { axis: 1 });
    return this.dense(pooled, width, classes);
  }
}

/**
 * The file of a network with one input and one output, "output", of classes.
 * @param {number} seed
 * @param {Architecture['input']} input
 * @param {number} classes
 * @param {(network: Network, x: string) => string} form gives the name of the last tensor
 * @returns {Promise<Uint8Array>}
 */
const file = (seed, input, classes, form) =>
  withModules(
    ['/src/core/onnx/build.ts', '/src/core/onnx/write.ts'],
    (build, { modelParts, concat }) => {
      const network = new Network(build, seed);
      const last = form(network, input.name);
      const { node, initializer } = network;
      const maker = node.at(-1);
      if (maker?.output[0] !== last) throw new Error(`The last node does not make ${last}.`);
      maker.output = ['output'];
      const type = input.type === 'int64' ? INT64 : FLOAT;
      const graph = {
        name: 'main_graph',
        node,
        initializer,
        input: [build.value(input.name, type, ...input.dims)],
        output: [build.value('output', FLOAT, 1, classes)],
      };
      return concat(modelParts(build.modelOf(graph)));
    },
  );

const PICTURE = /** @type {const} */ ({ name: 'input', type: 'float32', dims: [1, 3, 224, 224] });
const CLASSES = 1000;

/** ResNet-18 (He et al., 1512.03385, table 1): width and stride of each stage of two blocks. */
const RESNET_STAGES = /** @type {const} */ ([
  [64, 1],
  [128, 2],
  [256, 2],
  [512, 2],
]);

/** Keeps sums from growing where a residual branch is added. */
const BRANCH_GAIN = 0.5;

/** 1.81 G multiply-accumulates at 224 × 224, 47 MB. @param {number} [side] of its pictures, in pixels */
export const resnet18 = (side = 224) =>
  file(18, { ...PICTURE, dims: [1, 3, side, side] }, CLASSES, (network, input) => {
    let x = network.relu(network.convolution(input, { from: 3, to: 64, kernel: 7, stride: 2 }));
    x = network.add('MaxPool', [x], {
      ceil_mode: 0,
      dilations: [1, 1],
      kernel_shape: [3, 3],
      pads: [1, 1, 1, 1],
      strides: [2, 2],
    });
    let width = 64;
    for (const [to, stride] of RESNET_STAGES) {
      for (const step of [stride, 1]) {
        const inner = network.relu(
          network.convolution(x, { from: width, to, kernel: 3, stride: step }),
        );
        const branch = network.convolution(inner, { from: to, to, kernel: 3, gain: BRANCH_GAIN });
        const shortcut =
          width === to
            ? x
            : network.convolution(x, { from: width, to, kernel: 1, stride: step, gain: 1 });
        x = network.relu(network.add('Add', [branch, shortcut]));
        width = to;
      }
    }
    return network.head(x, width, CLASSES);
  });

/**
 * EfficientNet-Lite0's blocks: repeats, kernel, stride, expansion, width
 * (tensorflow/tpu, models/official/efficientnet/lite/efficientnet_lite_builder.py).
 */
const LITE_BLOCKS = /** @type {const} */ ([
  [1, 3, 1, 1, 16],
  [2, 3, 2, 6, 24],
  [2, 5, 2, 6, 40],
  [3, 3, 2, 6, 80],
  [3, 5, 1, 6, 112],
  [4, 5, 2, 6, 192],
  [1, 3, 1, 6, 320],
]);

/** 0.39 G multiply-accumulates, 19 MB; padding on both sides, as in its PyTorch form. */
export const efficientNetLite0 = () =>
  file(20, PICTURE, CLASSES, (network, input) => {
    let x = network.relu6(network.convolution(input, { from: 3, to: 32, kernel: 3, stride: 2 }));
    let width = 32;
    for (const [repeats, kernel, stride, expansion, to] of LITE_BLOCKS) {
      for (let repeat = 0; repeat < repeats; repeat++) {
        const inner = width * expansion;
        const wide =
          expansion === 1
            ? x
            : network.relu6(network.convolution(x, { from: width, to: inner, kernel: 1 }));
        const step = repeat === 0 ? stride : 1;
        const mixed = network.relu6(
          network.convolution(wide, { from: inner, to: inner, kernel, stride: step, group: inner }),
        );
        const added = repeat > 0;
        const narrow = network.convolution(mixed, {
          from: inner,
          to,
          kernel: 1,
          gain: added ? BRANCH_GAIN : 1,
        });
        x = added ? network.add('Add', [narrow, x]) : narrow;
        width = to;
      }
    }
    x = network.relu6(network.convolution(x, { from: width, to: 1280, kernel: 1 }));
    return network.head(x, 1280, CLASSES);
  });

const BERT = { layers: 6, width: 384, heads: 12, inner: 1536, tokens: 128, words: 16_384 };
const BERT_CLASSES = 16;
const TOKENS = /** @type {const} */ ({
  name: 'input_ids',
  type: 'int64',
  dims: [1, BERT.tokens],
  below: BERT.words,
});

/** Tokens to heads, [1, tokens, width] to the permutation of [1, heads, tokens, width / heads]. */
const heads = (
  /** @type {Network} */ network,
  /** @type {string} */ x,
  /** @type {number[]} */ perm,
) =>
  network.add(
    'Transpose',
    [
      network.add('Reshape', [
        x,
        network.integers('heads', [1, BERT.tokens, BERT.heads, BERT.width / BERT.heads]),
      ]),
    ],
    { perm },
  );

/** @param {Network} network @param {string} x @param {string} name */
function attention(network, x, name) {
  const { width } = BERT;
  const part = (/** @type {string} */ role) => network.linear(x, width, width, `${name}.${role}`);
  const query = heads(network, part('query'), [0, 2, 1, 3]);
  const key = heads(network, part('key'), [0, 2, 3, 1]);
  const value = heads(network, part('value'), [0, 2, 1, 3]);
  const scores = network.add('Div', [
    network.add('MatMul', [query, key]),
    network.scalar('root', Math.sqrt(width / BERT.heads)),
  ]);
  const mixed = network.add('MatMul', [network.add('Softmax', [scores], { axis: -1 }), value]);
  const joined = network.add('Reshape', [
    network.add('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
    network.integers('joined', [1, BERT.tokens, width]),
  ]);
  return network.linear(joined, width, width, `${name}.output`);
}

/** x (1 + erf(x / sqrt 2)) / 2. @param {Network} network @param {string} x */
function gelu(network, x) {
  const erf = network.add('Erf', [network.add('Div', [x, network.scalar('root2', Math.SQRT2)])]);
  const gate = network.add('Add', [erf, network.scalar('one', 1)]);
  return network.add('Mul', [network.add('Mul', [x, gate]), network.scalar('half', 0.5)]);
}

/** An encoder of BERT's form (Devlin et al., 1810.04805), 6 layers of 384 over 128 tokens: 1.4 G, 68 MB. */
export const bertLike = () =>
  file(6, TOKENS, BERT_CLASSES, (network, input) => {
    const { layers, width, inner, tokens, words } = BERT;
    const table = network.weights('embeddings.word', [words, width], 1);
    const places = network.weights('embeddings.position', [1, tokens, width], 0.3);
    const embedded = network.add('Add', [
      network.add('Gather', [table, input], { axis: 0 }),
      places,
    ]);
    let x = network.norm(embedded, width, 'embeddings.norm');
    for (let layer = 0; layer < layers; layer++) {
      const name = `layer${layer}`;
      const mixed = network.add('Add', [attention(network, x, `${name}.attention`), x]);
      const attended = network.norm(mixed, width, `${name}.attention.norm`);
      const wide = gelu(network, network.linear(attended, width, inner, `${name}.wide`));
      const narrow = network.linear(wide, inner, width, `${name}.narrow`);
      x = network.norm(network.add('Add', [narrow, attended]), width, `${name}.norm`);
    }
    const first = network.add('Gather', [x, network.integers('first', [0], [])], { axis: 1 });
    const pooled = network.add('Tanh', [network.dense(first, width, width, 'pooler')]);
    return network.dense(pooled, width, BERT_CLASSES);
  });

/** @type {readonly Architecture[]} */
export const ARCHITECTURES = [
  { name: 'resnet18', title: 'ResNet-18', make: () => resnet18(), input: PICTURE },
  {
    name: 'efficientnet-lite0',
    title: 'EfficientNet-Lite0',
    make: efficientNetLite0,
    input: PICTURE,
  },
  { name: 'bert-like', title: 'BERT-like, 6 layers of 384', make: bertLike, input: TOKENS },
];
