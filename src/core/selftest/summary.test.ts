import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SelfTestSchema } from './schema.ts';
import { type Check, type CheckId, SELF_TEST_VERSION, type SelfTest } from './selftest.ts';
import { MEANING, reproducibility, selfTestSentence } from './summary.ts';

const IDS: readonly CheckId[] = ['timer', 'null-race', 'known-cost', 'overhead'];

const test = (...passed: readonly (boolean | null)[]): SelfTest => ({
  version: SELF_TEST_VERSION,
  at: '2026-01-01T00:00:00.000Z',
  checks: IDS.map(
    (id, i): Check => ({
      id,
      title: id,
      passed: passed[i] ?? null,
      sentence: '',
      figures: [{ title: 'Off by, median', value: i / 10, unit: '%', interval: null }],
    }),
  ),
});

describe('selfTestSentence', () => {
  it('says that all passed', () => {
    expect(selfTestSentence(test(true, true, true, true))).toBe(
      'The instrument passes 4 of 4 checks on this device: its figures can be trusted here.',
    );
  });

  it('says what failed and what that means for figures', () => {
    const sentence = selfTestSentence(test(true, false, null, false));
    expect(sentence).toContain('fails 2 of 4 checks');
    expect(sentence).toContain(MEANING['null-race']);
    expect(sentence).toContain(MEANING.overhead);
    expect(sentence).not.toContain('trusted here');
  });

  it('says what could not be judged', () => {
    expect(selfTestSentence(test(true, true, null, true))).toMatch(
      /passes 3 of 4 .* too noisy to judge twice the work\.$/,
    );
  });
});

describe('a self-test', () => {
  it('tells how far a model against itself was off', () => {
    expect(reproducibility(test(true, true, true, true))).toBe(0.1);
  });

  it('is what its schema takes, after a way through storage', () => {
    const made = test(true, null, false, true);
    expect(v.parse(SelfTestSchema, JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(v.is(SelfTestSchema, { ...made, version: 2 })).toBe(false);
  });
});
