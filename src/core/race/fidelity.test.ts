import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speechCore } from '../../tasks/speech/core/kind.ts';
import { spottingCore } from '../../tasks/spotting/core/kind.ts';
import {
  addFidelity,
  agreement,
  changedAnswer,
  compareOutputs,
  differenceWords,
  type Fidelity,
  judge,
  NOTHING_COMPARED,
  sameCounts,
  sqnr,
  uncounted,
} from './fidelity.ts';
import { logits, tensor } from './testing.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Compares one tensor with another, which must be possible. */
function compare(have: readonly number[], want: readonly number[]): Fidelity {
  const result = compareOutputs(logits(...have), logits(...want));
  if (!result) throw new Error('not comparable');
  return result;
}
const fidelity = (more: Partial<Fidelity>): Fidelity => ({
  ...NOTHING_COMPARED,
  compared: 1,
  ...more,
});

describe('compareOutputs', () => {
  it('finds no noise in equal outputs', () => {
    expect(compare([1, -2, 3], [1, -2, 3])).toEqual(fidelity({ sameTop: 1, signal: 14 }));
    expect(compare([-0], [0])).toEqual(fidelity({ sameTop: 1 }));
  });

  it('sums squares of the signal and of the differences over all tensors', () => {
    const have = [tensor('a', 3, 4), tensor('b', 1)];
    const want = [tensor('a', 3, 5), tensor('b', -1)];
    expect(compareOutputs(have, want)).toEqual(
      fidelity({ sameTop: 1, signal: 9 + 25 + 1, noise: 1 + 4, maxAbs: 2 }),
    );
  });

  it('sees when another class has the largest score, in any tensor', () => {
    expect(compare([1, 2], [2, 1]).sameTop).toBe(0);
    expect(compare([1.1, 1], [2, 1]).sameTop).toBe(1);
    const [a, b] = [tensor('a', 1, 2), tensor('b', 2, 1)];
    expect(compareOutputs([a, tensor('b', 1, 2)], [a, b])?.sameTop).toBe(0);
  });

  it.each([nan, inf, -inf])('counts %f where the reference is finite', (bad) => {
    expect(compare([bad, bad, 1], [1, 2, 1])).toMatchObject({ notFinite: 2, noise: 0, signal: 1 });
  });

  it('takes the same NaN or infinity in both for equal', () => {
    expect(compare([nan, inf, -inf, 2], [nan, inf, -inf, 2])).toEqual(
      fidelity({ sameTop: 1, signal: 4 }),
    );
    expect(compare([-inf], [inf]).notFinite).toBe(1);
  });

  it('cannot compare other lengths or other numbers of outputs', () => {
    expect(compareOutputs(logits(1, 2), logits(1))).toBeNull();
    expect(compareOutputs(logits(1), [...logits(1), ...logits(1)])).toBeNull();
    expect(compareOutputs([], logits(1))).toBeNull();
  });

  // `sameSpecs` lets files with the same outputs in another order into one model (state/bench/drop.ts).
  it('compares outputs by name, whatever their order', () => {
    const [a, b] = [tensor('a', 1, 2), tensor('b', 3, 9)];
    expect(compareOutputs([a, b], [b, a])?.noise).toBe(0);
  });
});

describe('sqnr', () => {
  it.each([
    [100, 1, 20],
    [1, 1, 0],
    [1, 10, -10],
    [1e4, 1, 40],
    [5, 0, inf],
    [0, 0, inf],
    [0, 1, -inf],
  ])('of signal %f and noise %f is %f dB', (signal, noise, decibel) => {
    expect(sqnr(fidelity({ signal, noise }))).toBe(decibel);
  });
});

const part = fc.record<Fidelity>({
  compared: fc.nat(100),
  sameTop: fc.nat(100),
  signal: fc.nat(1000),
  noise: fc.nat(1000),
  maxAbs: fc.nat(1000),
  notFinite: fc.nat(10),
});

