import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleQueue } from './sampleQueue.ts';

/** Pushes blocks of consecutive numbers and takes now and then: what came out. */
function run(most: number, steps: readonly (number | 'take')[]) {
  const queue = new SampleQueue(most);
  const taken: number[] = [];
  let next = 0;
  for (const step of steps) {
    if (step === 'take') taken.push(...queue.take());
    else queue.push(Float32Array.from({ length: step }, () => next++));
  }
  taken.push(...queue.take());
  return { queue, taken, pushed: next };
}

const STEPS = fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant('take' as const)));

describe('samples on their way', () => {
  it('come out in order, each once, none lost within the bound', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const { queue, taken, pushed } = run(1e6, steps);
        expect(taken).toEqual(Array.from({ length: pushed }, (_, i) => i));
        expect([queue.lost, queue.held]).toEqual([0, 0]);
      }),
    );
  });

  it('are lost beyond the bound, the oldest first, and counted', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const { queue, taken, pushed } = run(30, steps);
        expect(taken.length + queue.lost).toBe(pushed);
        expect(taken).toEqual(taken.toSorted((a, b) => a - b));
        expect(taken.at(-1)).toBe(pushed > 0 ? pushed - 1 : undefined);
      }),
    );
    expect(run(30, [20, 20]).taken[0]).toBe(20);
  });

  it('keep a block that is longer than the bound', () => {
    expect(run(3, [5]).taken).toHaveLength(5);
  });
});
