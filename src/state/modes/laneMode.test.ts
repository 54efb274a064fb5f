import { afterEach, describe, expect, test } from 'vitest';
import { Fault } from '../../core/errors.ts';
import type { OneLaneFound } from '../../core/modes/oneLane.ts';
import { spec } from '../../core/race/testing.ts';
import type { SustainedFound } from '../../modes/sustained/core/found.ts';
import { atTurn, openBench } from '../bench/bench.testing.ts';
import { closePage } from '../page/page.testing.ts';
import type { LaneMode } from './laneMode.ts';

afterEach(closePage);

const INT8 = 'int8-wasm';

/** Imported anew with each page. */
const sustainedMode = async () =>
  (await import('../../modes/sustained/state/sustained.ts')).sustained;
const loadMode = async () => (await import('../../modes/load/state/load.ts')).load;
const batchesMode = async () => (await import('../../modes/batches/state/batches.ts')).batches;

/** The bench with a mode chosen. */
async function openMode<Options, F extends OneLaneFound>(
  load: () => Promise<LaneMode<Options, F>>,
  options: Partial<Options> = {},
) {
  const opened = await openBench();
  const mode = await load();
  const { kind } = mode;
  mode.options.setState(options);
  const { chooseMode, modes, runOf } = await import('./modes.ts');
  const { registerActions, startMode, stopMode } = await import('./actions.ts');
  const { laneActions } = await import('./laneMode.ts');
  registerActions(kind, async () => laneActions(mode));
  chooseMode(kind);
  /** What the only report there is holds. */
  const onlyReport = async () => {
    const [report, more] = await opened.stored();
    if (report?.found.kind !== kind || more) throw new Error(`There is not one report of ${kind}.`);
    return { ...report, found: report.found as F };
  };
  const run = () => runOf(modes.getState(), kind);
  return { ...opened, startMode, stopMode, modes, run, onlyReport };
}

const samplesOf = ({ record }: SustainedFound) =>
  record.slices.reduce((sum, { ms }) => sum + ms.length, 0);

describe('a sustained run', () => {
  test('lasts as long as set, and is stored with every inference', async () => {
    const bench = await openMode(sustainedMode, { seconds: 10, deadlineMs: 4 });
    bench.page.workers.lanes = { [INT8]: { ms: (turn) => (turn % 10 === 9 ? 6 : 2) } };
    await bench.startMode();
    expect(bench.run()).toMatchObject({ status: { state: 'done' } });
    expect(bench.page.workers.running).toEqual([]);
    const { found, status, model } = await bench.onlyReport();
    expect([status, model.title]).toEqual(['done', 'Digits']);
    expect(found).toEqual(bench.run().found);
    expect(found.record.slices.at(-1)?.at).toBeGreaterThan(9900);
    const { sustainedFigures } = await import('../../modes/sustained/core/figures.ts');
    const { misses } = sustainedFigures(found.record, found.settings, true);
    expect(misses.share).toBeGreaterThan(0);
    expect(misses.share).toBeLessThan(0.2);
    expect(bench.storing.getState().saved['sustained']?.samples).toBe(samplesOf(found));
  });

  test('that is stopped keeps what it measured', async () => {
    const bench = await openMode(sustainedMode, { seconds: 60 });
    bench.page.workers.lanes = { [INT8]: atTurn(40, () => bench.stopMode()) };
    await bench.startMode();
    expect(bench.run().status).toEqual({ state: 'stopped' });
    expect(bench.page.workers.running).toEqual([]);
    const { found, status } = await bench.onlyReport();
    expect(status).toBe('stopped');
    expect(samplesOf(found)).toBeGreaterThan(100);
  });

  test('whose lane dies says so, and keeps what came before', async () => {
    const bench = await openMode(sustainedMode, { seconds: 60 });
    bench.page.workers.lanes = {
      [INT8]: atTurn(40, () => {
        throw new Fault('OutOfMemoryError', 'No memory.');
      }),
    };
    await bench.startMode();
    const { found } = await bench.onlyReport();
    expect(found).toMatchObject({ record: { died: { message: 'No memory.' } } });
    expect(samplesOf(found)).toBeGreaterThan(100);
  });

  test('waits while its tab is hidden, and counts nothing of that', async () => {
    const bench = await openMode(sustainedMode, { seconds: 10 });
    const seen: string[] = [];
    bench.modes.subscribe(() => {
      const { state } = bench.run().status;
      if (seen.at(-1) !== state) seen.push(state);
    });
    bench.page.workers.lanes = {
      [INT8]: atTurn(40, () => {
        bench.page.hide(true);
        setTimeout(() => bench.page.hide(false), 0);
      }),
    };
    await bench.startMode();
    expect(seen).toEqual(['running', 'paused', 'running', 'done']);
    expect((await bench.onlyReport()).found).toMatchObject({ record: { excluded: 1 } });
  });

  test.each([{ seconds: 3 }, { deadlineMs: 0 }, { seconds: Number.NaN }])(
    'does not begin with %j',
    async (options) => {
      const { startMode, page, run } = await openMode(sustainedMode, options);
      await startMode();
      expect(page.workers.started).toEqual([]);
      expect(run().status).toEqual({ state: 'idle' });
    },
  );
});