it('addFidelity is a sum: any order, any grouping, nothing adds nothing', () => {
  fc.assert(
    fc.property(part, part, part, (a, b, c) => {
      expect(addFidelity(a, b)).toEqual(addFidelity(b, a));
      expect(addFidelity(addFidelity(a, b), c)).toEqual(addFidelity(a, addFidelity(b, c)));
      expect(addFidelity(a, NOTHING_COMPARED)).toEqual(a);
      expect(addFidelity(a, b).maxAbs).toBe(Math.max(a.maxAbs, b.maxAbs));
    }),
  );
});

describe('differenceWords', () => {
  it.each([
    [100, 1, 'differ by 10.0% of their size'],
    [1, 4, 'differ by 200% of their size'],
    [1e8, 1, 'differ by 0.0100% of their size'],
    [0, 1, 'differ without bound'],
    [inf, inf, 'differ without bound'],
  ])('of a signal of %d with noise of %d', (signal, noise, words) => {
    expect(differenceWords(fidelity({ signal, noise }))).toBe(words);
  });
});

describe('judge', () => {
  const right = { state: 'right' };
  const at = (decibel: number) => fidelity({ sameTop: 1, signal: 10 ** (decibel / 10), noise: 1 });

  it('says nothing before anything was compared', () => {
    expect(judge(NOTHING_COMPARED, 'fp32', true)).toEqual({ state: 'unchecked' });
  });

  it.each([
    ['fp32', 40],
    ['fp16', 30],
    ['int8', 10],
    ['int4', 5],
    ['unknown', 10],
  ] as const)('asks of %s at least %d dB', (precision, least) => {
    expect(judge(at(least + 0.01), precision, false)).toEqual(right);
    expect(judge(at(least - 0.01), precision, false)).toEqual({
      state: 'wrong',
      reason: expect.stringMatching(
        `^outputs differ by [0-9.]+% of their size \\(${(least - 0.1).toFixed(1)} dB; ${precision} must reach ${least} dB\\)$`,
      ),
    });
  });

  it('calls a single NaN wrong, however good the rest is', () => {
    expect(judge(fidelity({ signal: 1e9, notFinite: 1 }), 'int4', false)).toMatchObject({
      state: 'wrong',
      reason: expect.stringMatching(/^1 output value/),
    });
  });

  it('calls noise on a signal of zero wrong, and an exact zero right', () => {
    expect(judge(fidelity({ signal: 0, noise: 1e-12 }), 'int4', false).state).toBe('wrong');
    expect(judge(fidelity({ signal: 0, noise: 0 }), 'fp32', false)).toEqual(right);
  });

  it('calls sums that overflowed wrong', () => {
    expect(judge(fidelity({ signal: inf, noise: inf }), 'int8', false).state).toBe('wrong');
  });

  it('asks a classifier for 95% of the same classes, from 40 inputs on', () => {
    const agreeing = (sameTop: number, compared: number, classifier = true) =>
      judge(fidelity({ sameTop, compared, signal: 1e6, noise: 1 }), 'int8', classifier).state;
    expect(agreeing(38, 40)).toBe('right');
    expect(agreeing(37, 40)).toBe('wrong');
    expect(agreeing(0, 39)).toBe('right');
    expect(agreeing(0, 40, false)).toBe('right');
  });

  it('says how often the class differed', () => {
    const half = fidelity({ sameTop: 50, compared: 100, signal: 1e6, noise: 1 });
    expect(judge(half, 'int8', true)).toEqual({
      state: 'wrong',
      reason: "it predicts the reference's class for only 50.0% of 100 inputs",
    });
    expect(agreement(half)).toBe(0.5);
  });

  it('does not call the lane’s outputs NaN where only the reference’s are', () => {
    const verdict = judge(compare([1, 5], [nan, 5]), 'fp32', false);
    expect(verdict).not.toMatchObject({ reason: expect.stringContaining('NaN or infinite where') });
  });

  it('does not give the limit itself as the reason for a narrow miss', () => {
    expect(judge(at(39.99), 'fp32', false)).not.toMatchObject({
      reason: expect.stringContaining('are 40 dB'),
    });
  });

  it('is never kinder to a lane for more noise', () => {
    const rank = (verdict: { state: string }) => (verdict.state === 'right' ? 1 : 0);
    const precision = fc.constantFrom('fp32', 'fp16', 'int8', 'int4', 'unknown');
    fc.assert(
      fc.property(part, fc.nat(1000), precision, fc.boolean(), (some, more, kind, classifier) => {
        const base = { ...some, compared: some.compared + 1 };
        const worse = { ...base, noise: base.noise + more };
        expect(rank(judge(worse, kind, classifier))).toBeLessThanOrEqual(
          rank(judge(base, kind, classifier)),
        );
      }),
    );
  });
});

