import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../../modes/registered.testing.ts';
import { storedFigures } from '../figures/stored.ts';
import type { RaceFound } from '../race/found.ts';
import { offerLanes } from '../race/lane.ts';
import { Recorder } from '../race/record.ts';
import { scriptedRace } from '../race/scripted.ts';
import { digitModel, variant } from '../race/testing.ts';
import { compareReports } from '../report/compare.ts';
import { writeCsv } from '../report/csv.ts';
import { writeReport } from '../report/document.ts';
import { readReportFile } from '../report/files.ts';
import { storedHeadline } from '../report/stored.ts';
import { CONDITIONS, raced, report } from '../report/testing.ts';
import type { BackendKind, LaneConditions } from './backend.ts';
import {
  backendKey,
  backendKind,
  backendKinds,
  backendTitle,
  exactBackendTitle,
  registerBackend,
  sameBackend,
} from './backends.ts';
import { BackendSchema } from './schema.ts';

/** A kind that exists in this test only: one backend for each of two devices. */
const TWO_DEVICES: BackendKind = {
  kind: 'test',
  title: 'Test',
  processor: 'gpu',
  threaded: false,
  devices: ['cpu', 'npu'],
  build: 'gpu',
  provider: ({ device }) => ({ name: 'test', deviceType: device ?? 'cpu' }),
  offers: () =>
    ['cpu', 'npu'].map((device) => ({
      backend: { kind: 'test', device },
      id: `test-${device}`,
      usual: device === 'npu',
    })),
  missing: ({ threads }) => (threads < 2 ? 'Test needs two threads.' : null),
  refuses: ({ precision }) => (precision === 'int4' ? 'Test has no int4.' : null),
  warning: () => null,
  float16: true,
  tinyKernel: 0.05,
  line: ({ device }) =>
    device === 'npu' ? { dash: '8 2', fill: 'full' } : { dash: '8 2', fill: 'dotted' },
};
const HERE: LaneConditions = { threads: 4, webgpu: 'missing', shaderF16: false };
const model = digitModel(variant('fp32'), variant('int4'));

describe('a backend that is registered', () => {
  let remove = () => {};
  beforeAll(() => {
    remove = registerBackend(TWO_DEVICES);
  });
  afterAll(() => remove());

  it('offers a lane for each device, with ids of their own', () => {
    const offers = offerLanes(model, HERE).filter(({ lane }) => lane.backend.kind === 'test');
    expect(offers.map(({ lane, preselected, blocked }) => [lane.id, preselected, blocked])).toEqual(
      [
        ['fp32-test-cpu', false, null],
        ['fp32-test-npu', true, null],
        ['int4-test-cpu', false, 'Test has no int4.'],
        ['int4-test-npu', false, 'Test has no int4.'],
      ],
    );
    expect(
      offerLanes(model, { ...HERE, threads: 1 }).every(
        ({ lane, blocked }) =>
          lane.backend.kind !== 'test' || blocked === 'Test needs two threads.',
      ),
    ).toBe(true);
  });

  it('draws lanes on each of its devices unlike those of all other backends', () => {
    const offered = backendKinds().flatMap((kind) => kind.offers({ ...HERE, webgpu: 'hardware' }));
    const lines = offered.map(({ backend }) => backendKind(backend).line(backend));
    expect(new Set(lines.map(({ dash, fill }) => `${dash} ${fill}`)).size).toBe(lines.length);
  });

  it('is named and told apart by its device', () => {
    const [cpu, npu] = [
      { kind: 'test', device: 'cpu' },
      { kind: 'test', device: 'npu' },
    ];
    expect([backendKey(cpu), backendKey(npu)]).toEqual(['test-cpu', 'test-npu']);
    expect(sameBackend(cpu, npu)).toBe(false);
    expect([backendTitle(npu), exactBackendTitle(npu)]).toEqual(['Test, npu', 'Test, npu']);
    expect(backendKind(npu).provider(npu)).toEqual({ name: 'test', deviceType: 'npu' });
  });

  it('goes through a race, a report, CSV, reading back and comparing', async () => {
    const lanes = offerLanes(model, HERE)
      .filter(({ lane }) => ['fp32-wasm', 'fp32-test-cpu', 'fp32-test-npu'].includes(lane.id))
      .map(({ lane }) => lane);
    const recorder = new Recorder(model, lanes, {});
    const rounds = 40;
    const race = scriptedRace(
      {
        'fp32-wasm': { ms: (turn) => 8 + (turn % 3) * 0.1 },
        'fp32-test-cpu': { ms: (turn) => 4 + (turn % 5) * 0.05 },
        'fp32-test-npu': { ms: (turn) => 1 + (turn % 2) * 0.01 },
      },
      { stop: { kind: 'rounds', rounds } },
    );
    await race.run();
    for (const event of race.events) recorder.apply(event);
    const ran = report({ model, found: { ...raced(rounds), record: recorder.snapshot() } });

    const [read] = readReportFile('report.json', writeReport(ran));
    expect(read).toEqual(ran);

    const [fromCsv] = readReportFile('report.csv', [...writeCsv(ran)].join(''));
    const again = fromCsv?.found as RaceFound;
    expect(again.record.lanes.map(({ lane }) => lane.backend)).toEqual([
      { kind: 'wasm', threads: 4 },
      { kind: 'test', device: 'cpu' },
      { kind: 'test', device: 'npu' },
    ]);

    const figures = storedFigures(recorder.snapshot(), CONDITIONS);
    expect(figures.map(({ speedup }) => speedup && Math.round(speedup.ratio))).toEqual([
      null,
      2,
      8,
    ]);
    // By the prior of the processor that it draws its power from.
    expect(figures.every(({ energy }) => energy !== null)).toBe(true);
    expect(JSON.stringify(storedHeadline(ran))).toContain('Test, npu');

    const { lanes: compared } = compareReports(ran, ran);
    expect(compared).toHaveLength(3);
  });

  it('is refused from a file without its device, or with threads', () => {
    const reads = (backend: unknown) => v.safeParse(BackendSchema, backend).success;
    expect(reads({ kind: 'test', device: 'npu' })).toBe(true);
    expect(reads({ kind: 'test' })).toBe(false);
    expect(reads({ kind: 'test', device: 'tpu' })).toBe(false);
    expect(reads({ kind: 'test', device: 'npu', threads: 2 })).toBe(false);
  });
});

it('a backend that nobody registered is refused by name', () => {
  const unknown = v.safeParse(BackendSchema, { kind: 'test', device: 'npu' });
  const known = backendKinds().map(({ kind }) => kind);
  expect(known).toContain('wasm');
  expect(unknown.issues?.[0].message).toBe(`is no backend known here (${known.join(', ')})`);
  expect(() => backendKind({ kind: 'test' })).toThrow('"test" is no backend that is known here');
  expect(v.safeParse(BackendSchema, { kind: 'wasm' }).success).toBe(false);
});
