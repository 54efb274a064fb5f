import { describe, expect, it } from 'vitest';
import { sharedWords } from '../../tasks/spotting/core/words.ts';
import type { LaneFigures } from '../figures/figures.ts';
import { NOTHING_COMPARED } from '../race/fidelity.ts';
import { lane } from '../race/testing.ts';
import type { PairedRatio } from '../stats/paired.ts';
import { headlineOf } from './headline.ts';

/** A steady lane's figures; `ms` is its median. */
function fig(text: string, ms: number, more: Partial<LaneFigures> = {}, bytes = 1000): LaneFigures {
  return {
    lane: lane(text, { bytes }),
    state: { name: 'finished' },
    first: ms,
    steadyAt: 0,
    steady: {
      samples: 1200,
      median: ms,
      p95: ms,
      p99: ms,
      spikes: { count: 0, share: 0 },
      intervals: null,
      drift: null,
      perSecond: 1000 / ms,
    },
    early: null,
    energy: null,
    memory: null,
    speedup: null,
    correctness: text.endsWith('*') ? { state: 'reference' } : { state: 'right' },
    agreement: null,
    boxes: null,
    shared: null,
    compared: NOTHING_COMPARED.compared,
    accuracy: null,
    timerDoubt: 0,
    batch: 1,
    excluded: { hidden: 0, clock: 0 },
    ...more,
  };
}

const ratio = (value: number, low = value, high = value, pairs = 30): PairedRatio => ({
  ratio: value,
  interval: pairs < 6 ? null : { low, high },
  pairs,
});
const racing = (text: string, value: PairedRatio, more: Partial<LaneFigures> = {}, bytes = 1000) =>
  fig(text, 10 / value.ratio, { speedup: value, ...more }, bytes);

const reference = fig('fp32/wasm*', 10);
const wrong = { correctness: { state: 'wrong', reason: '3 output numbers are NaN' } } as const;
const died = {
  state: { name: 'died', error: { name: 'LaneDiedError', message: 'gone' } },
} as const;

function said(...figures: readonly LaneFigures[]): { sentence: string; evidence: string } | null {
  const headline = headlineOf(figures, 'digits', false);
  if (!headline) return null;
  return { ...headline, sentence: headline.sentence.map(({ text }) => text).join('') };
}

