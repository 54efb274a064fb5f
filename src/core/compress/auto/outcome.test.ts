import { describe, expect, it } from 'vitest';
import { NOTHING_COMPARED } from '../../race/fidelity.ts';
import type { Answers } from '../proof/proof.ts';
import { readRecipe } from '../recipe.ts';
import type { Candidate, Form, FormFacts } from './choice.ts';
import type { MeasurePlan } from './measured.ts';
import {
  choicesOf,
  contenders,
  countForms,
  keepsBudget,
  openOnes,
  recipeFor,
  sentenceOf,
  throughout,
  wholeRecipe,
  winner,
} from './outcome.ts';

const facts = (ms: number, alone: number | null = 30): FormFacts => ({ ms, alone });

const node = (
  name: string,
  floatMs: number,
  inStatic: FormFacts | null,
  inDynamic: FormFacts | null = null,
): MeasurePlan['nodes'][number] => ({
  node: name,
  title: name,
  operator: 'Conv',
  floatMs,
  static: inStatic,
  dynamic: inDynamic,
});

const PLAN: MeasurePlan = {
  nodes: [
    node('a', 3, facts(1), facts(2)),
    node('b', 3, facts(4), facts(1)),
    node('c', 1, facts(2), facts(2)),
    node('d', 1, null),
  ],
  links: [],
};

const candidate = (
  ratio: number,
  low: number | null,
  { keeps = true, agreement = 0.995 } = {},
): Candidate => ({
  title: `at ${ratio}`,
  recipe: null,
  nodes: { float: 0, static: 0, dynamic: 0 },
  ms: 1 / ratio,
  speedup: {
    ratio,
    interval: low === null ? null : { low, high: ratio * 2 - low },
    pairs: 40,
  },
  agreement,
  sqnr: 30,
  keeps,
});

const ORIGINAL = candidate(1, 1);

describe('recipeFor', () => {
  const before = [{ technique: 'prepare', options: {} }];

  it('keeps from static form what is not in it, and names what is dynamic', () => {
    const recipe = recipeFor(PLAN, ['static', 'dynamic', 'float', 'float'], before);
    expect(recipe?.steps).toEqual([
      ...before,
      { technique: 'static-int8', options: { keep: ['b', 'c'] } },
      { technique: 'dynamic-int8', options: { only: ['b'] } },
    ]);
  });

  it('leaves out steps without nodes, and is none where all stays float', () => {
    const steps = (...forms: Form[]) => recipeFor(PLAN, forms, [])?.steps ?? null;
    expect(steps('float', 'dynamic', 'float', 'float')).toEqual([
      { technique: 'dynamic-int8', options: { only: ['b'] } },
    ]);
    expect(steps('static', 'static', 'static', 'float')).toEqual([
      { technique: 'static-int8', options: { keep: [] } },
    ]);
    expect(steps('float', 'float', 'float', 'float')).toBeNull();
  });

  it('can be read from a file', () => {
    const mixed = recipeFor(PLAN, ['static', 'dynamic', 'float', 'float'], before);
    for (const recipe of [mixed, wholeRecipe('static', before), wholeRecipe('dynamic', [])]) {
      const read = readRecipe(JSON.parse(JSON.stringify(recipe)));
      expect(read.steps.map(({ technique }) => technique)).toEqual(
        recipe?.steps.map(({ technique }) => technique),
      );
    }
  });
});

describe('choicesOf', () => {
  it('tells of every node that could be quantized why it is as it is', () => {
    const free: Form[] = ['static', 'dynamic', 'float', 'float'];
    const strict: Form[] = ['float', 'dynamic', 'static', 'float'];
    const told = (forms: Form[], reason: 'accuracy' | 'other' = 'accuracy') =>
      choicesOf(PLAN, forms, free, reason).map(({ node: name, why }) => `${name}: ${why}`);
    expect(told(free)).toEqual([
      'a: static int8 saves 2.00 ms of 3.00 ms',
      'b: dynamic int8 saves 2.00 ms of 3.00 ms',
      'c: int8 is no faster here: 2.00 ms against 1.00 ms',
    ]);
    expect(told(strict)).toEqual([
      'a: int8 would save 2.00 ms here; left float to preserve the answers',
      'b: dynamic int8 saves 2.00 ms of 3.00 ms',
      'c: its neighbours work on integers, and converting to float and back would take longer',
    ]);
    expect(told(['static', 'float', 'dynamic', 'float'], 'other').slice(1)).toEqual([
      'b: int8 would save 2.00 ms here; the variant that raced fastest overall leaves it float',
      'c: part of the variant that raced fastest overall',
    ]);
    const float: Form[] = ['float', 'float', 'float', 'float'];
    expect(choicesOf(PLAN, float, float, 'speed')[0]?.why).toBe(
      'int8 would save 2.00 ms here, but converting from float and back takes longer',
    );
  });

  it('counts them', () => {
    expect(countForms(PLAN, throughout(PLAN, 'static'))).toEqual({
      float: 0,
      static: 3,
      dynamic: 0,
    });
  });
});

