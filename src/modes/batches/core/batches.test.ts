import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lane, spec } from '../../../core/race/testing.ts';
import { freeBatch, stacked } from './batches.ts';
import { batchFigures, batchHeadline, enoughBatch } from './batchFigures.ts';
import type { BatchPoint, BatchRecord } from './record.ts';

describe('a free batch dimension', () => {
  it('is the first one, where it is free', () => {
    expect(freeBatch([spec('image', 'float32', 'batch', 1, 28, 28)])).toEqual({
      dimension: 'batch',
      inputs: ['image'],
    });
    expect(freeBatch([spec('x', 'float32', -1, 3)])).toEqual({ dimension: 'x[0]', inputs: ['x'] });
    const pair = [spec('ids', 'int64', 'n', 'seq'), spec('mask', 'int64', 'n', 'seq')];
    expect(freeBatch([...pair, spec('state', 'float32', 2, 8)])).toEqual({
      dimension: 'n',
      inputs: ['ids', 'mask'],
    });
  });

  it('is missing where it is fixed, differs, or stands elsewhere too: a sentence says so', () => {
    const missing = (...specs: Parameters<typeof freeBatch>[0]) =>
      'missing' in freeBatch(specs) ? (freeBatch(specs) as { missing: string }).missing : null;
    expect(missing(spec('x', 'float32', 1, 3))).toContain('is fixed: x[1,3]');
    expect(missing(spec('x', 'float32'))).toContain('x[]');
    expect(missing(spec('a', 'float32', 'n', 3), spec('b', 'float32', 'm', 3))).toContain(
      'different names: n, m',
    );
    expect(missing(spec('a', 'float32', 'n', 3), spec('h', 'float32', 2, 'n'))).toContain(
      '"n" is not only used as a first dimension',
    );
  });
});

describe('stacking', () => {
  it('repeats the input, and leaves the others alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 8 }),
        (values, size) => {
          const data = Float32Array.from(values);
          const dims = [1, values.length];
          const feeds = {
            count: 1,
            inputs: [
              { name: 'x', type: 'float32', dims, data },
              { name: 'k', type: 'int64', dims: [], data: BigInt64Array.of(5n) },
            ],
          } as const;
          const { inputs } = stacked(feeds, ['x'], size);
          expect(inputs[0]?.dims).toEqual([size, values.length]);
          expect([...(inputs[0]?.data ?? [])]).toEqual(Array(size).fill(values).flat());
          expect(inputs[1]).toEqual(feeds.inputs[1]);
        },
      ),
    );
  });

  it('refuses an input that is a batch already', () => {
    const feeds = {
      count: 1,
      inputs: [{ name: 'x', type: 'float32', dims: [3, 1], data: new Float32Array(3) }],
    } as const;
    expect(() => stacked(feeds, ['x'], 2)).toThrow('already holds 3 inputs');
  });

  it('is refused before it is made where it would take too much memory', () => {
    const data = new Float32Array(2 ** 20);
    const feeds = {
      count: 1,
      inputs: [{ name: 'x', type: 'float32', dims: [1, 2 ** 20], data }],
    } as const;
    expect(() => stacked(feeds, ['x'], 2 ** 20)).toThrow(
      'Its inputs would take 1,048,576 times 4.19 MB of memory',
    );
  });
});

const point = (batch: number, ms: number, message?: string): BatchPoint => ({
  batch,
  ms: Float64Array.from({ length: message ? 0 : 40 }, (_, i) => ms * (1 + (i % 3) / 100)),
  heap: 1e6,
  error: message ? { name: 'OutOfMemoryError', message } : null,
});

const record = (...points: readonly BatchPoint[]): BatchRecord => ({
  lane: lane('int8/wasm'),
  opened: null,
  dimension: 'batch',
  points,
  excluded: 0,
  died: null,
});

const say = (given: BatchRecord) => batchHeadline(given, batchFigures(given));
const told = (given: BatchRecord) =>
  say(given)
    ?.sentence.map(({ text }) => text)
    .join('');

describe('what batches say', () => {
  const growing = record(point(1, 2), point(2, 2.5), point(4, 4), point(8, 7.9));

  it('is throughput and latency, each with its interval', () => {
    const [one, two] = batchFigures(growing);
    expect(one?.perSecond).toBeCloseTo(500, -1);
    expect(two?.perItem).toBeCloseTo(1.25, 1);
    expect(two?.perSecondInterval?.low).toBeLessThanOrEqual(two?.perSecond ?? 0);
    expect(two?.perSecondInterval?.high).toBeGreaterThanOrEqual(two?.perSecond ?? 0);
  });

  it('is the size from which throughput grows no more', () => {
    expect(enoughBatch(batchFigures(growing))?.batch).toBe(4);
    expect(told(growing)).toMatch(
      /^int8 on WASM: 4 inputs at once answer 990 per s, 2\.0[0-2] times as many as one at a time, and each waits 4\.0\d ms instead of 2\.0\d ms\.$/,
    );
    expect(say(growing)?.evidence).toBe(
      '95% interval 1.98 to 2.02 times as many. 4 inputs reach 95% of the highest throughput of all sizes up to 8.',
    );
  });

  it('is that batches bring nothing, where they do not', () => {
    const flat = record(point(1, 2), point(2, 4.1), point(4, 8.2));
    expect(told(flat)).toContain('larger batches gain nothing. One at a time, it answers 495');
    expect(say(flat)?.evidence).toContain('One input reaches 95%');
  });

  it('gives the range of a gain that is known no better, and a rough figure without an interval', () => {
    const wobbling = (batch: number, spread: number): BatchPoint => ({
      ...point(batch, 2),
      ms: Float64Array.from({ length: 40 }, (_, i) => 2 * (1 + spread * ((i * 17) % 40))),
    });
    expect(told(record(point(1, 2), wobbling(4, 0.05)))).toMatch(
      /answer [\d.,]+ per s, \d\.\d\d to \d\.\d\d times as many as one at a time/,
    );
    // Where it may be a loss as well, nothing is claimed.
    const slower = wobbling(2, 0.5);
    const level = { ...slower, ms: slower.ms.map((ms) => 1.8 * ms) };
    expect(told(record(wobbling(1, 0.5), level))).toMatch(
      /: it is unclear whether larger batches answer more\. 2 inputs at once answer 0\.\d+ to \d\.\d\d times/,
    );
    const few = (batch: number) => ({ ...point(batch, 2), ms: Float64Array.of(2, 2.01) });
    expect(told(record(few(1), few(4)))).toContain(', about 4 times as many as one at a time');
    expect(say(record(few(1), few(4)))?.evidence).toContain(
      'There were too few inferences for an interval',
    );
  });

  it('tells of sizes that failed', () => {
    const failing = record(point(1, 2), point(2, 2.1), point(4, 0, 'out of memory.'));
    expect(say(failing)?.evidence).toBe(
      '95% interval 1.89 to 1.92 times as many. Throughput was still growing at 2. 4 inputs at once failed: out of memory.',
    );
    expect(told(record(point(1, 0, 'Rejected.')))).toBe(
      'int8 on WASM did not run: one input at once failed: Rejected.',
    );
    expect(say(record())).toBeNull();
  });
});