describe('two lanes', () => {
  it('reads as one sentence, with size and agreement', () => {
    const best = { agreement: 0.9985, compared: 2000 };
    expect(said(reference, racing('int8/wasm', ratio(1.5, 1.4, 1.6), best, 250))).toEqual({
      sentence:
        'On this device int8 on WASM is 1.50 times as fast as fp32 on WASM, is 4.00 times smaller and agrees with it on 99.9% of 2,000 digits.',
      evidence: '95% interval 1.40 to 1.60 times as fast, from 30 interleaved rounds.',
    });
  });

  it('counts the boxes of detectors', () => {
    const clause = (matched: number, found: number, expected: number) => {
      const shared = sharedWords({ matched, found, expected });
      return said(reference, racing('int8/wasm', ratio(2), { shared }))
        ?.sentence.split(' and ')
        .slice(1)
        .join(' and ');
    };
    expect(clause(92, 94, 94)).toBe('draws 92 of its 94 boxes (and 2 others).');
    expect(clause(1, 2, 1)).toBe('draws 1 of its 1 box (and 1 other).');
    expect(clause(0, 0, 3)).toBe('draws 0 of its 3 boxes.');
    expect(clause(0, 0, 0)).toBe('draws no box either.');
    expect(clause(0, 3, 0)).toBe('draws 3 boxes, it none.');
  });

  it('emphasises the lane that it is about, and nothing else', () => {
    const segments = headlineOf(
      [reference, racing('int8/webgpu', ratio(2))],
      'digits',
      false,
    )?.sentence;
    expect(segments?.filter((segment) => segment.lane).map(({ text }) => text)).toEqual([
      'int8 on WebGPU is 2.00 times as fast',
    ]);
  });

  it('gives interval and sentence in one direction, and the range of what is known no better', () => {
    const slower = said(reference, racing('int8/wasm', ratio(0.69, 0.65, 0.75)));
    expect(slower?.sentence).toContain('int8 on WASM takes 1.45 times as long as fp32 on WASM');
    expect(slower?.evidence).toContain('95% interval 1.33 to 1.54 times as long');
    const wide = said(reference, racing('int8/wasm', ratio(1.72, 1.57, 4.68)));
    expect(wide?.sentence).toContain('int8 on WASM is 1.57 to 4.68 times as fast as fp32');
    expect(wide?.evidence).toContain('median 1.72');
  });

  it('says "as long" of a slower lane, and larger files too', () => {
    const slow = racing('int8/wasm', ratio(0.5), {}, 2000);
    expect(said(reference, slow)?.sentence).toBe(
      'On this device int8 on WASM takes 2.00 times as long as fp32 on WASM and is 2.00 times larger.',
    );
  });

  it.each([
    [0.9, 1.2],
    [1, 1.2],
    [0.9, 1],
  ])('finds no difference while the interval %f to %f holds 1', (low, high) => {
    const same = racing('int8/wasm', ratio(1.05, low, high));
    expect(said(reference, same)?.sentence).toBe(
      'On this device int8 on WASM shows no significant difference in speed from fp32 on WASM.',
    );
  });

  it('says nothing of sizes within 5%', () => {
    for (const bytes of [960, 1040]) {
      expect(said(reference, racing('int8/wasm', ratio(2), {}, bytes))?.sentence).not.toContain(
        'space',
      );
    }
  });

  it.each([
    [1, 'gives the same answer'],
    [0, 'gives another answer'],
  ])('of a single input with agreement %d says that it %s', (agreement, words) => {
    const one = racing('int8/wasm', ratio(2), { agreement, compared: 1 });
    expect(said(reference, one)?.sentence).toContain(`as fp32 on WASM and ${words}.`);
  });

  it('says why an interval beside 1 is no difference: two sessions of one model differ too', () => {
    const near = said(reference, racing('int8/wasm', ratio(1.007, 1.005, 1.009)));
    expect(near?.sentence).toContain('no significant difference');
    expect(near?.evidence).toContain('Two sessions of one model differ by up to');
    const around = said(reference, racing('int8/wasm', ratio(1, 0.99, 1.01)));
    expect(around?.evidence).toBe(
      '95% interval 0.990 to 1.01 times as fast, from 30 interleaved rounds.',
    );
  });

  it('says when rounds resemble each other too much for an interval', () => {
    const alike = racing('int8/wasm', { ratio: 2, interval: null, pairs: 80 });
    expect(said(reference, alike)?.evidence).toContain('count as fewer than 6');
  });

  it('says when there are too few rounds for an interval', () => {
    expect(said(reference, racing('int8/wasm', ratio(2, 2, 2, 5)))?.evidence).toBe(
      'Too few rounds (5) for an interval.',
    );
  });
});

describe('several lanes', () => {
  const fast = racing('int8/wasm', ratio(3));
  const middle = racing('fp16/webgpu', ratio(1.5));
  const slow = racing('fp32/webgpu', ratio(0.25));

  it('are led by the largest speed-up, in whatever order they come', () => {
    for (const figures of [
      [reference, middle, fast, slow],
      [slow, fast, reference, middle],
    ]) {
      expect(said(...figures)?.sentence).toMatch(/^On this device int8 on WASM is 3.00 times/);
    }
  });

  it('are each named when slower than the reference', () => {
    expect(said(reference, fast, middle, slow)?.evidence).toBe(
      '95% interval 3.00 to 3.00 times as fast, from 30 interleaved rounds. fp32 on WebGPU takes 4.00 times as long (95% interval 4.00 to 4.00 times as long).',
    );
  });

  // As in the headline, no lane is slower whose interval holds 1.
  it('are not called slower without significance', () => {
    const unsure = racing('fp32/webgpu', ratio(0.9, 0.6, 1.3));
    expect(said(reference, fast, unsure)?.evidence).not.toContain('as long');
  });
});

