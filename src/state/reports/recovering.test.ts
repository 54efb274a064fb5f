import { afterEach, expect, test } from 'vitest';
import { pass } from '../../engine/worker/workers.testing.ts';
import { atTurn, openBench } from '../bench/bench.testing.ts';
import { BrowserProfile, closePage, until } from '../page/page.testing.ts';

afterEach(closePage);

const INT8 = 'int8-wasm';

/** A page that is gone in the midst of its race, after so many rounds. */
async function crashedAfter(turn: number, profile = new BrowserProfile()) {
  const opened = await openBench(profile);
  const { page, raceFor, startRace } = opened;
  raceFor(500);
  const crashed = new Promise<void>((resolve) => {
    page.workers.lanes = {
      [INT8]: atTurn(turn, async () => {
        // What is on its way to storage when a page goes is written or not: let it be written.
        await until(async () => (await opened.stored())[0]);
        page.crash();
        resolve();
      }),
    };
  });
  void startRace();
  await crashed;
  return profile;
}

test('what a page had stored when it was gone is found by the next one, with its figures', async () => {
  const { storing, stored } = await openBench(await crashedAfter(100));
  await until(() => storing.getState().interrupted);
  const { interrupted } = storing.getState();
  expect(interrupted).toMatchObject({ status: 'interrupted', model: 'Digits' });
  // At most the last second is lost: here a round takes some 50 ms.
  expect(interrupted?.rounds).toBeGreaterThan(70);
  expect(interrupted?.sentence).toContain('int8 on WASM');
  const [report] = await stored();
  expect(report).toMatchObject({ status: 'interrupted', endedAt: null });
  expect(report?.verdicts.length).toBeGreaterThan(0);
});

test('it is said once: the visit after that lists it, and says nothing', async () => {
  const profile = await crashedAfter(100);
  const first = await openBench(profile);
  await until(() => first.storing.getState().interrupted);
  const { dismissInterrupted } = await import('./recovering.ts');
  dismissInterrupted();
  expect(first.storing.getState().interrupted).toBeNull();
  const { storing, stored } = await openBench(profile);
  expect(await stored()).toMatchObject([{ status: 'interrupted' }]);
  expect(storing.getState().interrupted).toBeNull();
});

test('a race that another tab still runs is left alone until that tab is gone', async () => {
  const profile = new BrowserProfile();
  const one = await openBench(profile);
  one.raceFor(500);
  let second: Awaited<ReturnType<typeof openBench>> | null = null;
  const raced = new Promise<void>((resolve) => {
    one.page.workers.lanes = {
      [INT8]: atTurn(100, async () => {
        await until(async () => (await one.stored())[0]);
        second = await openBench(profile);
        expect(await second.stored()).toMatchObject([{ status: 'running' }]);
        expect(second.storing.getState().interrupted).toBeNull();
        one.page.crash();
        resolve();
      }),
    };
  });
  void one.startRace();
  await raced;
  const { storing } = second as unknown as typeof one;
  await until(() => storing.getState().interrupted);
});

test('a race of which nothing was measured yet leaves nothing', async () => {
  const profile = new BrowserProfile();
  const { page, startRace, stored } = await openBench(profile);
  const crashed = new Promise<void>((resolve) => {
    page.workers.lanes = {
      'fp32-wasm': {
        before: async () => {
          pass(2000);
          await until(async () => (await stored())[0]);
          page.crash();
          resolve();
        },
      },
    };
  });
  void startRace();
  await crashed;
  const next = await openBench(profile);
  await until(async () => (await next.stored()).length === 0);
  expect(next.storing.getState().interrupted).toBeNull();
});

test('a report deleted long ago is dropped when a page opens, one deleted just now is not', async () => {
  const profile = new BrowserProfile();
  const { page, raceFor, startRace, storing, stored } = await openBench(profile);
  raceFor(12);
  for (let i = 0; i < 2; i++) {
    await startRace();
    await until(() => storing.getState().saved.race);
  }
  const [a, b] = await stored();
  const { changeStored, storedReports } = await import('../../engine/reports/storage.ts');
  const ago = (ms: number) => Date.now() - ms;
  await changeStored(a?.id ?? '', (stored) => ({ ...stored, deletedAt: ago(3_600_000) }));
  await changeStored(b?.id ?? '', (stored) => ({ ...stored, deletedAt: ago(1000) }));
  page.crash();
  await openBench(profile);
  await until(async () => (await storedReports()).length === 1);
  expect((await storedReports())[0]?.id).toBe(b?.id);
});

test('without storage the race goes on, it is said once, and the next one tries again', async () => {
  const profile = new BrowserProfile();
  const { database } = profile;
  const { open } = database;
  database.open = () => {
    throw new DOMException('The user denied permission.', 'SecurityError');
  };
  const { raceFor, startRace, storing, race } = await openBench(profile);
  raceFor(12);
  const said: unknown[] = [];
  storing.subscribe(({ fault }, before) => {
    if (fault && fault.message !== before.fault?.message) said.push(fault.message);
  });
  await startRace();
  expect(race.getState()).toMatchObject({ status: { state: 'done' }, record: { phase: 'done' } });
  await until(() => storing.getState().fault);
  expect(said).toEqual([
    'The browser does not let this page store anything (SecurityError: The user denied permission.), so reports are not saved.',
  ]);
  expect(storing.getState().saved).toEqual({});
  database.open = open;
  await startRace();
  await until(() => storing.getState().saved.race);
  expect(storing.getState().fault).toBeNull();
});

test('a full disk is told as that, and the race has its figures all the same', async () => {
  const { raceFor, startRace, storing, lane } = await openBench();
  raceFor(12);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('No room.', 'QuotaExceededError');
  };
  try {
    await startRace();
    await until(() => storing.getState().fault);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  expect(storing.getState().fault?.message).toBe(
    'This site’s storage in the browser is full, so the report is not saved.',
  );
  expect(lane(INT8)?.turns).toHaveLength(12);
});
