import { describe, expect, it } from 'vitest';
import { activePower, estimateEnergy, tierSentence } from './estimate.ts';

const wasm = (threads: number) => ({ kind: 'wasm', threads }) as const;
const gpu = { kind: 'webgpu' } as const;

describe('activePower', () => {
  it.each([
    [wasm(1), 'laptop', 4],
    [wasm(4), 'laptop', 16],
    // At most what the chip sheds.
    [wasm(8), 'laptop', 20],
    [wasm(8), 'phone', 4],
    [gpu, 'desktop', 75],
  ] as const)('of %o on a %s is %d W', (backend, device, watts) => {
    expect(activePower(backend, device, 8, false)).toBe(watts);
  });

  it('of a software adapter is the CPU’s', () => {
    expect(activePower(gpu, 'laptop', 2, true)).toBe(8);
  });
});

describe('estimateEnergy', () => {
  it('is time times power within a factor of 2 for a known class', () => {
    // 10 ms at 20 W is 0.2 J; with 6 W idle 0.26 J.
    const { marginal, total, tier } = estimateEnergy(10, 20, 'laptop');
    expect(tier).toBe('class');
    expect(marginal).toEqual({ low: 0.1, high: 0.4 });
    expect(total.low).toBeCloseTo(0.13, 12);
    expect(total.high).toBeCloseTo(0.52, 12);
  });

  it('is within a factor of 3 for an unknown one, and both say that no meter was read', () => {
    const { marginal, tier } = estimateEnergy(3, 10, 'unknown');
    expect(marginal.low).toBeCloseTo(0.01, 12);
    expect(marginal.high).toBeCloseTo(0.09, 12);
    for (const each of [tier, 'class'] as const) {
      expect(tierSentence(each)).toMatch(/Estimate.*No meter was read/);
    }
  });
});
