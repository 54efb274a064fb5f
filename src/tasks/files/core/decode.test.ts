import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  decodeFile,
  decodeShortFile,
  explainFile,
  likeliestTypes,
  type PredictionMode,
} from './decode.ts';
import { readFileTypes } from './task.ts';
import { FEW_TYPES, ORIGINAL_MODES, readCases } from './testing.ts';

const here = (path: string) => readFileSync(new URL(path, import.meta.url));
const cases = readCases(gunzipSync(here('fixtures/cases.gz')));
const types = readFileTypes(
  JSON.parse(here('../../../../public/models/files-labels.json').toString()),
);

const REASONS = { none: 'none', low_confidence: 'lowConfidence', overwrite_map: 'overwritten' };

/** Probabilities with `score` for one label and nothing for the others. */
const scoresOf = (label: string, score: number) =>
  types.labels.map((other) => (other === label ? score : 0));

describe('decodeShortFile', () => {
  const short = cases.filter(({ tokens }) => tokens === null);

  it.each(short)('calls $name what the original calls it', ({ ends, output }) => {
    const answer = decodeShortFile(ends, types);
    expect(answer.by === 'rule' && answer.type.label).toBe(output.high_confidence);
  });

  it('is tried on every rule', () => {
    const found = new Set(short.map(({ output }) => output.high_confidence));
    expect([...found].sort()).toEqual(['empty', 'txt', 'unknown']);
  });
});

describe('decodeFile', () => {
  const long = cases.filter(({ tokens }) => tokens !== null);
  const modes = Object.keys(ORIGINAL_MODES) as PredictionMode[];

  it.each(modes)('applies the rules of the original, mode %s', (mode) => {
    for (const { name, choice, score, output, reason } of long) {
      const answer = decodeFile(scoresOf(choice, score), types, mode);
      if (answer.by !== 'model') throw new Error('The model answers.');
      const original = ORIGINAL_MODES[mode];
      expect([name, answer.type.label, answer.reason]).toEqual([
        name,
        output[original],
        REASONS[reason[original]],
      ]);
    }
  });

  it('answers a type at its threshold, and the generic one just below it', () => {
    for (const label of types.labels) {
      const threshold = types.thresholds.get(label) ?? types.threshold;
      const reasonAt = (score: number) => {
        const answer = decodeFile(scoresOf(label, score), types);
        return answer.by === 'model' && answer.reason;
      };
      expect(reasonAt(threshold)).toBe(types.overwrite.has(label) ? 'overwritten' : 'none');
      expect(reasonAt(threshold - 1e-6)).toBe(label === 'txt' ? 'none' : 'lowConfidence');
    }
  });

  it('is nobody where a number is missing', () => {
    expect(decodeFile([0.5, Number.NaN, 0.5], FEW_TYPES)).toEqual({ by: 'nobody' });
    expect(decodeFile([], FEW_TYPES)).toEqual({ by: 'nobody' });
  });
});

it('lists the likeliest types, the first of equal ones first', () => {
  const labels = (scores: number[]) =>
    likeliestTypes(scores, FEW_TYPES, 2).map(({ type }) => type.label);
  expect(labels([0.2, 0.1, 0.7])).toEqual(['hash', 'python']);
  expect(labels([0.4, 0.4, 0.2])).toEqual(['python', 'tsv']);
  expect(labels([0.4, Number.NaN, 0.2])).toEqual([]);
});

describe('explainFile', () => {
  const why = (scores: number[]) => explainFile(decodeFile(scores, FEW_TYPES));

  it('gives the probability, and the threshold where it was missed', () => {
    expect(why([0.8, 0.1, 0.1])).toBe('The model says A python file with 80.0%.');
    expect(why([0.1, 0.8, 0.1])).toBe(
      'The model says A tsv file with 80.0%, below the 90.0% that this type requires, so the answer is only: A txt file.',
    );
    expect(why([0.1, 0.1, 0.8])).toBe(
      'The model says A hash file with 80.0%, which is reported as: A unknown file.',
    );
    expect(why([Number.NaN])).toBe("The model's output is not a number.");
  });

  it('names the rule', () => {
    const short = (...bytes: number[]) => {
      const head = Uint8Array.from(bytes);
      return explainFile(decodeShortFile({ size: head.length, head, tail: head }, FEW_TYPES));
    };
    expect(short()).toBe('There is nothing in this file.');
    expect(short(0x61)).toMatch(/text, as they are valid UTF-8\.$/);
    expect(short(0xff)).toMatch(/unknown, as they are not valid UTF-8\.$/);
  });
});
