import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web/wasm';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CalibrationSchema, calibrate } from '../../core/compress/calibrate/calibrate.ts';
import { type Fixture, readFixture } from '../../core/compress/testing.ts';
import { modelOf, node, value } from '../../core/onnx/build.ts';
import { type ModelProto, TensorProto_DataType as T } from '../../core/onnx/onnx_pb.ts';
import type { FeedInput, FeedSet } from '../../core/tensors/tensors.ts';
import type { Interval } from '../../core/units.ts';
import { sessionRunner } from '../runtime/runner.ts';

ort.env.wasm.numThreads = 1;

const GOES_ON = { throwIfAborted: () => {} };

function rangesOf(model: ModelProto, tensors: readonly string[], feeds: FeedSet, options: object) {
  const runner = sessionRunner(ort, feeds, false, GOES_ON);
  const context = { runner, progress: () => {}, signal: GOES_ON };
  return calibrate(model, tensors, v.parse(CalibrationSchema, options), context);
}

const FOLDER = new URL('../../core/compress/fixtures/', import.meta.url);

/** zoo/parity/calibrate.py has the same. */
const OPTIONS: Readonly<Record<string, object>> = {
  minmax: { method: 'minmax' },
  percentile: { method: 'percentile', percentile: 99.9 },
};

/**
 * By how much of its range an end may differ: the last bits of activations, where kernels add in
 * another order, and two bins of the percentile's, where that moves a number into the next bin.
 */
const SLACK: Readonly<Record<string, number>> = { minmax: 1e-5, percentile: 2 / 2048 };

const cases = readdirSync(FOLDER).flatMap((file) => {
  const fixture = readFixture(gunzipSync(readFileSync(new URL(file, FOLDER))));
  const name = file.replace('.tar.gz', '');
  return Object.keys(fixture.ranges).map((method) => ({ name, method, fixture }));
});

function feedsOf({ calibration }: Fixture): FeedSet {
  const [first] = calibration;
  const inputs = Object.entries(first ?? {}).map(([name, { type, dims }]) => {
    const numbers = calibration.flatMap((feed) => feed[name]?.data ?? []);
    const data =
      type === 'int64' ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers);
    return { name, type, dims, data } as FeedInput;
  });
  return { count: calibration.length, inputs };
}

describe('ranges beside those of onnxruntime 1.30’s calibraters', () => {
  it.each(cases)('$name, $method', async ({ method, fixture }) => {
    const expected = fixture.rangesBy(method);
    const options = OPTIONS[method] as object;
    const found = await rangesOf(
      fixture.original(),
      [...expected.keys()],
      feedsOf(fixture),
      options,
    );
    expect(found.size).toBe(expected.size);
    for (const [name, { low, high }] of expected) {
      const range = found.get(name) as Interval;
      const slack = (SLACK[method] as number) * Math.max(-low, high);
      expect(Math.abs(range.low - low), `${name} low`).toBeLessThanOrEqual(slack);
      expect(Math.abs(range.high - high), `${name} high`).toBeLessThanOrEqual(slack);
    }
  });
});

describe('calibrate', () => {
  const relu = () =>
    modelOf({
      input: [value('x', T.FLOAT, 8)],
      output: [value('y', T.FLOAT, 8)],
      node: [node('Neg', ['x'], ['n']), node('Relu', ['n'], ['y'])],
    });
  const bad = Float32Array.of(-3, Number.NaN, 2, -1, Number.POSITIVE_INFINITY, 5, 1, Number.NaN);
  const good = Float32Array.of(0, 1, 2, 3, 4, 3, 2, 6);
  const feeds = (...inputs: Float32Array[]): FeedSet => ({
    count: inputs.length,
    inputs: [
      {
        name: 'x',
        type: 'float32',
        dims: [8],
        data: Float32Array.from(inputs.flatMap((each) => [...each])),
      },
    ],
  });

  it.each(['minmax', 'percentile', 'entropy', 'mse'])(
    'ignores NaN and infinities, %s',
    async (method) => {
      const found = await rangesOf(relu(), ['x', 'n'], feeds(bad, good), {
        method,
        percentile: 100,
      });
      expect(found.get('x')).toEqual({ low: -3, high: 6 });
      expect(found.get('n')).toEqual({ low: -6, high: 3 });
    },
  );

  it('leaves out what never was a number', async () => {
    const nothing = new Float32Array(8).fill(Number.NaN);
    const found = await rangesOf(relu(), ['x', 'y'], feeds(nothing), { method: 'percentile' });
    expect([...found.keys()]).not.toContain('x');
  });

  it('averages the extremes of inputs', async () => {
    const found = await rangesOf(relu(), ['n'], feeds(good, new Float32Array(8)), {
      method: 'average',
      averaging: 0.25,
    });
    expect(found.get('n')).toEqual({ low: -4.5, high: 0 });
  });
});
