import { describe, expect, it } from 'vitest';
import { clockTime, spell } from '../../../core/format.ts';
import { NOTHING_COMPARED } from '../../../core/race/fidelity.ts';
import { lane } from '../../../core/race/testing.ts';
import { sustainedFigures } from './figures.ts';
import type { SustainedRecord } from './record.ts';
import { settingsFault } from './settings.ts';
import { secondsOf } from './testing.ts';
import { sustainedHeadline } from './words.ts';

const SETTINGS = { seconds: 120, deadlineMs: 16, seed: 1 };

function recordOf(levels: readonly number[], more: Partial<SustainedRecord> = {}): SustainedRecord {
  const slices = secondsOf(levels).map(({ slice }) => slice);
  const none = { opened: null, coldMs: 1, pressure: [], excluded: 0, died: null };
  const repeats = NOTHING_COMPARED;
  return { lane: lane('int8/wasm'), ...none, repeats, slices, ...more };
}

function say(record: SustainedRecord, settings = SETTINGS): string {
  const figures = sustainedFigures(record, settings, true);
  const headline = sustainedHeadline(record, settings, figures);
  return headline ? headline.sentence.map(({ text }) => text).join('') : '';
}

const levels = (before: number, after: number) => [
  ...new Array(70).fill(before),
  ...new Array(50).fill(after),
];

describe('the sentence of a sustained run', () => {
  it('says how much slower it became, with the interval, and what missed the deadline', () => {
    const said = say(recordOf(levels(10, 13)));
    expect(said).toMatch(
      /^int8 on WASM: (10\.0|9\.9\d) ms at first, 1[23]\.\d ms after 2 minutes: (29|30|31)% slower \(95% interval \d+% to \d+%\)\. None of 1,\d{3} inferences took longer than 16 ms\.$/,
    );
  });

  it('gives the range where the interval is wide, in the unit of the sentence', () => {
    const figures = sustainedFigures(recordOf(levels(10, 13)), SETTINGS, true);
    const saying = (low: number, high: number) => {
      const throttle = {
        first: 10,
        last: 13,
        firstMs: 30_000,
        ratio: 1.3,
        interval: { low, high },
      };
      const headline = sustainedHeadline(recordOf([]), SETTINGS, { ...figures, throttle });
      return headline?.sentence.map(({ text }) => text).join('');
    };
    expect(saying(1.04, 1.6)).toContain(': 4% to 60% slower (95% interval; median 30%).');
    expect(saying(0.9, 1.6)).toContain(
      ': no significant change (95% interval −10% to +60% in time).',
    );
  });

  it('says when nothing changed', () => {
    expect(say(recordOf(levels(10, 10)))).toContain('it kept its speed, no significant change');
  });

  it('says when a run is too short to tell', () => {
    expect(say(recordOf(new Array(12).fill(10)))).toContain('too short to tell');
  });

  it('names no moment where it cannot say whether the lane became slower at all', () => {
    const step = [...new Array(14).fill(10), ...new Array(14).fill(13)];
    const figures = sustainedFigures(recordOf(step), SETTINGS, true);
    expect(say(recordOf(step))).toContain('too short to tell');
    // What the picture draws its line from.
    expect(figures.onset).toBeNull();
    expect(sustainedFigures(recordOf(levels(10, 13)), SETTINGS, true).onset).not.toBeNull();
  });

  it('counts misses where a share would be rounded to more than it is', () => {
    const record = recordOf(new Array(60).fill(0.1));
    const [first] = record.slices;
    (first as { ms: Float32Array }).ms[0] = 20;
    // 60 slices of a thousand timings; the first slice does not warm.
    expect(say(record)).toContain('1 of 60,000 inferences took longer than 16 ms.');
    expect(say(recordOf(levels(10, 20)))).toMatch(/2\d\.\d% of [\d,]+ inferences took longer/);
  });

  it('says why a lane ended early', () => {
    const died = { name: 'LaneDiedError', message: 'Its worker ended.' };
    expect(say(recordOf(levels(1, 1), { died }))).toContain('It ended after 2 minutes: Its worker');
    expect(say(recordOf([], { died }))).toBe('int8 on WASM did not run: Its worker ended.');
  });
});

it('spells lengths and moments', () => {
  expect([1000, 45_000, 60_000, 120_000, 150_000].map(spell)).toEqual([
    'a second',
    '45 seconds',
    'a minute',
    '2 minutes',
    '2.5 minutes',
  ]);
  expect([0, 48_000, 725_000].map(clockTime)).toEqual(['0:00', '0:48', '12:05']);
});

it('refuses lengths and deadlines that make no sense, with the value and what does', () => {
  expect(settingsFault({ seconds: 60, deadlineMs: 16 })).toBeNull();
  expect(settingsFault({ seconds: 5, deadlineMs: 16 })).toBe(
    'A run cannot last 5 seconds: type 10 to 1,800.',
  );
  expect(settingsFault({ seconds: 60, deadlineMs: 0 })).toBe(
    'A deadline cannot be 0 ms: type 0.01 to 60,000.',
  );
  expect(settingsFault({ seconds: Number.NaN, deadlineMs: 16 })).toContain('no number of seconds');
});
