import { afterEach, describe, expect, test } from 'vitest';
import { Fault } from '../../core/errors.ts';
import type { RaceFound } from '../../core/race/found.ts';
import { gunzip } from '../../engine/files/models.ts';
import { pass } from '../../engine/worker/workers.testing.ts';
import { unpackDigits } from '../../tasks/digit/core/digit.ts';
import { atTurn, openBench } from '../bench/bench.testing.ts';
import { siteFile } from '../page/host.testing.ts';
import { closePage, until } from '../page/page.testing.ts';

afterEach(closePage);

const FP32 = 'fp32-wasm';
const INT8 = 'int8-wasm';
/** Names one class, whatever it is asked. */
const always = (label: number) => () => Array.from({ length: 10 }, (_, i) => (i === label ? 9 : 0));
const never = new Promise<never>(() => {});

describe('a race that goes to its end', () => {
  test('is stored as it was seen, and its workers are gone', async () => {
    const { page, raceFor, startRace, race, lane, stored, storing } = await openBench();
    raceFor(30);
    page.workers.lanes = { [INT8]: { ms: 2 } };
    await startRace();
    expect(race.getState().status).toEqual({ state: 'done' });
    expect(lane(FP32)?.turns).toHaveLength(30);
    expect(lane(INT8)?.turns.every(({ median }) => median === 2)).toBe(true);
    expect(page.workers.running).toEqual([]);
    await until(() => storing.getState().saved.race);
    const [report, more] = await stored();
    expect(more).toBeUndefined();
    expect(report).toMatchObject({ status: 'done', error: null, model: { title: 'Digits' } });
    expect(report?.conditions).toMatchObject({ deviceClass: 'laptop', timerStep: 0.005 });
    expect(report?.found).toMatchObject({
      kind: 'race',
      settings: { stop: { kind: 'rounds', rounds: 30 }, input: 'test image 1' },
      record: {
        phase: 'done',
        lanes: race.getState().record?.lanes.map(({ turns }) => ({ turns })),
      },
    });
  });

  test('stops as soon as all is sure, and not before its time where lanes are restless', async () => {
    const { page, bench, startRace, lane } = await openBench();
    bench.setState({ stop: { kind: 'enough', seconds: 30 } });
    await startRace();
    const sure = lane(FP32)?.turns.at(-1)?.at ?? 0;
    expect(sure).toBeLessThan(15_000);
    const restless = (turn: number) => 5 + 4 * Math.sin(turn / 50);
    page.workers.lanes = {
      [FP32]: { ms: restless },
      [INT8]: { ms: (turn) => restless(turn + 60) },
    };
    await startRace();
    expect(lane(FP32)?.turns.at(-1)?.at).toBeGreaterThan(29_000);
  });

  test('of all labelled images runs each once, and counts who is right', async () => {
    const { page, startRace, lane, stored, storing } = await openBench();
    const { chooseDigit } = await import('../../tasks/digit/state/digits.ts');
    chooseDigit({ kind: 'sweep' });
    page.workers.lanes = {
      [FP32]: { answer: always(7), ms: 0.1 },
      [INT8]: { answer: always(1), ms: 0.1 },
    };
    await startRace();
    const { labels, count } = unpackDigits(
      await gunzip(new Blob([siteFile('digits-test-2000.bin')])),
      2000,
    );
    const share = (label: number) => labels.filter((each) => each === label).length;
    expect(lane(FP32)).toMatchObject({ labelled: count, correct: share(7) });
    expect(lane(INT8)).toMatchObject({ labelled: count, correct: share(1) });
    await until(() => storing.getState().saved.race);
    const [report] = await stored();
    expect(report?.found).toMatchObject({
      settings: { stop: { kind: 'sweep' }, input: 'all labelled test images' },
    });
  });

  test('marks a lane whose answers are others than the reference’s', async () => {
    const { page, raceFor, startRace, storing, stored } = await openBench();
    raceFor(30);
    page.workers.lanes = { [FP32]: { answer: always(7) }, [INT8]: { answer: always(3), ms: 1 } };
    await startRace();
    await until(() => storing.getState().saved.race);
    expect(storing.getState().saved.race?.sentence).not.toMatch(/int8 on WASM is .* as fast/);
    const [report] = await stored();
    expect(report?.verdicts).toContainEqual(
      expect.objectContaining({ lane: INT8, severity: 'wrong' }),
    );
  });
});

describe('a race that is stopped', () => {
  test('in its rounds keeps what it measured, and the next one runs', async () => {
    const { page, raceFor, startRace, stopRace, race, stored, storing } = await openBench();
    raceFor(30);
    page.workers.lanes = {
      [INT8]: atTurn(12, () => {
        stopRace();
        // It need not come to the end of its turn.
        return never;
      }),
    };
    await startRace();
    expect(race.getState().status).toEqual({ state: 'stopped' });
    expect(page.workers.running).toEqual([]);
    await until(() => storing.getState().saved.race);
    const [report] = await stored();
    expect(report).toMatchObject({ status: 'stopped', error: null });
    expect(storing.getState().saved.race?.rounds).toBeGreaterThanOrEqual(10);
    await startRace();
    expect(race.getState().status).toEqual({ state: 'done' });
    await until(() => storing.getState().saved.race?.status === 'done');
    expect(await stored()).toHaveLength(2);
  });

  test('before it measured anything leaves no report', async () => {
    const { page, startRace, stopRace, race, stored, storing } = await openBench();
    page.workers.lanes = {
      [FP32]: { before: ({ kind }) => (kind === 'open' ? stopRace() : undefined) },
    };
    await startRace();
    expect(race.getState().status).toEqual({ state: 'stopped' });
    await until(async () => (await stored()).length === 0);
    expect(await stored()).toEqual([]);
    expect(storing.getState()).toMatchObject({ saved: {}, fault: null });
  });
});

