import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchesFound } from '../../modes/batches/core/found.ts';
import type { LoadFound } from '../../modes/load/core/found.ts';
import type { SustainedFound } from '../../modes/sustained/core/found.ts';
import { TASK as SPOTTING } from '../../tasks/spotting/core/testing.ts';
import { NOTHING_COMPARED } from '../race/fidelity.ts';
import type { RaceFound } from '../race/found.ts';
import type { LaneRecord } from '../race/record.ts';
import { digitModel, lane, laneRecord, opened, raceRecord, variant } from '../race/testing.ts';
import { steppedMedian } from '../stats/quantiles.ts';
import {
  type Growth,
  growthOf,
  headOf,
  joined,
  reportDocument,
  storedWith,
  writeReport,
} from './document.ts';
import type { Report } from './report.ts';
import { readReport } from './schema/report.ts';
import { CONDITIONS, raced, report } from './testing.ts';
import '../../modes/registered.testing.ts';

const reread = (one: Report) => readReport(JSON.parse(writeReport(one)));

const duration = fc.double({ min: 0, max: 1e6, noNaN: true });
const anything = fc.double();
const fidelity = fc.record({
  compared: fc.nat(),
  sameTop: fc.nat(),
  signal: anything,
  noise: anything,
  maxAbs: anything,
  notFinite: fc.nat(),
});
const turn = fc
  .record({
    round: fc.nat(1e6),
    at: duration,
    batch: fc.integer({ min: 1, max: 256 }),
    ms: fc.array(duration, { minLength: 1, maxLength: 20 }).map((ms) => Float64Array.from(ms)),
  })
  .map((one) => ({ ...one, median: steppedMedian(one.ms) }));
const laneOf = (text: string): fc.Arbitrary<LaneRecord> =>
  fc
    .record({
      turns: fc.array(turn, { maxLength: 30 }),
      coldMs: fc.option(duration),
      fidelity,
      repeats: fidelity,
      excluded: fc.array(
        fc.record({ round: fc.nat(), why: fc.constantFrom('hidden' as const, 'clock' as const) }),
      ),
      answer: fc.option(
        fc
          .array(anything, { maxLength: 30 })
          .map((data) => [{ name: 'y', dims: [data.length], data: Float64Array.from(data) }]),
      ),
      state: fc.constantFrom<LaneRecord['state']>(
        { name: 'finished' },
        { name: 'died', error: { name: 'LaneDiedError', message: 'Its worker ended.' } },
      ),
    })
    .map((more) => ({ ...laneRecord(text, [], { opened: opened() }), ...more }));
const races: fc.Arbitrary<RaceFound> = fc
  .tuple(laneOf('fp32/wasm*'), laneOf('int8/webgpu'))
  .map((lanes) => ({ ...raced(1), record: raceRecord(lanes) }));

const ms32 = fc
  .array(duration.map(Math.fround), { maxLength: 30 })
  .map((ms) => Float32Array.from(ms));
const one = { lane: lane('int8/wasm'), opened: opened(), died: null, excluded: 0 };
const sustained: fc.Arbitrary<SustainedFound> = fc
  .array(fc.record({ at: duration, batch: fc.integer({ min: 1, max: 9 }), ms: ms32 }))
  .map((slices) => ({
    kind: 'sustained',
    settings: { seconds: 60, deadlineMs: 16, seed: 1 },
    record: {
      ...one,
      coldMs: 3,
      slices,
      pressure: [{ at: 3, state: 'serious' }],
      repeats: NOTHING_COMPARED,
    },
  }));
const loads: fc.Arbitrary<LoadFound> = fc.array(duration, { maxLength: 30 }).map((times) => {
  const column = Float64Array.from(times);
  const arrivals = { kind: 'open', perSecond: 20 } as const;
  const point = {
    arrivals,
    seconds: 5,
    arrived: column,
    started: column,
    ended: column,
    waiting: 0,
  };
  return { kind: 'load', record: { ...one, seed: 1, points: [point] } };
});
const batches: fc.Arbitrary<BatchesFound> = fc.array(duration, { maxLength: 30 }).map((ms) => ({
  kind: 'batches',
  record: {
    ...one,
    dimension: 'N',
    points: [{ batch: 4, ms: Float64Array.from(ms), heap: 1e6, error: null }],
  },
}));
type AnyReported = RaceFound | SustainedFound | LoadFound | BatchesFound;
const all: fc.Arbitrary<AnyReported> = fc.oneof(races, sustained, loads, batches);

