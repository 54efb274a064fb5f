import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isRace, type RaceFound } from '../../core/race/found.ts';
import { digitModel, laneRecord, raceRecord, variant } from '../../core/race/testing.ts';
import '../../modes/registered.testing.ts';
import { readWhole } from './reading.ts';
import { beginReport, storing } from './storing.ts';

vi.mock('../race/conditions.ts', () => ({ takeConditions: async () => null }));

const settings = {
  stop: { kind: 'rounds', rounds: 9 },
  seed: 1,
  input: 'a drawing',
  dimensions: {},
} as const;
/** A race of one lane that took these times. */
const raced = (...turns: readonly number[]): RaceFound => ({
  kind: 'race',
  settings,
  record: raceRecord([laneRecord('fp32/wasm1*', turns)]),
});

async function storedTimes(id: string): Promise<number[]> {
  const found = (await readWhole(id))?.found;
  if (!found || !isRace(found)) return [];
  return (found.record.lanes[0]?.turns ?? []).flatMap(({ ms }) => [...ms]);
}

afterEach(() => vi.restoreAllMocks());
beforeEach(async () => {
  await deleteDB('inferometer');
  // A clock so fast that each update is due at once.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10_000));
  vi.stubGlobal('navigator', {});
  storing.setState({ fault: null, saved: {}, interrupted: null });
});

/** A report of which two rounds are stored. */
async function begun() {
  const report = beginReport(digitModel(variant('fp32')), raced());
  report.update(raced(1, 2));
  await vi.waitFor(async () => expect(await storedTimes(report.id)).toEqual([1, 2]));
  return report;
}

describe('a report in storage', () => {
  it('grows', async () => {
    const report = await begun();
    report.update(raced(1, 2, 3));
    await report.end('done', null);
    expect(await storedTimes(report.id)).toEqual([1, 2, 3]);
    expect(storing.getState()).toMatchObject({ fault: null, saved: { race: { id: report.id } } });
  });

  it('is written again from memory where the database was deleted', async () => {
    const report = await begun();
    await deleteDB('inferometer');
    report.update(raced(1, 2, 3));
    report.update(raced(1, 2, 3, 4));
    await report.end('done', null);
    expect(await storedTimes(report.id)).toEqual([1, 2, 3, 4]);
    expect(storing.getState()).toMatchObject({ fault: null, saved: { race: { id: report.id } } });
  });

  it('is written again where the connection closes under a writing', async () => {
    const report = await begun();
    // Clearing a site's data closes its connections, and aborts what they write.
    const begin = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    });
    report.update(raced(1, 2, 3));
    await vi.waitFor(() => expect(begin).toHaveBeenCalled());
    await vi.waitFor(async () => expect(await storedTimes(report.id)).toEqual([1, 2, 3]));
    expect(storing.getState().fault).toBeNull();
    await report.end('done', null);
  });

  it('is written again where nothing but the end came after', async () => {
    const report = await begun();
    await deleteDB('inferometer');
    await report.end('stopped', null);
    expect(await storedTimes(report.id)).toEqual([1, 2]);
  });
});
