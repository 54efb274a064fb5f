import { describe, expect, it } from 'vitest';
import { figuresOf } from '../figures/figures.ts';
import type { LaneRecord } from '../race/record.ts';
import { laneRecord, MEMORY, opened, raceRecord, times } from '../race/testing.ts';
import { verdictsOf } from './rules.ts';
import type { Evidence, Verdict } from './verdict.ts';

type More = Parameters<typeof laneRecord>[2];
const equal = { compared: 100, sameTop: 100, signal: 1e4, noise: 1, maxAbs: 1, notFinite: 0 };
const HERE = { isolated: true, cores: 4, softwareGpu: false, timerStep: 0.005 };

const fp32 = (more: More = {}) => laneRecord('fp32/wasm*', times(40, 5), more);
const int8 = (ms: number | readonly number[] = 2, more: More = {}) =>
  laneRecord('int8/wasm', typeof ms === 'number' ? times(40, ms) : ms, {
    fidelity: equal,
    variant: { operators: { QuantizeLinear: 3, DequantizeLinear: 9 } },
    ...more,
  });

function verdicts(lanes: readonly LaneRecord[], device: Partial<Evidence['device']> = {}) {
  const record = { ...raceRecord(lanes), phase: 'done' as const };
  const here = { ...HERE, ...device };
  const figures = figuresOf(record, { ...here, device: 'laptop', calibration: null });
  return verdictsOf({ record, figures, device: here });
}
const rules = (found: readonly Verdict[]) => found.map(({ rule }) => rule);
const said = (found: readonly Verdict[], rule: string) =>
  found.find((one) => one.rule === rule)?.sentence;

it('has nothing to say of a healthy race', () => {
  expect(verdicts([fp32(), int8()])).toEqual([]);
});

describe('a lane that dropped out', () => {
  const died = (name: string) => {
    const state = { name: 'died', error: { name, message: 'It could not go on.' } } as const;
    return verdicts([fp32(), int8(2, { state })]).find(({ rule }) => rule === 'dropped-out');
  };

  it('is given what helps against its own error, or nothing', () => {
    expect(died('OutOfMemoryError')?.advice).toContain('Close other tabs');
    expect(died('OperatorError')?.advice).toContain('operator');
    expect(died('ModelRejectedError')?.advice).toBe('');
    expect(died('Odd')?.sentence).toContain('dropped out: It could not go on.');
  });
});

describe('answers', () => {
  it('that are wrong come first, with the reason', () => {
    const found = verdicts([fp32(), int8(2, { fidelity: { ...equal, noise: 1e5 } })], {
      isolated: false,
    });
    expect(rules(found)).toEqual(['wrong', 'not-isolated']);
    expect(said(found, 'wrong')).toMatch(/^int8 on WASM is wrong, however fast it is: .*dB/);
  });

  it('that are drawn at random are compared with none', () => {
    const random = { operator: 'Bernoulli', node: 'coin' };
    const repeats = { ...equal, compared: 3, noise: 5000 };
    const found = verdicts([
      fp32({ repeats, variant: { random } }),
      int8(2, { variant: { random } }),
    ]);
    expect(rules(found)).toEqual(['random-inside']);
    expect(said(found, 'random-inside')).toContain('Bernoulli (“coin”) draws new random numbers');
  });

  it('that change over time are wrong too, also of the reference', () => {
    const repeats = { ...equal, compared: 3, noise: 5000 };
    expect(said(verdicts([fp32({ repeats }), int8()]), 'wrong')).toContain(
      'fp32 on WASM is wrong, however fast it is: its answer to the same input changed',
    );
  });

  it('that are less accurate than fp32 are told with both figures', () => {
    const found = verdicts([
      fp32({ labelled: 1000, correct: 990 }),
      int8(2, { labelled: 1000, correct: 980 }),
    ]);
    expect(said(found, 'less-accurate')).toBe(
      'int8 on WASM classifies 98.0% of 1000 labelled inputs correctly, fp32 99.0%.',
    );
  });

  it('of a detector are told in lines', () => {
    const found = verdicts([
      fp32({ labelled: 68, correct: 68, drawn: 70 }),
      int8(2, { labelled: 68, correct: 66, drawn: 66 }),
    ]);
    expect(said(found, 'less-accurate')).toBe(
      'int8 on WASM finds 66 of 68 labelled lines, fp32 68.',
    );
  });
});

describe('the device', () => {
  it('without isolation runs on one thread', () => {
    expect(said(verdicts([fp32()], { isolated: false, timerStep: 0.1 }), 'not-isolated')).toContain(
      'one thread of 4, and the clock has a resolution of 100 µs',
    );
  });

  const gpu = (more: More = {}) =>
    laneRecord('fp32/webgpu', times(40, 9), { fidelity: equal, ...more });

  it('may play GPU in software, whose time says nothing', () => {
    expect(rules(verdicts([fp32(), gpu()], { softwareGpu: true }))).toEqual(['software-adapter']);
  });

  it('may be slower on the GPU than on WASM', () => {
    expect(said(verdicts([fp32(), gpu()]), 'gpu-slower')).toContain(
      '1.80 times as long as on WASM',
    );
  });

  it('runs nodes without a GPU kernel on the CPU', () => {
    const placement = [
      { provider: 'WebGpuExecutionProvider', nodes: 9, operators: [] },
      { provider: 'CPUExecutionProvider', nodes: 3, operators: ['QuantizeLinear'] },
    ];
    const found = verdicts([fp32(), gpu({ opened: opened({ placement }) })]);
    expect(said(found, 'fell-back')).toContain('3 of 12 nodes of fp32 on WebGPU');
    expect(found.find(({ rule }) => rule === 'fell-back')?.remedy).toEqual({
      kind: 'race-with',
      lane: 'fp32-wasm',
    });
  });
});

