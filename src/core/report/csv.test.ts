import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchesFound } from '../../modes/batches/core/found.ts';
import type { LoadFound } from '../../modes/load/core/found.ts';
import { RACE_COLUMNS as OWN_COLUMNS } from '../../modes/race/core/columns.ts';
import type { SustainedFound } from '../../modes/sustained/core/found.ts';
import { NOTHING_COMPARED } from '../race/fidelity.ts';
import type { RaceFound } from '../race/found.ts';
import { lane, laneRecord, opened } from '../race/testing.ts';
import { writeCsv } from './csv.ts';
import { COMMON_COLUMNS, joinRow, splitRows } from './csvForm.ts';
import { readCsv } from './csvRead.ts';
import { raced, report } from './testing.ts';
import '../../modes/registered.testing.ts';

const RACE_COLUMNS = [...COMMON_COLUMNS, ...OWN_COLUMNS];
const text = (one = report()) => [...writeCsv(one)].join('');

describe('rows', () => {
  it('come apart as they were put together', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', ',', '\n', '\r\n', '', '"",'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), (rows) => {
        expect(splitRows(rows.map(joinRow).join(''))).toEqual(rows);
      }),
    );
  });

  it('of other programs are read too', () => {
    expect(splitRows('a,"b ""x"""\nc,')).toEqual([
      ['a', 'b "x"'],
      ['c', ''],
    ]);
    expect(splitRows('a,"b')).toBeNull();
  });
});

describe('the table of a race', () => {
  it('has a row per sample, warming apart from steady, and says what was left out', () => {
    const found = raced(40);
    const [first, ...rest] = found.record.lanes;
    const slow = {
      ...first,
      turns: first?.turns.map((turn, i) =>
        i < 5 ? { ...turn, ms: Float64Array.of(9), median: 9 } : turn,
      ),
      excluded: [{ round: 40, why: 'hidden' }],
    };
    const spoilt = { ...found, record: { ...found.record, lanes: [slow, ...rest] } } as RaceFound;
    const rows = splitRows(text(report({ found: spoilt }))) ?? [];
    expect(rows[0]).toEqual([...RACE_COLUMNS]);
    expect(rows).toHaveLength(1 + 40 + 1 + 40);
    const column = (name: (typeof RACE_COLUMNS)[number]) =>
      rows.slice(1).map((row) => row[RACE_COLUMNS.indexOf(name)]);
    expect(column('phase').slice(0, 8)).toEqual([
      ...Array(5).fill('warming'),
      ...Array(3).fill('steady'),
    ]);
    expect(column('ms')[0]).toBe('9');
    expect(column('excluded')[40]).toBe('hidden');
    expect(column('ms')[40]).toBe('');
  });

  it('marks the samples of a race too short to tell as provisional, in the same columns', () => {
    const rows = splitRows(text(report({ found: raced(9) }))) ?? [];
    expect(rows[0]).toEqual([...RACE_COLUMNS]);
    const phases = rows.slice(1, 10).map((row) => row[RACE_COLUMNS.indexOf('phase')]);
    expect(phases).toEqual(Array(9).fill('provisional'));
    const found = readCsv(text(report({ found: raced(9) }))).found as RaceFound;
    expect(found.record.lanes[0]?.turns).toHaveLength(9);
  });

  it('comes back with every lane and sample, and claims to know nothing else', () => {
    const before = report();
    const back = readCsv(text(before));
    expect(back.conditions).toBeNull();
    expect(back.startedAt).toBe(before.startedAt);
    expect(back.model.title).toBe(before.model.title);
    const lanes = ({ record }: RaceFound) =>
      record.lanes.map(({ lane: { id, backend, reference }, turns }) => ({
        id,
        backend,
        reference,
        turns,
      }));
    expect(lanes(back.found as RaceFound)).toEqual(lanes(before.found as RaceFound));
    for (const { memory, fidelity, opened: session } of (back.found as RaceFound).record.lanes) {
      expect([memory, fidelity.compared, session]).toEqual([null, 0, null]);
    }
  });

  it('is the same report when it is read twice, and another than the one it was made from', () => {
    const ids = [readCsv(text()).id, readCsv(text()).id, report().id];
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['', 'Its first line is "", which is not that of a race.'],
    ['a,b\r\n1,2\r\n', 'Its first line is "a,b", which is not that of a race.'],
    [`${RACE_COLUMNS.join()}\r\n`, 'The table has no samples.'],
    [`${RACE_COLUMNS.join()}\r\n1,2\r\n`, 'Line 2 has 2 cells; a table of a race has 16.'],
    [text().replace(/,steady,/, ',steady,bored'), 'excluded is "bored" but must be hidden, clock.'],
    [text().replace(',WASM,', ',NPU,'), 'Line 2: backend is "NPU" but must be WASM, WebGPU'],
    [text().replace(/,1,2,/, ',1,-2,'), 'Line 2: ms is "-2" but must be a number of 0 or more.'],
    [
      text().replace(/,1,2,/, ',1,fast,'),
      'Line 2: ms is "fast" but must be a number of 0 or more.',
    ],
    [text().replace(/,1,2,/, ',0,2,'), 'Line 2: batch is "0" but must be at least 1.'],
    [
      text().replace('2026-11-25T09', 'soon'),
      'started is "soon:00:00.000Z" but must be a date and time.',
    ],
  ])('is refused with the line that is wrong (%#)', (table, says) => {
    expect(() => readCsv(table)).toThrow(says);
    expect(() => readCsv(table)).toThrow(expect.objectContaining({ name: 'ReportError' }));
  });
});