describe('changedAnswer', () => {
  const again = (...pairs: readonly (readonly [number, number])[]) =>
    pairs
      .map(([now, first]) => compareOutputs(logits(now), logits(first)) as Fidelity)
      .reduce(addFidelity, NOTHING_COMPARED);

  it('has nothing to say of equal answers, nor before there is a second one', () => {
    expect(changedAnswer(NOTHING_COMPARED)).toBeNull();
    expect(changedAnswer(again([3, 3], [3, 3]))).toBeNull();
  });

  it('allows sums in another order, and names what goes beyond', () => {
    expect(changedAnswer(again([3, 3], [3.0001, 3]))).toBeNull();
    expect(changedAnswer(again([3, 3], [1.5, 3]))).toMatch(
      /its answer to the same input changed while it ran \(SQNR of only 9\.0 dB\)/,
    );
  });

  it('names numbers that became NaN', () => {
    expect(changedAnswer(again([Number.NaN, 3]))).toMatch(/became NaN or infinite/);
  });
});

describe('a pruned file', () => {
  const coarse = { compared: 100, sameTop: 99, signal: 300, noise: 100, maxAbs: 9, notFinite: 0 };

  it('is judged by its classes, where there are enough', () => {
    expect(judge(coarse, 'fp32', true, { pruned: true }).state).toBe('right');
    expect(judge({ ...coarse, sameTop: 90 }, 'fp32', true, { pruned: true }).state).toBe('wrong');
    expect(judge(coarse, 'fp32', true).state).toBe('wrong');
  });

  it('else by a standard of its own, never a stricter one than its precision’s', () => {
    const reason = 'outputs differ by 57.7% of their size (4.7 dB; a pruned file must reach 10 dB)';
    expect(judge(coarse, 'fp32', false, { pruned: true })).toEqual({ state: 'wrong', reason });
    expect(judge({ ...coarse, noise: 20 }, 'fp32', false, { pruned: true }).state).toBe('right');
    expect(judge({ ...coarse, noise: 75 }, 'int4', false, { pruned: true }).state).toBe('right');
  });
});

describe('judge of a stream', () => {
  it('knows what is no number before anything was compared', () => {
    expect(judge({ ...NOTHING_COMPARED, notFinite: 1 }, 'int8', true).state).toBe('wrong');
  });

  const stream = { sequence: speechCore.answers.sequence };
  /** 9.0 dB: too little for int8, were each input one of its own. */
  const diverged = fidelity({ compared: 200, sameTop: 195, signal: 8, noise: 1 });

  it('asks of coarse forms the reference’s side, not its numbers', () => {
    expect(judge(diverged, 'int8', true).state).toBe('wrong');
    expect(judge(diverged, 'int8', true, stream)).toEqual({ state: 'right' });
    expect(judge(diverged, 'int4', true, stream).state).toBe('right');
  });

  it('says how many are on the other side, however many decibel', () => {
    const lost = { ...diverged, sameTop: 150, signal: 1e6 };
    expect(judge(lost, 'int8', true, stream)).toEqual({
      state: 'wrong',
      reason: 'over the whole sequence, only 75.0% of 200 frames agree with the reference',
    });
  });

  it('asks of float forms both', () => {
    expect(judge(diverged, 'fp16', true, stream).state).toBe('wrong');
    expect(judge({ ...diverged, signal: 1e6 }, 'fp32', true, stream).state).toBe('right');
  });

  it('goes by decibel while few were compared', () => {
    const few = { ...diverged, compared: 10, sameTop: 5 };
    expect(judge(few, 'int8', true, stream).state).toBe('wrong');
  });
});