describe('speed', () => {
  it('does not come from weights that are unpacked in every run', () => {
    const variant = { operators: { DequantizeLinear: 9 } };
    const found = verdicts([fp32(), int8(6, { variant })]);
    expect(rules(found)).toEqual(['weights-only']);
    expect(said(found, 'weights-only')).toContain('(takes 1.20 times as long as fp32)');
  });

  it('may come from dynamic int8, which computes in integers though a table is unpacked', () => {
    const variant = { operators: { DequantizeLinear: 1, DynamicQuantizeLinear: 13 } };
    expect(rules(verdicts([fp32(), int8(6, { variant })]))).not.toContain('weights-only');
  });

  it.each([
    [5, 'no faster than'],
    [8, 'slower than'],
  ])('may not come from a smaller file: %d ms', (ms, words) => {
    expect(said(verdicts([fp32(), int8(ms)]), 'smaller-not-faster')).toContain(words);
  });

  it('of the first run is apart', () => {
    expect(said(verdicts([fp32({ coldMs: 400 })]), 'slow-first-run')).toContain(
      '400 ms, 80.0 times the median',
    );
    expect(verdicts([fp32({ coldMs: 15 })])).toEqual([]);
  });
});

describe('doubt', () => {
  it('is told of lanes that never became steady', () => {
    expect(said(verdicts([fp32(), int8([2, 2])]), 'not-warmed')).toContain('had 2 turns');
  });

  it('is told once where several lanes never became steady', () => {
    const found = verdicts([fp32({ turns: fp32().turns.slice(0, 3) }), int8([2, 2])]);
    expect(rules(found)).toEqual(['not-warmed']);
    expect(said(found, 'not-warmed')).toContain('fp32 on WASM and int8 on WASM had 2 to 3 turns');
  });

  it('is told of wide intervals', () => {
    const wild = Array.from({ length: 40 }, (_, i) => 5 * (1 + ((i * 7) % 11) / 4));
    expect(said(verdicts([fp32(), int8(wild)]), 'noisy')).toMatch(/known only to ±\d+\.\d%/);
  });

  /** Times around 2 ms, some of them so many times as long. */
  const spiked = (times: number, isSpike: (i: number) => boolean) =>
    Array.from({ length: 160 }, (_, i) => 2 * (1 + (i % 7) / 500) * (isSpike(i) ? times : 1));
  const spiky = (turns: readonly number[]) => said(verdicts([fp32(), int8(turns)]), 'spiky');

  it('is told of spikes that hide p99, with what it is without them', () => {
    expect(spiky(spiked(15, (i) => i % 10 === 9))).toContain(
      '10.0% of int8 on WASM (p99 30.3 ms with them, 2.02 ms without)',
    );
  });

  it('is told of spikes that widen the interval, with both widths', () => {
    expect(spiky(spiked(1.5, (i) => i % 40 >= 22))).toMatch(
      /of int8 on WASM \(median known to ± \d+\.\d% with them, ± \d\.\d% without\)/,
    );
  });

  it('is not told of spikes that change nothing', () => {
    expect(spiky(spiked(1.3, (i) => i % 20 === 9))).toBeUndefined();
  });

  it('is told of a clock too coarse for the runs', () => {
    expect(said(verdicts([fp32()], { timerStep: 1 }), 'coarse-clock')).toContain('5.00 steps');
  });

  it('is told of turns that were left out, by reason', () => {
    const excluded = [
      { round: 1, why: 'hidden' },
      { round: 2, why: 'clock' },
      { round: 3, why: 'hidden' },
    ] as const;
    expect(said(verdicts([fp32({ excluded })]), 'left-out')).toBe(
      '3 turns are in no figure: 2 while this tab was hidden, 1 because a clock jumped or the device slept.',
    );
  });

  it('is told of lanes that dropped out', () => {
    const error = { name: 'LaneDiedError', message: 'Its worker ended.' };
    const found = verdicts([fp32(), int8(2, { state: { name: 'died', error } })]);
    expect(said(found, 'dropped-out')).toContain('dropped out: Its worker ended.');
  });

  it('is told of a heap that grows', () => {
    const heap = (mb: number) => ({ ...MEMORY, heap: mb * 1e6 });
    const grown = { first: heap(50), running: heap(90) };
    expect(said(verdicts([fp32({ ledger: grown })]), 'memory-grows')).toContain('40.0 MB');
    expect(verdicts([fp32({ ledger: { first: heap(50), running: heap(51) } })])).toEqual([]);
  });
});
