import { describe, expect, it } from 'vitest';
import type { Answers, Timing } from '../proof/proof.ts';
import { compressHeadline, correctnessOf, type Standing } from './headline.ts';

const answers = (more: Partial<Answers> = {}): Answers => ({
  fidelity: { compared: 1000, sameTop: 990, signal: 1000, noise: 1, maxAbs: 0.1, notFinite: 0 },
  cosine: 0.999,
  classes: { known: true, top1: 0.99, top5: null, accuracy: null, perClass: [], flipped: [] },
  inputs: '1,000 digits',
  noise: false,
  random: null,
  ...more,
});

const timing = (low: number, high: number, pairs = 40): Timing => ({
  backend: 'WASM, 2 threads',
  originalMs: 10,
  variantMs: 10 / ((low + high) / 2),
  speedup: { ratio: (low + high) / 2, interval: pairs < 6 ? null : { low, high }, pairs },
  ran: { int8: 5, float: 1 },
});

const standing = (more: Partial<Standing> = {}): Standing => ({
  id: 'made1',
  title: 'Static int8',
  precision: 'int8',
  pruned: false,
  size: { bytes: 100, gzip: 80 },
  original: { bytes: 400, gzip: 370 },
  answers: answers(),
  timing: timing(1.5, 1.7),
  ...more,
});

const said = (...all: Standing[]) =>
  compressHeadline(all)
    ?.sentence.map(({ text }) => text)
    .join('')
    .trim();

describe('the headline of a compression', () => {
  it('says size, speed and answers', () => {
    expect(said(standing())).toBe(
      'Static int8 is 4.00 times smaller and 1.60 times as fast here, with the same answer on 99.0% of 1,000 inputs.',
    );
    expect(compressHeadline([standing()])?.evidence).toBe(
      '95% interval 1.50 to 1.70 times as fast, from 40 interleaved rounds on WASM, 2 threads. 5 of 6 convolutions and matrix products ran in integers.',
    );
  });

  it('counts answers where a share would look finer than it is', () => {
    const few = answers({
      fidelity: { ...answers().fidelity, compared: 11 },
      classes: {
        known: true,
        top1: 10 / 11,
        top5: null,
        accuracy: null,
        perClass: [],
        flipped: [],
      },
    });
    expect(said(standing({ answers: few }))).toContain('with the same answer on 10 of 11 inputs');
  });

  it.each([
    [timing(0.9, 1.1), 'but shows no significant difference in speed here'],
    [timing(0.49, 0.51), 'but takes 2.00 times as long here'],
    [timing(1.5, 1.7, 3), 'but ran too few rounds here to tell its speed'],
  ])('claims no speed that was not shown', (raced, words) => {
    expect(said(standing({ timing: raced }))).toContain(`4.00 times smaller ${words}`);
  });

  it('gives the interval in the direction of its sentence, and the range where it is wide', () => {
    const slower = standing({ timing: timing(0.65, 0.73) });
    expect(said(slower)).toContain('takes 1.45 times as long here');
    expect(compressHeadline([slower])?.evidence).toContain(
      '95% interval 1.37 to 1.54 times as long',
    );
    expect(said(standing({ timing: timing(1.5, 2.5) }))).toContain(
      '1.50 to 2.50 times as fast here',
    );
  });

  it('tells what is known before the rest has been measured', () => {
    expect(said(standing({ timing: null, answers: null }))).toBe(
      'Static int8 is 4.00 times smaller.',
    );
    expect(said(standing({ original: null, answers: null, timing: timing(0.49, 0.51) }))).toBe(
      'Static int8 takes 2.00 times as long here.',
    );
    expect(compressHeadline([])).toBeNull();
  });

  it('says that zeros shrink the download only', () => {
    const pruned = standing({
      title: 'Pruned 50%',
      precision: 'fp32',
      pruned: true,
      size: { bytes: 400, gzip: 200 },
      timing: timing(0.95, 1.05),
    });
    expect(said(pruned)).toContain(
      'is the same size on disk, 1.85 times smaller to download but shows',
    );
    expect(compressHeadline([pruned])?.evidence).toContain('still multiplies by them');
    expect(correctnessOf(pruned).state).toBe('right');
  });

  const half = { known: true, top1: 0.5, top5: null, accuracy: null, perClass: [], flipped: [] };

  it('says first of a wrong variant that it is wrong, by the thresholds of races', () => {
    expect(said(standing({ answers: answers({ classes: half }) }))).toBe(
      "Static int8 is wrong: it predicts the reference's class for only 50.0% of 1000 inputs. It is 4.00 times smaller and 1.60 times as fast here.",
    );
    const coarse = { ...answers().fidelity, noise: 380 };
    expect(said(standing({ answers: answers({ classes: null, fidelity: coarse }) }))).toMatch(
      /^Static int8 is wrong: outputs differ by 61\.6% of their size \(4\.2 dB; int8 must reach 10 dB\)\. It is/,
    );
  });

  it('tells nothing of classes on noise, nor where they are guessed from a shape', () => {
    const noise = standing({ answers: answers({ noise: true, classes: { ...half, top1: 1 } }) });
    expect(said(noise)).toMatch(
      /, with outputs that differ by 3\.16% of their size \(30\.0 dB SQNR\) on 1,000 noise inputs\. Noise cannot show how it answers real inputs\.$/,
    );
    const guessed = standing({ answers: answers({ classes: { ...half, known: false } }) });
    expect(said(guessed)).toMatch(/, with outputs that differ by .* on 1,000 inputs\.$/);
    expect(correctnessOf(guessed).state).toBe('right');
    const coarse = { ...answers().fidelity, noise: 380 };
    const broken = standing({ answers: answers({ noise: true, fidelity: coarse }) });
    expect(said(broken)).toMatch(/^Static int8 is wrong on noise: outputs differ/);
  });

  it('compares no answers of a model that draws random numbers', () => {
    const random = { operator: 'RandomNormalLike', node: 'eps' };
    const drawn = standing({
      answers: answers({ random, noise: true, fidelity: { ...answers().fidelity, noise: 2000 } }),
    });
    expect(said(drawn)).toBe(
      'Static int8 is 4.00 times smaller and 1.60 times as fast here. Its answers cannot be compared: RandomNormalLike (“eps”) draws new random numbers in every run.',
    );
    expect(correctnessOf(drawn).state).toBe('random');
  });

  it('adds the fastest right variant where the newest is not it', () => {
    const slow = standing({ title: 'Small weights', timing: timing(0.4, 0.6) });
    expect(said(standing(), slow)).toMatch(/^Small weights .* Static int8 is 4.00 times smaller/);
    expect(said(slow, standing())).not.toContain('Small weights');
    const wrong = standing({
      title: 'Broken',
      timing: timing(3, 4),
      answers: answers({
        classes: { known: true, top1: 0.2, top5: null, accuracy: null, perClass: [], flipped: [] },
      }),
    });
    expect(said(wrong, slow)).not.toContain('Broken');
  });
});
