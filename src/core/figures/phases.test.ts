import { describe, expect, it } from 'vitest';
import { laneRecord, opened } from '../race/testing.ts';
import type { Fetched } from '../session/runner.ts';
import { phasesOf, phasesSentence } from './phases.ts';

const file = (from: Fetched['from'], ms: number): Fetched => ({ name: 'a', bytes: 1, ms, from });

const started = opened({
  fetched: [file('page', 0), file('cache', 12)],
  runtimeMs: 300,
  sessionMs: 10,
});
const lane = (turns: readonly number[], coldMs: number | null = 20) =>
  laneRecord('fp32/wasm', turns, { opened: started, coldMs });

const phases = (record = lane([5, 4, 1, 1]), steadyAt = 2) => {
  const found = phasesOf(record, steadyAt);
  if (!found) throw new Error('no phases');
  return found;
};

describe('a lane’s phases', () => {
  it('are those that took time, in order, and add up to the first answer', () => {
    const { steps, toFirst, warming, from } = phases();
    expect(steps).toEqual([
      { phase: 'download', ms: 12 },
      { phase: 'runtime', ms: 300 },
      { phase: 'session', ms: 10 },
      { phase: 'first', ms: 20 },
      { phase: 'warming', ms: 9 },
    ]);
    expect({ toFirst, warming, from }).toEqual({ toFirst: 342, warming: 9, from: 'cache' });
  });

  it('count every inference of a warming turn, also those timed together', () => {
    const [turn] = lane([0]).turns;
    if (!turn) throw new Error('no turn');
    const batched = { ...turn, ms: Float64Array.of(2, 3), batch: 10 };
    expect(phasesOf({ ...lane([]), turns: [batched, turn] }, 1)?.warming).toBe(50);
  });

  it('lack what was not reached', () => {
    expect(phasesOf(laneRecord('fp32/wasm', []), 0)).toBeNull();
    const early = phases(lane([], null), 0);
    expect(early).toMatchObject({ toFirst: null, warming: null });
    expect(early.steps.map(({ phase }) => phase)).toEqual(['download', 'runtime', 'session']);
    expect(phasesSentence(early)).toBeNull();
  });

  it('have no warming while every turn so far is warming', () => {
    expect(phases(lane([5, 4]), 2).warming).toBeNull();
  });

  it('leave out a download that took no time', () => {
    const here = opened({ fetched: [file('page', 0)], runtimeMs: 1, sessionMs: 1 });
    const { steps, from } = phases({ ...lane([1]), opened: here }, 0);
    expect([steps[0]?.phase, from]).toEqual(['runtime', 'page']);
  });
});

describe('the sentence', () => {
  it('says the largest part and when it is steady', () => {
    expect(phasesSentence(phases())).toBe(
      'fp32, WASM: 342 ms to the first inference, most of it starting the runtime; steady after another 9.00 ms of running.',
    );
  });

  it('says "the largest part" of what is no majority', () => {
    const even = { ...lane([1]), opened: { ...started, runtimeMs: 30 }, coldMs: 25 };
    expect(phasesSentence(phases(even, 0))).toContain(
      'the largest part of it starting the runtime; steady at once',
    );
  });

  it('does not call a lane steady that is not', () => {
    expect(phasesSentence(phases(lane([9]), 1))).toContain('; not steady yet.');
  });
});