describe('a lane that fails', () => {
  test.each([
    [
      'says why',
      () => {
        throw new Fault('OutOfMemoryError', 'No memory.');
      },
      'No memory.',
    ],
    [
      'is gone without a word',
      (page: Awaited<ReturnType<typeof openBench>>['page']) => {
        page.workers.named(INT8)?.crash();
        return never;
      },
      'Its worker ended: it crashed, ran out of memory or was killed by the browser.',
    ],
    [
      'hangs',
      () => {
        pass(120_000);
        return never;
      },
      'It has not answered for 120 s.',
    ],
  ] as const)('and %s leaves the race; the other goes on', async (_, fails, message) => {
    const { page, raceFor, startRace, race, lane, stored, storing } = await openBench();
    raceFor(30);
    page.workers.lanes = { [INT8]: atTurn(12, () => fails(page)) };
    await startRace();
    expect(race.getState().status).toEqual({ state: 'done' });
    expect(lane(INT8)?.state).toMatchObject({ name: 'died', error: { message } });
    expect(lane(INT8)?.turns.length).toBeGreaterThanOrEqual(10);
    expect(lane(FP32)).toMatchObject({ state: { name: 'finished' }, turns: { length: 30 } });
    await until(() => storing.getState().saved.race);
    const [report] = await stored();
    const found = report?.found as RaceFound | undefined;
    expect(found?.record.lanes[1]?.state).toEqual(lane(INT8)?.state);
  });

  test('as all others do ends the race without a figure, and it is told', async () => {
    const { page, startRace, race, lane } = await openBench();
    page.workers.lanes = Object.fromEntries(
      [FP32, INT8].map((id) => [
        id,
        {
          before: () => {
            throw new Fault('BackendError', `${id} has no backend.`);
          },
        },
      ]),
    );
    await startRace();
    expect(race.getState().status.state).toBe('done');
    expect(lane(FP32)?.state).toMatchObject({ error: { message: 'fp32-wasm has no backend.' } });
    expect(lane(INT8)?.state).toMatchObject({ error: { message: 'int8-wasm has no backend.' } });
  });
});

describe('meanwhile', () => {
  test('a hidden tab halts the race, and what was running then counts in no figure', async () => {
    const { page, raceFor, startRace, race, lane } = await openBench();
    raceFor(30);
    const seen: string[] = [];
    race.subscribe(({ status }) => {
      if (seen.at(-1) !== status.state) seen.push(status.state);
    });
    page.workers.lanes = {
      [INT8]: atTurn(12, () => {
        page.hide(true);
        setTimeout(() => page.hide(false), 0);
      }),
    };
    await startRace();
    expect(seen).toEqual(['running', 'paused', 'running', 'done']);
    expect(lane(INT8)?.excluded).toEqual([{ round: expect.any(Number), why: 'hidden' }]);
  });

  test('nothing else gets the device: neither another race nor a run', async () => {
    const { page, raceFor, startRace, race } = await openBench();
    const { withMeasurementLock } = await import('../page/measurementLock.ts');
    raceFor(30);
    let ran = true;
    page.workers.lanes = {
      [INT8]: atTurn(3, async () => {
        await startRace();
        ran = await withMeasurementLock('A test.', async () => {});
      }),
    };
    await startRace();
    expect(ran).toBe(false);
    expect(race.getState().status.state).toBe('done');
    expect(page.workers.started.map(({ name }) => name)).toEqual([FP32, INT8]);
    expect(await withMeasurementLock('A test.', async () => {})).toBe(true);
  });
});

describe('the same again', () => {
  test('sets the bench up as it was for a report', async () => {
    const { bench, raceFor, startRace, stored, storing, race } = await openBench();
    const { runAgain, runAgainBlocked } = await import('./runAgain.ts');
    raceFor(30);
    const { chooseDigit, digits } = await import('../../tasks/digit/state/digits.ts');
    chooseDigit({ kind: 'sample', index: 4 });
    bench.setState({ chosen: new Set([INT8, FP32]) });
    await startRace();
    await until(() => storing.getState().saved.race);
    const [report] = await stored();
    if (!report) throw new Error('It was not stored.');
    raceFor(60);
    expect(report.found).toMatchObject({
      settings: { input: 'test image 5', inputFacts: { kind: 'sample', index: 4 } },
    });
    chooseDigit({ kind: 'sample', index: 0 });
    bench.setState({ chosen: new Set([FP32]) });
    expect(runAgainBlocked(bench.getState(), report)).toBeNull();
    await runAgain(report);
    expect(digits.getState().digit).toEqual({ kind: 'sample', index: 4 });
    expect(bench.getState().stop).toEqual({ kind: 'rounds', rounds: 30 });
    expect(race.getState().record?.lanes.map(({ lane }) => lane.id)).toEqual([FP32, INT8]);
    // What version 0.1.0 saved has the sentence alone.
    const { inputFacts: _, ...settings } = (report.found as RaceFound).settings;
    chooseDigit({ kind: 'drawn', image: null });
    await runAgain({ ...report, found: { ...report.found, settings } as RaceFound });
    expect(digits.getState().digit).toEqual({ kind: 'sample', index: 4 });
    const elsewhere = { ...report, model: { ...report.model, title: 'Another' } };
    expect(runAgainBlocked(bench.getState(), elsewhere)).toBe(
      'This page has no model called Another.',
    );
  });
});
