import { describe, expect, it } from 'vitest';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import { RecurrentStates } from './recurrentState.ts';

const PLAIN: FeedSet = { count: 5, inputs: [] };
const SET: FeedSet = { ...PLAIN, recurrent: [{ output: 'stateN', input: 'state' }], starts: [3] };

describe('what is carried from feed to feed', () => {
  it('is given to the next feed, and to none where memory begins anew', () => {
    const states = new RecurrentStates<string>();
    const given = [0, 1, 2, 3, 4].map((index) => {
      const before = states.before(SET, index);
      states.after(SET, index, { stateN: `left by ${index}`, other: 'x' });
      return before;
    });
    expect(given).toEqual([
      {},
      { state: 'left by 0' },
      { state: 'left by 1' },
      {},
      { state: 'left by 3' },
    ]);
  });

  it('begins anew with the first feed, however often', () => {
    const states = new RecurrentStates<string>();
    states.after(SET, 0, { stateN: 'a' });
    expect(states.before(SET, 0)).toEqual({});
    expect(states.before(SET, 1)).toEqual({ state: 'a' });
  });

  it('is not made up for a feed whose predecessor was not run', () => {
    const states = new RecurrentStates<string>();
    states.after(SET, 0, { stateN: 'a' });
    expect(() => states.before(SET, 2)).toThrow('Feed 2 needs what feed 1 leaves.');
  });

  it('is nothing for models without a memory, in any order', () => {
    const states = new RecurrentStates<string>();
    expect(states.before(PLAIN, 4)).toEqual({});
  });
});
