import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RaceFound } from '../../core/race/found.ts';
import { emptyLane } from '../../core/race/record.ts';
import { laneRecord, raceRecord } from '../../core/race/testing.ts';
import type { BatchesFound } from '../../modes/batches/core/found.ts';
import '../../modes/registered.testing.ts';
import { CONDITIONS, raced } from '../../core/report/testing.ts';
import { readWhole } from './reading.ts';
import { beginReport, storing } from './storing.ts';

vi.mock('../../engine/reports/living.ts', () => ({ holdWhileAlive: () => () => {} }));
vi.mock('../race/conditions.ts', () => ({ takeConditions: async () => CONDITIONS }));

const race = raced(20);
const { model } = race.record;
const batches: BatchesFound = {
  kind: 'batches',
  record: {
    lane: (race.record.lanes[0] as RaceFound['record']['lanes'][0]).lane,
    opened: null,
    dimension: 'batch',
    points: [{ batch: 1, ms: Float64Array.of(1, 1.1), heap: 1, error: null }],
    excluded: 0,
    died: null,
  },
};
const saved = () => storing.getState().saved;

beforeEach(() => {
  storing.setState(storing.getInitialState(), true);
  vi.stubGlobal('navigator', {});
});

describe('what is said to be saved', () => {
  it('is told to each kind of measurement of its own report', async () => {
    await beginReport(model, race).end('done', null);
    await beginReport(model, batches).end('stopped', null);
    expect(saved()['race']?.kind).toBe('race');
    expect(saved()['batches']?.kind).toBe('batches');
    expect(saved()['sustained']).toBeUndefined();
  });

  it('is nothing while the next one of its kind runs', async () => {
    await beginReport(model, race).end('done', null);
    const next = beginReport(model, race);
    expect(saved()['race']).toBeUndefined();
    await next.end('done', null);
    expect(saved()['race']?.id).toBe(next.id);
  });

  it('has no samples where nothing was measured, and is nothing where that was stopped', async () => {
    const { lane } = laneRecord('fp32/wasm*', []);
    const error = { name: 'DownloadError', message: 'There is no network.' };
    const none: RaceFound = { ...race, record: { ...raceRecord([]), lanes: [emptyLane(lane)] } };
    await beginReport(model, none).end('failed', error);
    expect(saved()['race']).toMatchObject({ samples: 0, status: 'failed' });
    const stopped = beginReport(model, none);
    await stopped.end('stopped', null);
    expect(saved()['race']).toBeUndefined();
    expect(await readWhole(stopped.id)).toBeNull();
  });
});

it('gives a report an id over plain http too, where there is no randomUUID', () => {
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  try {
    expect(beginReport(model, race).id).toMatch(/^[\da-f]{8}(?:-[\da-f]{8}){3}$/);
  } finally {
    vi.stubGlobal('crypto', crypto);
  }
});
