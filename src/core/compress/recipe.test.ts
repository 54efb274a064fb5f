import { describe, expect, it } from 'vitest';
import { readRecipe, techniqueOf } from './recipe.ts';

const written = (more: object = {}) => ({
  version: 1,
  title: 'half',
  steps: [{ technique: 'fp16' }],
  ...more,
});

describe('readRecipe', () => {
  it('fills in the options that a recipe leaves out, and reads what it wrote', () => {
    const recipe = readRecipe(written());
    const [step] = recipe.steps;
    expect(Object.keys(step?.options ?? {})).toEqual(Object.keys(techniqueOf('fp16').dials));
    expect(readRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it('reads what it was calibrated on, and recipes that do not say', () => {
    const calibration = { kind: 'noise', count: 8, seed: 11, sizes: { batch: 1 } };
    expect(readRecipe(written({ calibration })).calibration).toEqual(calibration);
    expect(readRecipe(written())).not.toHaveProperty('calibration');
  });

  it.each([
    [
      'a calibration on nothing',
      written({ calibration: { kind: 'noise', count: 0, seed: 1, sizes: {} } }),
      'This is not a recipe: calibration.count',
    ],
    ['no JSON object', 'recipe', 'This is not a recipe: the file itself'],
    ['no step', written({ steps: [] }), 'This is not a recipe: steps'],
    [
      'a newer version',
      written({ version: 2 }),
      'The recipe "half" has version 2; this page reads version 1.',
    ],
    [
      'a technique that does not exist',
      written({ steps: [{ technique: 'magic' }] }),
      'There is no technique "magic"; known ones are ',
    ],
    [
      'an option of the wrong type',
      written({ steps: [{ technique: 'fp16', options: { keep: 3 } }] }),
      'The recipe\'s step "fp16": keep: ',
    ],
  ])('refuses %s with a sentence', (_, json, message) => {
    expect(() => readRecipe(json)).toThrow(message);
  });
});
