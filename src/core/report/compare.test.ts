import { describe, expect, it } from 'vitest';
import { relativeChange } from '../../modes/race/core/compare.ts';
import type { SustainedFound } from '../../modes/sustained/core/found.ts';
import type { LaneFigures } from '../figures/figures.ts';
import { storedFigures } from '../figures/stored.ts';
import { NOTHING_COMPARED } from '../race/fidelity.ts';
import type { RaceFound } from '../race/found.ts';
import { laneRecord, raceRecord } from '../race/testing.ts';
import { compareReports } from './compare.ts';
import { conditionRows, deviceSentence, systemOf } from './conditionRows.ts';
import type { Report } from './report.ts';
import { CONDITIONS, raced, report } from './testing.ts';
import '../../modes/registered.testing.ts';

const say = (a: Report, b: Report) =>
  compareReports(a, b)
    .headline.sentence.map(({ text }) => text)
    .join('');

describe('two races of one model', () => {
  it('are compared by what is paired: each lane against its own reference', () => {
    const a = report({ found: raced(60, 0.5) });
    // Everything takes 1.8 times as long, which drift alone does; the ratio stays.
    const b = report({ found: raced(60, 0.5, 3.6) });
    const { lanes } = compareReports(a, b);
    expect(lanes[1]?.times).toBeCloseTo(1.8);
    expect(lanes[1]?.relative).toMatchObject({ says: 'same' });
    expect(lanes[1]?.relative?.ratio).toBeCloseTo(1);
    expect(say(a, b)).toBe(
      'int8 on WASM is 2.00 times as fast as fp32 on WASM in A and 2.00 times in B: no significant difference.',
    );
  });

  it.each([
    [0.4, 'more', 'its speed-up is larger in B'],
    [0.6, 'less', 'its speed-up is smaller in B'],
    [0.4975, 'same', 'no significant difference'],
  ])('tell when a gain differs: a share of %d against 0.5', (share, says, words) => {
    const [a, b] = [raced(60, 0.5), raced(60, share)].map((found) => report({ found })) as [
      Report,
      Report,
    ];
    expect(compareReports(a, b).lanes[1]?.relative?.says).toBe(says);
    expect(say(a, b)).toContain(words);
  });

  it('give each ratio in its own direction, with its interval', () => {
    const [a, b] = [raced(60, 0.5), raced(60, 1.45)].map((found) => report({ found })) as [
      Report,
      Report,
    ];
    expect(say(a, b)).toContain(
      'is 2.00 times as fast as fp32 on WASM in A and takes 1.45 times as long in B',
    );
    expect(say(b, b)).toContain(
      'takes 1.45 times as long as fp32 on WASM in A and 1.45 times in B',
    );
    expect(compareReports(b, a).headline.evidence).toMatch(
      /^A: 95% interval 1\.4\d to 1\.4\d times as long\. B: 95% interval/,
    );
  });

  it('of too few rounds leave it open', () => {
    const [, lane] = storedFigures(raced(60).record, CONDITIONS);
    const few = { ...lane, speedup: { ratio: 3, interval: null, pairs: 4 } } as LaneFigures;
    expect(relativeChange(lane as LaneFigures, few)).toEqual({
      ratio: expect.closeTo(1.5),
      interval: null,
      says: 'unclear',
    });
  });

  it('without a common second lane are compared by their times, with what drift may do', () => {
    const alone = (ms: number) => {
      const lanes = [laneRecord('fp32/wasm*', new Array<number>(60).fill(ms))];
      return report({
        found: { ...raced(1), record: { ...raceRecord(lanes), phase: 'done' } },
      });
    };
    expect(say(alone(1), alone(1.5))).toBe(
      'fp32 on WASM takes 1.00 ms in A and 1.50 ms in B: drift alone may explain that.',
    );
    expect(say(alone(1), alone(5))).toContain('more than drift explains');
  });

  it('put lanes of both first and keep the others', () => {
    const found = raced(60);
    const gpu = laneRecord('fp32/webgpu', new Array<number>(60).fill(1));
    const more = { ...found, record: { ...found.record, lanes: [gpu, ...found.record.lanes] } };
    const { lanes } = compareReports(report({ found: more }), report({ found }));
    expect(lanes.map(({ lane, b }) => [lane.id, b !== null])).toEqual([
      ['fp32/wasm', true],
      ['int8/wasm', true],
      ['fp32/webgpu', false],
    ]);
  });

  it('find the same lane on a device with other cores', () => {
    const found = raced(60);
    const lanes = found.record.lanes.map((lane) => ({
      ...lane,
      lane: { ...lane.lane, backend: { kind: 'wasm', threads: 8 } as const },
    }));
    const other = report({ found: { ...found, record: { ...found.record, lanes } } });
    expect(compareReports(report(), other).lanes).toHaveLength(2);
  });
});

describe('reports that cannot be compared', () => {
  it('say so: other models', () => {
    const { headline, lanes } = compareReports(
      report(),
      report({ model: { ...report().model, title: 'Speech' } }),
    );
    expect(headline.sentence[0]?.text).toContain('Two different models, Digits and Speech');
    expect(lanes).toEqual([]);
  });

  it('say so: other measurements', () => {
    const { lane } = raced(1).record.lanes[0] as {
      lane: RaceFound['record']['lanes'][0]['lane'];
    };
    const found: SustainedFound = {
      kind: 'sustained',
      settings: { seconds: 60, deadlineMs: 16, seed: 1 },
      record: {
        lane,
        opened: null,
        coldMs: null,
        slices: [],
        pressure: [],
        excluded: 0,
        died: null,
        repeats: NOTHING_COMPARED,
      },
    };
    expect(say(report(), report({ found }))).toContain('different kinds of measurement');
    expect(say(report({ found }), report({ found }))).toContain(
      'two sustained runs are not compared',
    );
  });
});

describe('conditions', () => {
  it('are highlighted where they differ', () => {
    const other = { ...CONDITIONS, threads: 1, isolated: false, battery: null };
    const { conditions } = compareReports(report(), report({ conditions: other }));
    expect(conditions.filter(({ same }) => !same)).toEqual([
      { title: 'WASM threads', a: '4 of 4 cores', b: '1 of 4 cores', same: false },
      { title: 'Isolated', a: 'yes', b: 'no', same: false },
      { title: 'Battery', a: '80.0%, charging', b: 'not reported', same: false },
    ]);
  });

  it('that nobody knows are not made up', () => {
    const { conditions } = compareReports(report(), report({ conditions: null }));
    expect(conditions.find(({ title }) => title === 'Browser')).toMatchObject({
      b: null,
      same: false,
    });
    expect(deviceSentence(null)).toBe('unknown device');
  });

  it.each([
    ['Mozilla/5.0 (Linux; Android 16) Chrome/156', 'Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 'iOS'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'macOS'],
    ['curl', 'unknown system'],
  ])('name the system of %s', (agent, system) => {
    expect(systemOf(agent)).toBe(system);
  });

  it('say what was raced', () => {
    const rows = conditionRows(report());
    expect(rows).toContainEqual({ title: 'Raced', value: 'for 40 rounds' });
    expect(rows).toContainEqual({ title: 'Browser', value: 'Chromium 156 on Linux' });
    expect(rows).toContainEqual({ title: 'Clock resolution', value: '5.00 µs' });
  });
});
