import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { compress } from '../../core/compress/compress.ts';
import { readRecipe } from '../../core/compress/recipe.ts';
import { nearness, referenceOf } from '../../core/compress/repair/nearness.ts';
import type { Decision, Runner } from '../../core/compress/technique.ts';
import { floats, type GraphInit, modelOf, node, value } from '../../core/onnx/build.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import { seededRandom } from '../../core/tensors/random.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Decibel } from '../../core/units.ts';
import { sessionRunner } from '../runtime/runner.ts';

ort.env.wasm.numThreads = 1;

const GOES_ON = { throwIfAborted: () => {} };
const IMAGE = [1, 6, 8, 8];
const IMAGES = 8;

function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit());
}

function weights(name: string, dims: readonly number[], seed: number, scale = 1) {
  const count = dims.reduce((a, b) => a * b, 1);
  // One large weight makes the steps of all others coarse.
  const numbers = random(count, seed).map((x, i) => (i === 0 ? 6 : x - 0.5) * scale);
  return floats(name, dims, numbers);
}

/** Convolutions behind one another, with a residual, and a Gemm. */
const graph = (): GraphInit => ({
  input: [value('x', T.FLOAT, ...IMAGE)],
  output: [value('y', T.FLOAT, 1, 5)],
  initializer: [
    weights('w1', [6, 6, 3, 3], 1, 0.3),
    weights('b1', [6], 2, 0.1),
    weights('w2', [6, 6, 3, 3], 3, 0.3),
    weights('b2', [6], 4, 0.1),
    weights('w3', [6, 1, 3, 3], 5),
    weights('b3', [6], 6, 0.1),
    weights('g', [5, 6], 7),
    weights('gb', [5], 8, 0.1),
  ],
  node: [
    node('Conv', ['x', 'w1', 'b1'], ['c1'], { pads: [1, 1, 1, 1] }),
    node('Relu', ['c1'], ['r1']),
    node('Conv', ['r1', 'w2', 'b2'], ['c2'], { pads: [1, 1, 1, 1] }),
    node('Add', ['c2', 'r1'], ['s']),
    node('Relu', ['s'], ['r2']),
    node('Conv', ['r2', 'w3', 'b3'], ['c3'], { pads: [1, 1, 1, 1], group: 6 }),
    node('GlobalAveragePool', ['c3'], ['p']),
    node('Flatten', ['p'], ['f']),
    node('Gemm', ['f', 'g', 'gb'], ['y'], { transB: 1 }),
  ],
});

/** Positive, as what Relu makes and pixels are: means that are not 0 are what rounded weights shift. */
function images(seed: number): Runner {
  const data = Float32Array.from(random(IMAGES * 6 * 64, seed));
  const feeds: FeedSet = {
    count: IMAGES,
    inputs: [{ name: 'x', type: 'float32', dims: IMAGE, data }],
  };
  return sessionRunner(ort, feeds, false, GOES_ON);
}

const CALIBRATION = images(100);
const OTHERS = images(200);

interface Made {
  readonly model: ModelProto;
  readonly decisions: readonly Decision[];
  /** On inputs that nothing was learnt from. */
  readonly decibel: Decibel;
}

async function made(options: object): Promise<Made> {
  const recipe = readRecipe({
    version: 1,
    title: 'int8',
    steps: [{ technique: 'static-int8', options }],
  });
  const model = modelOf(graph());
  const context = { runner: CALIBRATION, progress: () => {}, signal: GOES_ON };
  const reports = await compress(model, recipe, context, () => 0);
  const reference = await referenceOf(modelOf(graph()), OTHERS);
  const decibel = await nearness(model, reference, OTHERS);
  return { model, decisions: reports.flatMap((report) => report.decisions), decibel };
}

/** Each pass opens sessions, which takes its time on a busy machine. */
const SESSIONS_MS = 60_000;

describe('static int8 with biases corrected', () => {
  it.each([true, false])(
    'comes nearer on inputs it was not corrected on; a scale for each channel: %s',
    async (perChannel) => {
      const plain = await made({ perChannel });
      const corrected = await made({ perChannel, biasCorrection: true });
      expect(corrected.decibel).toBeGreaterThan(plain.decibel + 2);
    },
    SESSIONS_MS,
  );

  it(
    'says so of the layers themselves, by their names before',
    async () => {
      const { decisions } = await made({ biasCorrection: true });
      const noted = decisions.filter(({ reason }) => reason.includes('its bias corrected'));
      expect(noted.map(({ node: name, operator }) => `${operator} ${name}`)).toEqual([
        'Conv c1',
        'Conv c2',
        'Conv c3',
        'Gemm y',
      ]);
    },
    SESSIONS_MS,
  );

  it(
    'changes biases and nothing else',
    async () => {
      const [plain, corrected] = [await made({}), await made({ biasCorrection: true })];
      const stored = ({ model }: Made) =>
        new Map(model.graph?.initializer.map(({ name, rawData }) => [name, rawData]));
      const before = stored(plain);
      const changed = [...stored(corrected)]
        .filter(([name, data]) => Buffer.compare(data, before.get(name) as Uint8Array) !== 0)
        .map(([name]) => name);
      expect(changed.sort()).toEqual([
        'b1_quantized',
        'b2_quantized',
        'b3_quantized',
        'gb_quantized',
      ]);
      expect(stored(corrected).size).toBe(before.size);
    },
    SESSIONS_MS,
  );
});
