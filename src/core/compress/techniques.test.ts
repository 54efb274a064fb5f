import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { techniqueOf } from './recipe.ts';
import { TECHNIQUES } from './techniques.ts';

const withOptions = (id: string, options: object) => {
  const technique = techniqueOf(id);
  return { technique, options: v.parse(technique.schema, options) };
};
const titleOf = (id: string, given: object) => {
  const { technique, options } = withOptions(id, given);
  return technique.stepTitle(options);
};
const sizeOf = (id: string, given: object) => {
  const { technique, options } = withOptions(id, given);
  return technique.expectedSize(options);
};

describe('every technique', () => {
  it('has an id and a place of its own, and a dial for each option', () => {
    expect(new Set(TECHNIQUES.map(({ id }) => id)).size).toBe(TECHNIQUES.length);
    expect(new Set(TECHNIQUES.map(({ rank }) => rank)).size).toBe(TECHNIQUES.length);
    for (const { id } of TECHNIQUES) {
      const { technique, options } = withOptions(id, {});
      expect(Object.keys(technique.dials).sort(), id).toEqual(Object.keys(options).sort());
      expect(technique.stepTitle(options), id).toContain(technique.title);
    }
  });
});

describe('a step', () => {
  it('is called by what was chosen', () => {
    expect(titleOf('prune', { sparsity: 0.5 })).toBe('Pruning 50%');
    expect(titleOf('prune', { pattern: '2:4', sparsity: 0.3 })).toBe('Pruning 2:4');
    expect(titleOf('weights', { bits: 4 })).toBe('Small weights, 4 bits');
    expect(titleOf('static-int8', {})).toBe('Static int8');
  });

  it('says how much smaller it makes a file', () => {
    expect(sizeOf('dynamic-int8', {})).toEqual({ factor: 4, zipped: false });
    // 4 bits and a float32 scale for 32 numbers: 5 bits instead of 32.
    expect(sizeOf('weights', { bits: 4, block: 32 })?.factor).toBeCloseTo(32 / 5, 10);
    expect(sizeOf('weights', { bits: 8, block: 0 })?.factor).toBe(4);
    expect(sizeOf('prune', { sparsity: 0.5 })?.factor).toBeCloseTo(0.93 / 0.53, 10);
    // A pattern sets its own share, whatever stands beside it.
    expect(sizeOf('prune', { pattern: '1:4', sparsity: 0 })?.factor).toBeCloseTo(0.93 / 0.29, 10);
    expect(sizeOf('prepare', {})).toBeNull();
  });

  it('prunes where it leaves zeros', () => {
    const prunes = (options: object) => {
      const step = withOptions('prune', options);
      return step.technique.prunes(step.options);
    };
    expect([{}, { sparsity: 0 }, { sparsity: 0, pattern: '4:8' }].map(prunes)).toEqual([
      true,
      false,
      true,
    ]);
    const other = withOptions('fp16', {});
    expect(other.technique.prunes(other.options)).toBe(false);
  });
});