describe('the tables of other measurements', () => {
  const one = { lane: lane('int8/wasm'), opened: opened(), died: null, excluded: 0 };
  const found: readonly (readonly [SustainedFound | LoadFound | BatchesFound, string, string])[] = [
    [
      {
        kind: 'sustained',
        settings: { seconds: 60, deadlineMs: 16, seed: 1 },
        record: {
          ...one,
          coldMs: 3,
          slices: [{ at: 1000, batch: 1, ms: Float32Array.of(0.5) }],
          pressure: [],
          repeats: NOTHING_COMPARED,
        },
      },
      'report,started,model,lane,slice_end_ms,batch,ms',
      'int8/wasm,1000,1,0.5',
    ],
    [
      {
        kind: 'load',
        record: {
          ...one,
          seed: 1,
          points: [
            {
              arrivals: { kind: 'open', perSecond: 20 },
              seconds: 1,
              arrived: Float64Array.of(5, 9),
              started: Float64Array.of(5),
              ended: Float64Array.of(7),
              waiting: 1,
            },
          ],
        },
      },
      'report,started,model,lane,arrivals,per_second,clients,arrived_ms,started_ms,ended_ms',
      'int8/wasm,open,20,,9,,',
    ],
    [
      {
        kind: 'batches',
        record: {
          ...one,
          dimension: 'N',
          points: [
            {
              batch: 8,
              ms: new Float64Array(),
              heap: 0,
              error: { name: 'E', message: 'no, never' },
            },
          ],
        },
      },
      'report,started,model,lane,batch,ms,error',
      'int8/wasm,8,,"no, never"',
    ],
  ];

  it.each(found)('have their own columns (%#)', (each, head, last) => {
    const lines = text(report({ found: each }))
      .trim()
      .split('\r\n');
    expect(lines[0]).toBe(head);
    expect(lines.at(-1)).toContain(last);
    expect(() => readCsv(text(report({ found: each })))).toThrow(
      'Import the JSON of the report instead',
    );
  });
});

it('a lane without samples is no row', () => {
  const found = { ...raced(1) };
  const record = { ...found.record, lanes: [laneRecord('fp32/wasm*', [])] };
  expect(text(report({ found: { ...found, record } }))).toBe(joinRow(RACE_COLUMNS));
});