describe('a report as JSON', () => {
  it('comes back as it was, to the last bit, special numbers too', () => {
    fc.assert(
      fc.property(all, (found) => {
        const before = report({ found });
        expect(reread(before)).toEqual(before);
      }),
    );
  });

  it('comes back from storage, which keeps typed arrays, as well', () => {
    fc.assert(
      fc.property(all, (found) => {
        const before = report({ found });
        expect(readReport(structuredClone(reportDocument(before)))).toEqual(before);
      }),
    );
  });

  it('leaves out answers of more than 4,096 numbers', () => {
    const answer = (size: number) => [{ name: 'y', dims: [size], data: new Float32Array(size) }];
    const records = [4096, 4097].map((size, i) =>
      laneRecord(`fp32x${i}/wasm`, [], { answer: answer(size) }),
    );
    const found = { ...raced(1), record: raceRecord(records) };
    const back = reread(report({ found })).found as RaceFound;
    expect(back.record.lanes.map((each) => each.answer?.[0]?.data.length)).toEqual([
      4096,
      undefined,
    ]);
  });
});

describe('what only the kind of task can read', () => {
  const at = (x: number, y: number) => ({ x, y });
  const corners = [at(1.25, 2), at(30, 2), at(30, 9.5), at(1.25, 9.5)] as const;
  const boxes = { width: 640, height: 480, boxes: [{ corners, score: 0.75 }] };
  const counts = { matched: 1, found: 2, expected: 3 };
  const map = { name: 'map', dims: [1, 1, 480, 640], data: new Float32Array(480 * 640) };
  const before = laneRecord('int8/wasm', [], {
    answer: [map],
    boxes,
    labelled: 3,
    correct: 1,
    drawn: 2,
    fidelity: { ...NOTHING_COMPARED, compared: 1, boxes: counts },
  });
  const inputFacts = { picture: { kind: 'own' }, width: 640, height: 480 };
  const race = raced(1);
  const model = { ...digitModel(variant('int8')), task: SPOTTING };
  const found = {
    ...race,
    settings: { ...race.settings, inputFacts },
    record: raceRecord([before], model),
  };
  const text = writeReport({ ...report({ found }), model });

  it('is kept: boxes of a map that is left out, and what was raced', () => {
    expect(text.length).toBeLessThan(10_000);
    const back = readReport(JSON.parse(text)).found as RaceFound;
    expect(back.record.lanes[0]).toEqual({ ...before, answer: null });
    expect(back.settings.inputFacts).toEqual(inputFacts);
  });

  it.each([
    ['"score":0.75', '"score":"high"', 'found.record.lanes.0.boxes.boxes.0.score'],
    ['"width":640,"height":480}', '"width":640}', 'found.settings.inputFacts.height'],
  ])('is refused by its place where it is wrong', (good, bad, place) => {
    expect(text).toContain(good);
    expect(() => readReport(JSON.parse(text.replace(good, bad)))).toThrow(place);
  });

  it('is left out where the kind has none, and an unknown kind is named', () => {
    const digits = { ...report({ found }), model: digitModel(variant('int8')) };
    const bare = { ...race, record: found.record };
    const back = readReport(JSON.parse(writeReport({ ...digits, found: bare }))).found;
    expect((back as RaceFound).record.lanes[0]?.boxes).toBeUndefined();
    const unknown = text.replace('"kind":"spotting"', '"kind":"maze"');
    expect(() => readReport(JSON.parse(unknown))).toThrow('no task of kind "maze"');
  });
});