describe('a lane that must not win', () => {
  it('is passed over when wrong, and named with the reason', () => {
    const result = said(
      reference,
      racing('int8/wasm', ratio(9), wrong),
      racing('fp16/wasm', ratio(2)),
    );
    expect(result?.sentence).toContain('fp16 on WASM is 2.00 times as fast');
    expect(result?.sentence).toMatch(/\. int8 on WASM is wrong\.$/);
    expect(result?.evidence).toMatch(
      / int8 on WASM is wrong and cannot win: 3 output numbers are NaN\.$/,
    );
  });

  it('says what random inputs cannot tell, where answers were compared on them', () => {
    const raced = racing('int8/wasm', ratio(2), { compared: 1 });
    const evidence = (noise: boolean, ...lanes: LaneFigures[]) =>
      headlineOf([reference, ...lanes], 'inputs', noise)?.evidence;
    expect(evidence(true, raced)).toMatch(/ Inputs were random numbers, which cannot show/);
    expect(evidence(false, raced)).not.toContain('random numbers');
    expect(evidence(true)).not.toContain('random numbers');
  });

  it('is passed over when it died, and named', () => {
    const result = said(
      reference,
      racing('int8/wasm', ratio(9), died),
      racing('fp16/wasm', ratio(2)),
    );
    expect(result?.sentence).toContain('fp16 on WASM is 2.00 times as fast');
    expect(result?.evidence).toMatch(/ int8 on WASM dropped out\.$/);
  });

  it('leaves the reference alone when no other is left', () => {
    expect(said(reference, racing('int8/wasm', ratio(9), wrong))).toEqual({
      sentence:
        'On this device fp32 on WASM takes 10.0 ms per inference; the model is 1.00 KB. int8 on WASM is wrong.',
      evidence:
        'Median of 1,200 steady samples. int8 on WASM is wrong and cannot win: 3 output numbers are NaN.',
    });
  });

  it('is all that can be said when every lane is gone', () => {
    expect(said(fig('fp32/wasm*', 1, died), fig('int8/wasm', 1, died))).toEqual({
      sentence: 'fp32 on WASM dropped out. int8 on WASM dropped out.',
      evidence: '',
    });
  });
});

describe('little to say', () => {
  it('is nothing before a lane is steady', () => {
    expect(said()).toBeNull();
    expect(said(fig('fp32/wasm*', 10, { steady: null }))).toBeNull();
  });

  it('has the interval of its median once there is one', () => {
    const interval = { low: 9.91, high: 10.13 };
    const { steady } = reference;
    const intervals = { median: interval, p95: null, p99: null };
    const known = { ...reference, steady: steady && { ...steady, intervals } };
    expect(said(known)?.evidence).toBe(
      'Median of 1,200 steady samples, 95% interval 9.91 to 10.1 ms.',
    );
  });

  it('is the one steady lane, reference or not', () => {
    expect(said(reference)?.sentence).toContain('fp32 on WASM takes 10.0 ms');
    expect(said(fig('fp32/wasm*', 1, { steady: null }), fig('int8/webgpu', 1500))?.sentence).toBe(
      'On this device int8 on WebGPU takes 1.50 s per inference; the model is 1.00 KB.',
    );
  });

  it('keeps the name of a dropped file that has a comma', () => {
    const named = { ...lane('x/wasm*', { title: 'net, v2.onnx' }) };
    expect(said({ ...reference, lane: named })?.sentence).toContain('net, v2.onnx on WASM');
  });
});
