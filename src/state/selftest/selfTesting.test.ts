import { afterEach, expect, test, vi } from 'vitest';
import { Fault } from '../../core/errors.ts';
import { opened } from '../../core/race/testing.ts';
import type { BaselineRequest } from '../../engine/selftest/baseline.ts';
import { pass } from '../../engine/worker/workers.testing.ts';
import { atTurn, openBench } from '../bench/bench.testing.ts';
import { BrowserProfile, closePage } from '../page/page.testing.ts';

/** Clocks that agree; watching real ones takes a while, and here time stands still. */
const steady = { step: 0.005, backwards: 0, cost: 0.0001 };
vi.mock('../../engine/selftest/selftest.ts', async (original) => ({
  ...(await original<typeof import('../../engine/selftest/selftest.ts')>()),
  measureClocks: async () => ({
    page: steady,
    worker: steady,
    drift: 0,
    doubt: 0.02,
    elapsed: 1000,
  }),
}));

afterEach(closePage);

/** A baseline loop whose inferences take so long. */
const bare = (ms: number) => () => (request: BaselineRequest) => {
  if (request.kind === 'open') return { answer: opened() };
  if (request.kind === 'load') return { answer: null };
  const { repeat, batch, keep } = request;
  pass(repeat * batch * ms);
  const outputs = keep ? [[{ name: 'logits', dims: [1], data: Float32Array.of(1) }]] : [];
  return { answer: { ms: new Float64Array(repeat).fill(ms), outputs } };
};

const HONEST = { first: { ms: 4 }, twin: { ms: 4 }, short: { ms: 3 }, long: { ms: 6 } };

async function openSelfTest(profile = new BrowserProfile()) {
  const bench = await openBench(profile);
  bench.page.workers.lanes = HONEST;
  bench.page.workers.others = { 'baseline.worker.ts': bare(4) };
  const { startSelfTest, stopSelfTest } = await import('./selfTesting.ts');
  const { selfTests, latestSelfTest } = await import('./selfTest.ts');
  return { ...bench, startSelfTest, stopSelfTest, selfTests, latestSelfTest };
}

const passed = (test: Awaited<ReturnType<typeof openSelfTest>>) =>
  Object.fromEntries(test.latestSelfTest()?.checks.map(({ id, passed }) => [id, passed]) ?? []);

test('an instrument without a fault passes its checks, and says so at the next visit', async () => {
  const profile = new BrowserProfile();
  const first = await openSelfTest(profile);
  const seen: number[] = [];
  first.selfTests.subscribe(({ status }) => status.state === 'running' && seen.push(status.share));
  await first.startSelfTest();
  expect(first.selfTests.getState().status).toEqual({ state: 'idle' });
  expect(passed(first)).toEqual({
    timer: true,
    'null-race': true,
    overhead: true,
    'known-cost': true,
  });
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(first.page.workers.running).toEqual([]);
  const next = await openSelfTest(profile);
  expect(next.latestSelfTest()).toEqual(first.latestSelfTest());
});

test('a lane that is slower than a baseline loop, or than itself, fails the check for that', async () => {
  const slow = await openSelfTest();
  slow.page.workers.others = { 'baseline.worker.ts': bare(3) };
  slow.page.workers.lanes = { ...HONEST, long: { ms: 3 } };
  await slow.startSelfTest();
  expect(passed(slow)).toEqual({
    timer: true,
    'null-race': true,
    overhead: false,
    'known-cost': false,
  });
  slow.page.workers.lanes = { ...HONEST, twin: { ms: 5 } };
  await slow.startSelfTest();
  expect(passed(slow)).toMatchObject({ 'null-race': false });
});

test('stopped it gives the device back and keeps the one before', async () => {
  const { page, startSelfTest, stopSelfTest, selfTests, latestSelfTest, startRace, raceFor, race } =
    await openSelfTest();
  await startSelfTest();
  const before = latestSelfTest();
  page.workers.lanes = { ...HONEST, twin: { ms: 4, ...atTurn(5, stopSelfTest) } };
  await startSelfTest();
  expect(selfTests.getState().status).toEqual({ state: 'stopped' });
  expect(latestSelfTest()).toEqual(before);
  expect(page.workers.running).toEqual([]);
  raceFor(12);
  await startRace();
  expect(race.getState().status.state).toBe('done');
});

test('a lane that dies ends it with the reason: a race that lacks one proves nothing', async () => {
  const { page, startSelfTest, selfTests, latestSelfTest } = await openSelfTest();
  const fails = atTurn(5, () => {
    throw new Fault('OutOfMemoryError', 'No memory.');
  });
  page.workers.lanes = { ...HONEST, twin: fails };
  await startSelfTest();
  expect(selfTests.getState().status).toMatchObject({
    state: 'failed',
    error: { message: 'No memory.' },
  });
  expect(latestSelfTest()).toBeNull();
});