describe('a detector', () => {
  /** A map 6 dB above its error: int8's on photographs, where nearly all boxes are the same. */
  const found = (boxes: Fidelity['boxes'], ratio = 6) =>
    fidelity({ signal: 10 ** (ratio / 10), noise: 1, ...(boxes && { boxes }) });
  const spotted = (matched: number, count: number, expected: number) =>
    found({ matched, found: count, expected });

  it('is judged by its boxes, where there are enough of them', () => {
    expect(judge(spotted(92, 94, 94), 'int8', false)).toEqual({ state: 'right' });
    expect(judge(spotted(36, 40, 40), 'int8', false)).toEqual({ state: 'right' });
    expect(judge(spotted(35, 40, 40), 'int8', false, spottingCore.answers)).toEqual({
      state: 'wrong',
      reason:
        "of its 40 boxes and the reference's 40, only 35 match (F1 0.87; at least 0.90 is required)",
    });
  });

  it('is wrong for boxes too many as for lines missed', () => {
    expect(judge(spotted(40, 90, 40), 'int8', false).state).toBe('wrong');
    expect(judge(spotted(40, 40, 90), 'int4', false).state).toBe('wrong');
    expect(judge(spotted(0, 0, 80), 'int8', false).state).toBe('wrong');
  });

  it('is left open with few boxes, unless its map is as good as empty', () => {
    expect(judge(spotted(0, 0, 1), 'int8', false)).toEqual({ state: 'unchecked' });
    expect(judge(spotted(38, 39, 39), 'int8', false)).toEqual({ state: 'unchecked' });
    const none = { matched: 0, found: 0, expected: 3 };
    expect(judge(found(none, 0), 'int8', false).state).toBe('wrong');
    expect(judge(found(none, -3), 'unknown', false).state).toBe('wrong');
  });

  it('must besides be near in its numbers, where it computes the same function', () => {
    const all = { matched: 94, found: 94, expected: 94 };
    for (const precision of ['fp32', 'fp16'] as const) {
      expect(judge(found(all), precision, false).state).toBe('wrong');
      expect(judge(found(all, 45), precision, false).state).toBe('right');
      expect(judge(found({ ...all, matched: 80 }, 45), precision, false).state).toBe('wrong');
      // Pruning changes the function.
      expect(judge(found(all), precision, false, { pruned: true }).state).toBe('right');
    }
  });

  it('is never right with an answer that is no number', () => {
    const nan = { ...spotted(94, 94, 94), notFinite: 1 };
    expect(judge(nan, 'int8', false).state).toBe('wrong');
  });

  it('adds its boxes up; of an input seen before only the numbers', () => {
    const one = spotted(2, 3, 4);
    expect(addFidelity(NOTHING_COMPARED, one).boxes).toEqual(one.boxes);
    const both = addFidelity(one, spotted(5, 5, 5));
    expect(both.boxes).toEqual({ matched: 7, found: 8, expected: 9 });
    expect(addFidelity(both, uncounted(one))).toMatchObject({ boxes: both.boxes, compared: 2 });
    expect(sameCounts(one, spotted(2, 3, 4))).toBe(true);
    expect(sameCounts(one, spotted(2, 2, 4))).toBe(false);
  });
});