describe('winner', () => {
  it('is the fastest that keeps the budget', () => {
    const coarse = candidate(3, 2.9, { keeps: false });
    expect(winner([ORIGINAL, candidate(1.2, 1.1), coarse, candidate(1.5, 1.4)])).toBe(3);
  });

  it.each<[string, Candidate]>([
    ['slower', candidate(0.8, 0.7)],
    ['not significantly faster', candidate(1.1, 0.98)],
    ['not surely measured', candidate(1.5, null)],
    ['too coarse', candidate(1.5, 1.4, { keeps: false })],
  ])('is the original where the only other is %s', (_, other) => {
    expect(winner([ORIGINAL, other])).toBe(0);
  });

  it('is the original where nothing could be made', () => {
    expect(winner([ORIGINAL])).toBe(0);
  });
});

describe('what is left open', () => {
  it('is a candidate without an interval, or with a wide one that holds 1', () => {
    const open = (...others: Candidate[]) => openOnes([ORIGINAL, ...others]);
    expect(open(candidate(1.5, null), candidate(1.3, 0.7), candidate(1.5, 1.4))).toEqual([1, 2]);
    expect(open(candidate(1.01, 0.99), candidate(1.5, null, { keeps: false }))).toEqual([]);
  });
});

describe('contenders', () => {
  it('are the original and what is near the fastest that keeps the budget', () => {
    const coarse = candidate(3, 2.9, { keeps: false });
    const all = [ORIGINAL, candidate(1.96, 1.9), coarse, candidate(2, 1.9), candidate(1.5, 1.4)];
    expect(contenders(all)).toEqual([0, 1, 3]);
    expect(contenders([ORIGINAL, coarse])).toEqual([0]);
  });
});

describe('keepsBudget', () => {
  const answers = (change: Partial<Answers>): Answers => ({
    fidelity: { ...NOTHING_COMPARED, compared: 10, signal: 1000, noise: 1 },
    cosine: 1,
    classes: null,
    inputs: '',
    noise: false,
    random: null,
    ...change,
  });
  const classes = {
    known: true,
    top1: 0.99,
    top5: null,
    accuracy: null,
    perClass: [],
    flipped: [],
  };
  const budget = { agreement: 0.99, sqnr: 30 };

  it('asks classifiers for agreement, others for their error, at the bound too', () => {
    expect(keepsBudget(answers({ classes }), budget)).toBe(true);
    expect(keepsBudget(answers({ classes: { ...classes, top1: 0.989 } }), budget)).toBe(false);
    expect(keepsBudget(answers({}), budget)).toBe(true);
    expect(keepsBudget(answers({}), { ...budget, sqnr: 30.1 })).toBe(false);
  });

  it('judges answers to noise by their error', () => {
    const noisy = answers({ classes: { ...classes, top1: 0.5 }, noise: true });
    expect(keepsBudget(noisy, budget)).toBe(true);
    expect(keepsBudget(noisy, { ...budget, sqnr: 40 })).toBe(false);
  });

  it('is broken by any number that is none', () => {
    const fidelity = { ...NOTHING_COMPARED, compared: 10, signal: 1, notFinite: 1 };
    expect(keepsBudget(answers({ classes, fidelity }), budget)).toBe(false);
  });
});

describe('sentenceOf', () => {
  const about = { compared: 400, noise: false };

  it('says how fast, how right and on what', () => {
    expect(sentenceOf({ candidates: [ORIGINAL, candidate(1.42, 1.4)], chosen: 1, ...about })).toBe(
      'at 1.42: 1.42 times as fast as fp32 on this device (95% interval 1.40 to 1.44 times as fast), and it predicts the same class for 99.5% of 400 inputs.',
    );
  });

  it('says why the original stays', () => {
    const said = (...others: Candidate[]) =>
      sentenceOf({ candidates: [ORIGINAL, ...others], chosen: 0, ...about });
    expect(said()).toMatch(/nothing in this model can be quantized/);
    expect(said(candidate(2, 1.9, { keeps: false }))).toMatch(/within the error that you allow\./);
    expect(said(candidate(0.9, 0.8))).toMatch(/significantly faster/);
  });

  it('calls open what its race left open, and never keeps fp32 on the strength of it', () => {
    const said = (chosen: number, ...others: Candidate[]) =>
      sentenceOf({ candidates: [ORIGINAL, ...others], chosen, ...about });
    const short = (ratio: number) => {
      const { speedup, ...rest } = candidate(ratio, null);
      return { ...rest, speedup: { ...speedup, pairs: 4 } };
    };
    expect(said(0, short(1.79), candidate(1.1, 0.4), short(2.36))).toBe(
      'Unclear: at 2.36 is about 2.4 times as fast as fp32 on this device. Too few rounds (4) for an interval: measure longer before you choose.',
    );
    expect(said(0, candidate(1.3, 0.7))).toBe(
      'Unclear: at 1.3 may be 0.700 to 1.90 times as fast as fp32 on this device: measure longer before you choose.',
    );
    expect(said(1, candidate(1.42, 1.4), short(2.36))).toMatch(
      / at 2\.36 may be faster still: about 2\.4 times as fast, without an interval\.$/,
    );
  });
});
