import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { compress } from '../../core/compress/compress.ts';
import { readRecipe } from '../../core/compress/recipe.ts';
import { nearness, referenceOf } from '../../core/compress/repair/nearness.ts';
import type { Runner } from '../../core/compress/technique.ts';
import {
  floats,
  type GraphInit,
  modelOf,
  type NodeInit,
  node,
  value,
} from '../../core/onnx/build.ts';
import {
  AttributeProto_AttributeType as A,
  type ModelProto,
  TensorProto_DataType as T,
} from '../../core/onnx/onnx_pb.ts';
import { seededRandom } from '../../core/tensors/random.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Decibel } from '../../core/units.ts';
import { sessionRunner } from '../runtime/runner.ts';

ort.env.wasm.numThreads = 1;

const GOES_ON = { throwIfAborted: () => {} };
const TOKENS = [1, 12, 32];
const WIDTH = 32;
const TEXTS = 6;

function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
}

/** Two channels far larger than the others, as normalizations in language models have them. */
const isLarge = (channel: number) => channel === 3 || channel === 17;

const gain = () =>
  floats(
    'gain',
    [WIDTH],
    random(WIDTH, 1).map((x, c) => (isLarge(c) ? 60 : 1 + x)),
  );

/** Weights as training leaves them: where activations are large they are small, so that no channel rules. */
const matrix = (name: string, seed: number) =>
  floats(
    name,
    [WIDTH, WIDTH],
    random(WIDTH * WIDTH, seed).map((x, i) => (isLarge(Math.floor(i / WIDTH)) ? x / 40 : x)),
  );

const whole = (): NodeInit[] => [
  node('LayerNormalization', ['x', 'gain', 'shift'], ['n'], { axis: -1 }),
];

/** The same in the operators that exporters wrote before there was one for it. */
function decomposed(): NodeInit[] {
  const constant = (output: string, f: number): NodeInit => ({
    opType: 'Constant',
    output: [output],
    attribute: [{ name: 'value_float', type: A.FLOAT, f }],
  });
  return [
    constant('two', 2),
    constant('epsilon', 1e-5),
    node('ReduceMean', ['x'], ['mean'], { axes: [-1] }),
    node('Sub', ['x', 'mean'], ['centred']),
    node('Pow', ['centred', 'two'], ['squares']),
    node('ReduceMean', ['squares'], ['variance'], { axes: [-1] }),
    node('Add', ['variance', 'epsilon'], ['above']),
    node('Sqrt', ['above'], ['deviation']),
    node('Div', ['centred', 'deviation'], ['unit']),
    node('Mul', ['unit', 'gain'], ['gained']),
    node('Add', ['gained', 'shift'], ['n']),
  ];
}

/** What an encoder's attention begins with: one normalization, read by three products. */
const graph = (normalization: NodeInit[]): GraphInit => ({
  input: [value('x', T.FLOAT, ...TOKENS)],
  output: [value('y', T.FLOAT, ...TOKENS)],
  initializer: [
    gain(),
    floats('shift', [WIDTH], random(WIDTH, 2)),
    ...['q', 'k', 'v', 'o'].map((name, i) => matrix(name, 10 + i)),
  ],
  node: [
    ...normalization,
    node('MatMul', ['n', 'q'], ['query']),
    node('MatMul', ['n', 'k'], ['key']),
    node('MatMul', ['n', 'v'], ['values']),
    node('Add', ['query', 'key'], ['both']),
    node('Add', ['both', 'values'], ['sum']),
    node('MatMul', ['sum', 'o'], ['y']),
  ],
});

function texts(seed: number): Runner {
  const data = Float32Array.from(random(TEXTS * 12 * WIDTH, seed));
  const feeds: FeedSet = {
    count: TEXTS,
    inputs: [{ name: 'x', type: 'float32', dims: TOKENS, data }],
  };
  return sessionRunner(ort, feeds, false, GOES_ON);
}

const CALIBRATION = texts(100);
const OTHERS = texts(200);

async function made(original: () => ModelProto, ...techniques: readonly string[]) {
  const steps = techniques.map((technique) => ({ technique }));
  const model = original();
  const context = { runner: CALIBRATION, progress: () => {}, signal: GOES_ON };
  const recipe = readRecipe({ version: 1, title: 'made', steps });
  const [first] = await compress(model, recipe, context, () => 0);
  const reference = await referenceOf(original(), OTHERS);
  const decibel: Decibel = await nearness(model, reference, OTHERS);
  const changed = first?.decisions.filter(({ outcome }) => outcome === 'changed') ?? [];
  return { decibel, changed: changed.map((decision) => decision.node) };
}

const SESSIONS_MS = 60_000;

describe.each([
  ['LayerNormalization', whole, ['n']],
  ['a normalization in parts', decomposed, ['gained', 'n']],
])('SmoothQuant behind %s', (_, normalization, makers) => {
  const original = () => modelOf(graph(normalization()));

  it(
    'keeps the function and takes the inverse into the normalization',
    async () => {
      const { decibel, changed } = await made(original, 'smooth');
      expect(decibel).toBeGreaterThan(110);
      expect(changed).toEqual(expect.arrayContaining([...makers, 'query', 'key', 'values']));
    },
    SESSIONS_MS,
  );

  it(
    'brings static int8 nearer to the float model where a few channels are large',
    async () => {
      const plain = await made(original, 'static-int8');
      const smoothed = await made(original, 'smooth', 'static-int8');
      expect(smoothed.decibel).toBeGreaterThan(plain.decibel + 3);
    },
    SESSIONS_MS,
  );
});