describe('a report that grows', () => {
  it('is the same report, wherever it was cut', () => {
    const cuts = fc.array(fc.nat(30), { maxLength: 5 });
    fc.assert(
      fc.property(fc.oneof(races, sustained), cuts, (found, at) => {
        const before = report({ found });
        const chunks: Growth[] = [];
        let stored: ReadonlyMap<string, number> = new Map();
        for (const cut of [...at.sort((a, b) => a - b), 1000]) {
          const growth = growthOf(upTo(found, cut), stored);
          stored = storedWith(stored, growth);
          chunks.push(...growth);
        }
        const head = structuredClone(headOf(before));
        expect(readReport(joined(head, structuredClone(chunks)))).toEqual(before);
      }),
    );
  });

  it('has a head without samples', () => {
    const json = JSON.stringify(headOf(report({ found: raced(500) })));
    expect(json.length).toBeLessThan(6000);
  });
});

/** What was there when the lists were so long. */
function upTo(found: AnyReported, length: number): AnyReported {
  if (found.kind === 'race') {
    const lanes = found.record.lanes.map((each) => ({
      ...each,
      turns: each.turns.slice(0, length),
    }));
    return { ...found, record: { ...found.record, lanes } };
  }
  if (found.kind !== 'sustained') return found;
  return { ...found, record: { ...found.record, slices: found.record.slices.slice(0, length) } };
}

it('keeps streams to the last bit, numbers that are none too', () => {
  fc.assert(
    fc.property(fc.float32Array(), (stream) => {
      const found = raced(1);
      const lanes = found.record.lanes.map((each) => ({ ...each, stream }));
      const before = report({ found: { ...found, record: { ...found.record, lanes } } });
      expect(reread(before)).toEqual(before);
    }),
  );
});

describe('a report from elsewhere', () => {
  /** A good report's JSON with the value at a path set to another. */
  function spoilt(path: string, value: unknown): unknown {
    const json = JSON.parse(writeReport(report({ found: raced(3) })));
    const keys = path.split('.');
    const last = keys.pop() as string;
    let place = json;
    for (const key of keys) place = place[key];
    place[last] = value;
    return json;
  }

  it.each([
    ['model', undefined, 'model: '],
    ['startedAt', 'yesterday', 'startedAt: '],
    ['id', '../../x', 'id: must be 1 to 64 letters, digits or dashes.'],
    ['conditions.cores', 0, 'conditions.cores: '],
    ['conditions.timerStep', null, 'conditions.timerStep: '],
    ['found.kind', 'marathon', 'found.kind: '],
    ['found.record.lanes', [], 'found.record.lanes: '],
    [
      'found.record.lanes.1.turns.2.ms',
      'fast',
      'found.record.lanes.1.turns.2.ms: must be a list of numbers but is "fast".',
    ],
    [
      'found.record.lanes.1.turns.2.ms.0',
      -1,
      'found.record.lanes.1.turns.2.ms: number 1 is -1 but must be a number of 0 or more.',
    ],
    [
      'found.record.lanes.1.turns.2.ms.0',
      'NaN',
      'number 1 is "NaN" but must be a number of 0 or more.',
    ],
    ['found.record.lanes.1.turns.2.batch', 0, 'found.record.lanes.1.turns.2.batch: '],
    [
      'found.record.lanes.1.lane.id',
      'fp32/wasm',
      'found.record.lanes: two lanes have the same id.',
    ],
    ['found.record.lanes.1.lane.reference', true, 'two lanes claim to be the reference.'],
    [
      'verdicts',
      [
        {
          rule: 'x',
          lane: null,
          severity: 'slow',
          sentence: '',
          advice: '',
          remedy: { kind: 'open', path: '//elsewhere.example', title: 'x' },
        },
      ],
      'verdicts.0.remedy.path: ',
    ],
  ])('is refused with its first wrong field: %s = %j', (path, value, says) => {
    expect(() => readReport(spoilt(path, value))).toThrow(says);
    expect(() => readReport(spoilt(path, value))).toThrow(
      expect.objectContaining({ name: 'ReportError' }),
    );
  });

  it('may lack conditions', () => {
    expect(reread(report({ conditions: null })).conditions).toBeNull();
    expect(reread(report()).conditions).toEqual(CONDITIONS);
  });
});