describe('a lane under load', () => {
  test('serves clients and then requests, at shares of what one client gets', async () => {
    const bench = await openMode(loadMode, { length: 'short' });
    bench.page.workers.lanes = { [INT8]: { ms: 4 } };
    await bench.startMode();
    const { found } = await bench.onlyReport();
    const arrivals = found.record.points.map(({ arrivals }) => arrivals);
    expect(arrivals.slice(0, 4)).toEqual(
      [1, 2, 4, 8].map((clients) => ({ kind: 'closed', clients })),
    );
    // One client gets 250 answers a second of 4 ms.
    const rates = arrivals.flatMap((each) => (each.kind === 'open' ? [each.perSecond / 250] : []));
    expect(rates.toSorted((a, b) => a - b)).toEqual(
      [0.2, 0.4, 0.6, 0.8, 0.9, 1.1].map((share) => expect.closeTo(share, 5)),
    );
    expect(bench.storing.getState().saved['load']?.status).toBe('done');
  });

  test('is measured again where its tab was hidden meanwhile', async () => {
    const bench = await openMode(loadMode, { length: 'short' });
    let served = 0;
    bench.page.workers.lanes = {
      [INT8]: {
        before: ({ kind }) => {
          if (kind !== 'serve' || ++served !== 2) return;
          bench.page.hide(true);
          bench.page.hide(false);
        },
      },
    };
    await bench.startMode();
    expect(served).toBe(11);
    expect((await bench.onlyReport()).found).toMatchObject({
      record: { excluded: 1, points: { length: 10 } },
    });
  });

  test('that fails is told with what came before', async () => {
    const bench = await openMode(loadMode, { length: 'short' });
    let served = 0;
    bench.page.workers.lanes = {
      [INT8]: {
        before: ({ kind }) => {
          if (kind === 'serve' && ++served === 4) bench.page.workers.named(INT8)?.crash();
        },
      },
    };
    await bench.startMode();
    expect((await bench.onlyReport()).found).toMatchObject({
      record: { died: { name: 'LaneDiedError' }, points: { length: 3 } },
    });
  });
});

describe('batch sizes', () => {
  const free = { inputs: [spec('image', 'float32', 'N', 1, 28, 28)] };

  test('are tried in rising order, then timed in turn', async () => {
    const bench = await openMode(batchesMode, { seconds: 6 });
    bench.page.workers.lanes = { [INT8]: { opened: free } };
    await bench.startMode();
    const { found } = await bench.onlyReport();
    expect(found.record).toMatchObject({ dimension: 'N', died: null });
    expect(found.record.points.map(({ batch }) => batch)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(found.record.points.every(({ ms }) => ms.length > 0)).toBe(true);
    expect(bench.page.workers.running).toEqual([]);
  });

  test('are refused of a model whose batch is fixed, in a sentence', async () => {
    const bench = await openMode(batchesMode);
    await bench.startMode();
    expect((await bench.onlyReport()).found).toMatchObject({
      record: { died: { message: expect.stringContaining('image[1,1,28,28]') }, points: [] },
    });
  });

  test('that a model answers otherwise are called wrong, and the smaller ones stay', async () => {
    const bench = await openMode(batchesMode, { seconds: 6 });
    const rows = (size: number) =>
      Array.from({ length: size }, () => (size > 4 ? [0, 9] : [9, 0])).flat();
    bench.page.workers.lanes = {
      [INT8]: { opened: free, answer: (_, __, { inputs }) => rows(inputs[0]?.dims[0] ?? 1) },
    };
    await bench.startMode();
    const { found } = await bench.onlyReport();
    const ran = found.record.points.filter(({ error }) => error === null);
    expect(ran.map(({ batch }) => batch)).toEqual([1, 2, 4]);
    expect(found.record.points.at(-1)?.error?.message).toBe(
      'The first of 64 inputs gets a different answer in the batch than alone.',
    );
  });
});

test('a race does not begin while a mode runs, nor does a mode while another does', async () => {
  const bench = await openMode(sustainedMode, { seconds: 10 });
  bench.page.workers.lanes = {
    [INT8]: atTurn(10, async () => {
      await bench.startRace();
      await bench.startMode();
    }),
  };
  await bench.startMode();
  expect(bench.page.workers.started.map(({ name }) => name)).toEqual([INT8]);
  expect(bench.race.getState().status).toEqual({ state: 'idle' });
});
