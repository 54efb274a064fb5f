import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from './session.ts';
import { scriptedLive } from './testing.ts';

const framesOf = (events: readonly LiveEvent<number>[]) =>
  events.flatMap((event) => (event.kind === 'frame' ? [event] : []));

describe('a live session', () => {
  it('lets lanes take turns, the first of one frame being the last of the next', async () => {
    const { events, asked } = await scriptedLive({
      lanes: { a: 600, b: 700 },
      every: 1000,
      frames: 4,
    });
    // 600 and 700 ms: each warms up in two runs.
    expect(asked.slice(4).join('')).toBe('abbaab');
    for (const { turns } of framesOf(events))
      expect(turns.map(({ lane }) => lane)).toEqual(['a', 'b']);
  });

  it('times from arrival to answer without the other lane’s turn', async () => {
    const { events } = await scriptedLive({ lanes: { a: 20, b: 5 }, every: 100, frames: 20 });
    for (const { turns } of framesOf(events)) {
      expect(turns.map(({ ms }) => ms)).toEqual([20, 5]);
      expect(turns.map(({ wholeMs }) => wholeMs)).toEqual([20, 5]);
    }
  });

  it('counts nothing of the warm-up, and has its source forget what came meanwhile', async () => {
    const { events, asked, restarts } = await scriptedLive({
      lanes: { a: 100 },
      every: 33,
      frames: 3,
    });
    expect(events[0]?.kind).toBe('warm');
    // Half a second of 100 ms, then two frames.
    expect(asked).toHaveLength(5 + 2);
    expect(restarts()).toBe(1);
    expect(framesOf(events)[0]?.frame.offered).toBe(1);
  });

  it('asks no lane about a frame that holds nothing', async () => {
    const { events } = await scriptedLive({
      lanes: { a: 1 },
      every: 10,
      frames: 9,
      holds: (frame) => frame % 2 === 0,
    });
    const frames = framesOf(events);
    expect(frames.filter(({ turns }) => turns.length === 0).length).toBeGreaterThan(2);
    for (const { frame, turns } of frames) expect(turns.length).toBe(frame.shown % 2 === 0 ? 1 : 0);
  });

  it('ends with its signal, and says why', async () => {
    let left = 20;
    const throwIfAborted = () => {
      if (--left === 0) throw new RangeError('stopped');
    };
    const run = scriptedLive({
      lanes: { a: 1 },
      every: 10,
      frames: 1000,
      more: { signal: { throwIfAborted } },
    });
    await expect(run).rejects.toThrow('stopped');
  });

  it('says of a frame that it was disturbed, and starts anew after it', async () => {
    let calls = 0;
    const { events, restarts } = await scriptedLive({
      lanes: { a: 1 },
      every: 10,
      frames: 6,
      more: { disturbed: () => ++calls === 5 },
    });
    expect(framesOf(events).filter(({ hidden }) => hidden)).toHaveLength(1);
    expect(restarts()).toBe(2);
  });

  it('never runs two lanes at once, whatever they take', async () => {
    const times = fc.integer({ min: 1, max: 90 });
    await fc.assert(
      fc.asyncProperty(times, times, times, async (a, b, every) => {
        const { events, clock } = await scriptedLive({ lanes: { a, b }, every, frames: 12 });
        const frames = framesOf(events);
        const last = frames.at(-1);
        expect(last?.ended).toBe(clock());
        frames.forEach(({ frame, ended }, i) => {
          expect(ended - frame.at).toBe(a + b);
          expect(frame.at).toBeGreaterThanOrEqual(frames[i - 1]?.ended ?? 0);
        });
      }),
    );
  });
});
