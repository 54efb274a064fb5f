import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web/wasm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CalibrationSchema, calibrate } from '../../core/compress/calibrate/calibrate.ts';
import {
  type Fixture,
  makeOurs,
  readFixture,
  type WrittenTensor,
} from '../../core/compress/testing.ts';
import type { ModelProto } from '../../core/onnx/onnx_pb.ts';
import { tensorNumbers } from '../../core/onnx/tensors.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { compareOutputs, type Fidelity, sqnr } from '../../core/race/fidelity.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import type { Interval } from '../../core/units.ts';
import { sessionRunner } from '../runtime/runner.ts';

ort.env.wasm.numThreads = 1;

const FOLDER = new URL('../../core/compress/fixtures/', import.meta.url);

const cases = readdirSync(FOLDER).flatMap((file) => {
  const name = file.replace('.tar.gz', '');
  const fixture = readFixture(gunzipSync(readFileSync(new URL(file, FOLDER))));
  return fixture.variants.map((variant) => ({ name, variant, fixture }));
});

/**
 * Models whose files differ by more than names, for the reasons given in core/compress/parity.test.ts. Outputs may be
 * more than a step apart there, if ours are as near to the float model's: for Gemm with alpha and beta, theirs are 20 dB
 * farther off.
 */
const OTHERWISE = /^(constants|mlp|outputs) static/;
/** Where weights are rounded otherwise, chance decides which is nearer. */
const CHANCE_DB = 0.5;

/** Nodes that onnxruntime's tools leave float and ours need not, by model and kind of variant. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'mlp dynamic': ['gemm_4_out', 'gemm_6_out'],
  'stack blocks': ['y'],
};

const tensorOf = ({ type, dims, data }: WrittenTensor): ort.Tensor =>
  type === 'int64'
    ? new ort.Tensor('int64', BigInt64Array.from(data, BigInt), dims)
    : new ort.Tensor('float32', Float32Array.from(data), dims);

type Outputs = Readonly<Record<string, Float32Array>>;

async function run(model: ModelProto, { inputs }: Fixture): Promise<Outputs[]> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)), {
    // Not its warnings of constants in onnxruntime's files that nothing reads.
    logSeverityLevel: 3,
  });
  try {
    const found: Outputs[] = [];
    for (const feed of inputs) {
      const feeds = Object.entries(feed).map(([name, tensor]) => [name, tensorOf(tensor)]);
      const outputs = Object.entries(await session.run(Object.fromEntries(feeds)));
      const numbers = outputs.map(([name, { data }]) => [name, data as Float32Array]);
      found.push(Object.fromEntries(numbers) as Outputs);
    }
    return found;
  } finally {
    await session.release();
  }
}

/** How far apart two numbers of an output may be: its codes' distance; where it has none, that of 8 bits. */
function stepOf(model: ModelProto, name: string, numbers: Float32Array): number {
  const scale = model.graph?.initializer.find((each) => each.name === `${name}_scale`);
  const coded = model.graph?.node.some(
    ({ opType, output }) => opType === 'DequantizeLinear' && output.includes(name),
  );
  if (coded && scale) return tensorNumbers(scale)[0] as number;
  return (Math.max(...numbers, 0) - Math.min(...numbers, 0)) / 255;
}

function farthest(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
}

/** A float32's last digits, of a number that is a step times its code. */
const SLACK = 1.0001;

/** Signal to noise of an output over all inputs, in decibels. */
function nearness(found: readonly Outputs[], exact: readonly Outputs[], name: string): number {
  const outputs = (all: readonly Outputs[]) =>
    all.map((each, i) => ({ name: `${i}`, dims: [], data: each[name] as Float32Array }));
  return sqnr(compareOutputs(outputs(found), outputs(exact)) as Fidelity);
}

describe('outputs beside those of onnxruntime 1.30’s files', () => {
  it.each(cases)('$name, $variant', async ({ name, variant, fixture }) => {
    const [kind] = variant.split('-');
    const ours = makeOurs(fixture, variant, KEPT[`${name} ${kind}`]);
    const mine = await run(ours, fixture);
    const theirs = await run(fixture.theirs(variant), fixture);
    const exact = OTHERWISE.test(`${name} ${variant}`) && (await run(fixture.original(), fixture));
    for (const output of Object.keys(mine[0] as Outputs)) {
      const steps = mine.map((outputs, input) => {
        const reference = theirs[input]?.[output] as Float32Array;
        const numbers = outputs[output] as Float32Array;
        return farthest(numbers, reference) / stepOf(ours, output, reference);
      });
      if (exact && Math.max(...steps) > SLACK) {
        const least = nearness(theirs, exact, output) - CHANCE_DB;
        expect(nearness(mine, exact, output), output).toBeGreaterThanOrEqual(least);
      } else {
        expect(Math.max(...steps), output).toBeLessThanOrEqual(SLACK);
      }
    }
  });
});

/** Inputs of a fixture as one set. */
function feedsOf({ calibration }: Fixture): FeedSet {
  const [first = {}] = calibration;
  const inputs = Object.entries(first).map(([name, { type, dims }]) => {
    const numbers = calibration.flatMap((feed) => feed[name]?.data ?? []);
    const data =
      type === 'int64' ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers);
    return { name, type, dims, data };
  });
  return { count: calibration.length, inputs };
}

/** Kernels of another processor round the last digits otherwise. */
const CLOSE = 1e-5;
/** A number that so falls into the next of 2,048 bins moves an end by one of them. */
const ONE_BIN = 1.01 / 1024;

describe('ranges as onnxruntime 1.30’s calibraters find them', () => {
  const models = cases.filter(({ variant }) => variant === 'static');

  it.each(
    models.flatMap(({ name, fixture }) => [
      { name, fixture, method: 'minmax', tolerance: CLOSE },
      { name, fixture, method: 'percentile', tolerance: ONE_BIN },
    ]),
  )('$name, $method', async ({ fixture, method, tolerance }) => {
    const { signal } = new AbortController();
    const runner = sessionRunner(ort, feedsOf(fixture), false, signal);
    const context = { runner, signal, progress: () => undefined };
    const theirs = fixture.rangesBy(method);
    // Constants are no activations here.
    const nodes = fixture.original().graph?.node.filter(({ opType }) => opType !== 'Constant');
    const tensors = (nodes ?? [])
      .flatMap(({ output }) => output)
      .filter((each) => theirs.has(each));
    const options = v.parse(CalibrationSchema, { method, percentile: 99.9 });
    const ours = await calibrate(fixture.original(), tensors, options, context);
    for (const tensor of tensors) {
      const [mine, given] = [ours.get(tensor) as Interval, theirs.get(tensor) as Interval];
      const size = Math.max(Math.abs(given.low), Math.abs(given.high));
      const off = Math.max(Math.abs(mine.low - given.low), Math.abs(mine.high - given.high));
      expect(off, tensor).toBeLessThanOrEqual(size * tolerance);
    }
  });
});
