import { describe, expect, it } from 'vitest';
import { lane } from '../../../core/race/testing.ts';
import { loadFigures } from './figures.ts';
import type { LoadPoint, LoadRecord } from './record.ts';
import { pointAt, pointOf, serveScripted } from './testing.ts';
import { kneeOf, loadHeadline, openPoints } from './words.ts';

const LOADS = [0.1, 0.3, 0.5, 0.7, 0.9, 1.2];
const sweep = async (): Promise<LoadPoint[]> => [
  await pointOf(1, 2, 1),
  ...(await Promise.all(LOADS.map((load) => pointAt(500 * load, 2, 60)))),
];

describe('figures of a load', () => {
  it('are those of a queue that stands still', async () => {
    const figures = loadFigures(await pointAt(250, 2, 60));
    expect(figures.overloaded).toBe(false);
    expect(figures.offered).toBeCloseTo(0.5, 1);
    expect(figures.busy).toBeCloseTo(0.5, 1);
    expect(figures.perSecond).toBeCloseTo(250, -1);
    expect(figures.median).toBeGreaterThanOrEqual(2);
    expect(figures.p95Interval?.low).toBeLessThanOrEqual(figures.p95 ?? 0);
    expect(figures.p95Interval?.high).toBeGreaterThanOrEqual(figures.p95 ?? 0);
    expect(figures.queueing).toBeCloseTo(1 / 3, 1);
    expect(figures.late).toBeCloseTo(0, 9);
  });

  it('say that a queue grows without end', async () => {
    const point = await pointAt(600, 2, 10);
    const figures = loadFigures(point);
    expect(figures).toMatchObject({ overloaded: true, mean: null, p99: null, p95Interval: null });
    expect(point.waiting).toBeGreaterThan(800);
    expect(figures.expected).toBe(Number.POSITIVE_INFINITY);
    expect(figures.perSecond).toBeCloseTo(500, -1);
  });

  it('count those who were not served as the slowest', async () => {
    const at = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    const times = await serveScripted({ within: 8, arrivals: { kind: 'open', at } }, () => 1.5);
    const waiting = times.arrived.length - times.ended.length;
    expect(waiting).toBe(2);
    const point = {
      arrivals: { kind: 'open', perSecond: 1000 },
      seconds: 0.008,
      ...times,
      waiting,
    };
    const { median, p95 } = loadFigures(point as LoadPoint);
    // Six were served, after 1.5, 2 and so on to 4 ms; the median of all eight lies between two.
    expect(median).toBeCloseTo(3.25, 9);
    expect(p95).toBeNull();
  });

  it('tell how late requests were begun', async () => {
    const at = Float64Array.of(10, 20, 30);
    const request = { within: 100, arrivals: { kind: 'open', at } } as const;
    const times = await serveScripted(request, () => 1, 0.25);
    const point: LoadPoint = {
      arrivals: { kind: 'open', perSecond: 30 },
      seconds: 0.1,
      ...times,
      waiting: 0,
    };
    expect(loadFigures(point).late).toBe(0.25);
    expect(loadFigures(point).median).toBe(1.25);
  });

  it('survive a stretch in which nothing came', () => {
    const none = new Float64Array();
    const arrivals = { kind: 'open', perSecond: 0.1 } as const;
    const point = { arrivals, seconds: 1, arrived: none, started: none, ended: none, waiting: 0 };
    expect(loadFigures(point)).toMatchObject({ served: 0, median: null, p95: null, mean: null });
  });
});

describe('the sentence of a load', () => {
  const record = (points: readonly LoadPoint[], more: Partial<LoadRecord> = {}): LoadRecord => ({
    lane: lane('int8/wasm'),
    opened: null,
    seed: 1,
    points,
    excluded: 0,
    died: null,
    ...more,
  });
  const say = (given: LoadRecord) =>
    loadHeadline(given, given.points.map(loadFigures))
      ?.sentence.map(({ text }) => text)
      .join('') ?? null;

  it('names the load up to which nobody waits long, and where they queue', async () => {
    expect(say(record(await sweep()))).toMatch(
      /^int8 on WASM: up to 50% load \(250 per s\) 95% of requests are answered within [45]\.\d\d ms; at \d\d% they queue, 95% within [\d.]+ ms; from 600 per s on, it cannot keep up\.$/,
    );
  });

  it('names requests where they queue at every load', async () => {
    const busy = await pointAt(225, 4, 60);
    expect(kneeOf([loadFigures(busy)])).toBeNull();
    expect(say(record([busy]))).toMatch(/^int8 on WASM: at \d\d% load requests queue, 95% within/);
  });

  it('finds the knee below the first load that queues', async () => {
    const open = openPoints((await sweep()).map(loadFigures));
    expect(open).toHaveLength(LOADS.length);
    expect(kneeOf(open)?.offered).toBeCloseTo(0.5, 1);
    expect(kneeOf(open.slice(-1))).toBeNull();
  });

  it('needs a point, and says why a lane ended', () => {
    expect(say(record([]))).toBeNull();
    const died = { name: 'LaneDiedError', message: 'Its worker ended.' };
    expect(say(record([], { died }))).toBe('int8 on WASM ended: Its worker ended.');
  });
});
