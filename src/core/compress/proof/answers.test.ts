import { describe, expect, it } from 'vitest';
import type { OutputTensor } from '../../tensors/tensors.ts';
import { AnswerTally } from './answers.ts';
import { meantClasses } from './proof.ts';

const output = (data: readonly number[], dims: readonly number[] = [1, data.length], name = 'y') =>
  ({ name, dims, data: Float32Array.from(data) }) satisfies OutputTensor;

const FACTS = {
  classifier: true,
  title: '3 inputs',
  noise: false,
  random: null,
  labels: null,
  classNames: null,
};

/** Scores with one high place. */
const scores = (top: number, columns = 3) =>
  Array.from({ length: columns }, (_, i) => (i === top ? 5 : i / 10));

function tally(
  pairs: readonly (readonly [OutputTensor[], OutputTensor[]])[],
  facts: Partial<ConstructorParameters<typeof AnswerTally>[0]> = {},
) {
  const answers = new AnswerTally({ ...FACTS, ...facts });
  for (const [original, variant] of pairs) answers.add(original, variant);
  return answers.result();
}

describe('AnswerTally', () => {
  it('finds no difference between equal answers', () => {
    const { fidelity, cosine, classes, inputs } = tally([
      [[output(scores(1))], [output(scores(1))]],
      [[output(scores(2))], [output(scores(2))]],
    ]);
    expect(fidelity).toMatchObject({ compared: 2, sameTop: 2, noise: 0, maxAbs: 0 });
    expect(cosine).toBeCloseTo(1, 12);
    expect(classes).toEqual({
      known: true,
      top1: 1,
      top5: null,
      accuracy: null,
      perClass: [
        { label: '1', inputs: 1, changed: 0 },
        { label: '2', inputs: 1, changed: 0 },
      ],
      flipped: [],
    });
    expect(inputs).toBe('3 inputs');
  });

  it('finds classes in no model that has none, and only guesses where nobody knows', () => {
    const pair = [[output(scores(1))], [output(scores(1))]] as const;
    const found = (classifier: boolean | null) =>
      tally([[[...pair[0]], [...pair[1]]]], { classifier });
    expect(found(false).classes).toBeNull();
    expect(found(null).classes?.known).toBe(false);
    expect(meantClasses(found(null))).toBeNull();
    expect(meantClasses(found(true))?.top1).toBe(1);
    expect(meantClasses({ ...found(true), noise: true })).toBeNull();
  });

  it('counts by the true class where it is known, and tells which answers changed', () => {
    const { classes } = tally(
      [
        [[output(scores(0))], [output(scores(0))]],
        [[output(scores(1))], [output(scores(2))]],
        // The original was wrong, the variant is right.
        [[output(scores(2))], [output(scores(1))]],
      ],
      { labels: Uint8Array.of(0, 1, 1), classNames: ['cat', 'dog', 'owl'] },
    );
    expect(classes?.top1).toBeCloseTo(1 / 3, 12);
    expect(classes?.accuracy).toEqual({ original: 2 / 3, variant: 2 / 3 });
    expect(classes?.perClass).toEqual([
      { label: 'cat', inputs: 1, changed: 0 },
      { label: 'dog', inputs: 2, changed: 2 },
    ]);
    expect(classes?.flipped).toEqual([
      { input: 1, original: 'dog', variant: 'owl', truth: 'dog' },
      { input: 2, original: 'owl', variant: 'dog', truth: 'dog' },
    ]);
  });

  it('asks of ten classes whether the original’s is among the five highest', () => {
    const high = (...order: readonly number[]) =>
      Array.from({ length: 10 }, (_, i) => (order.includes(i) ? 10 - order.indexOf(i) : -i));
    const original = [output(high(7))];
    const { classes } = tally([
      [original, [output(high(1, 2, 3, 4, 7))]],
      [original, [output(high(1, 2, 3, 4, 5, 7))]],
    ]);
    expect(classes).toMatchObject({ top1: 0, top5: 0.5 });
  });

  it('takes every row of a batch for an input', () => {
    const batch = (...tops: readonly number[]) =>
      output(
        tops.flatMap((top) => scores(top)),
        [tops.length, 3],
      );
    const { classes } = tally([[[batch(0, 1)], [batch(0, 2)]]], { labels: [0, 1] });
    expect(classes?.top1).toBe(0.5);
    expect(classes?.flipped.map(({ input }) => input)).toEqual([1]);
  });

  it.each([
    ['two columns', [1, 2]],
    ['a picture', [1, 1, 3, 3]],
    ['a number', []],
  ])('sees no classes in %s', (_, dims) => {
    const one = [output(new Array(dims.reduce((a, b) => a * b, 1)).fill(1), dims)];
    expect(tally([[one, one]]).classes).toBeNull();
  });

  it('takes a NaN for a changed answer, whatever the rest', () => {
    const { classes, fidelity } = tally([[[output(scores(1))], [output([Number.NaN, 5, 0])]]]);
    expect(fidelity.notFinite).toBe(1);
    expect(classes?.flipped).toEqual([
      { input: 0, original: '1', variant: 'not a number', truth: null },
    ]);
  });

  it('has no angle between zeros, and a right one between opposites', () => {
    const zeros = [output([0, 0, 0])];
    expect(tally([[zeros, zeros]]).cosine).toBeNull();
    expect(tally([[[output([1, 2, 3])], [output([-1, -2, -3])]]]).cosine).toBeCloseTo(-1, 12);
  });

  it('refuses outputs that cannot be compared', () => {
    expect(() => tally([[[output([1, 2, 3])], [output([1, 2])]]])).toThrow(/cannot be compared/);
    expect(() => tally([[[output([1, 2, 3])], [output([1, 2, 3], [1, 3], 'z')]]])).toThrow(
      /cannot be compared/,
    );
  });
});
