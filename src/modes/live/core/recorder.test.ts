import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classAnswers, type LiveAnswers } from '../../../core/live/answer.ts';
import { quantile } from '../../../core/stats/quantiles.ts';
import { LiveRecorder, MAX_RECENT } from './recorder.ts';
import { Ring } from './ring.ts';
import type { LiveEvent } from './session.ts';
import { named, scriptedLive } from './testing.ts';

const same: LiveAnswers['same'] = classAnswers.same as LiveAnswers['same'];

type Frame = Extract<LiveEvent<number>, { kind: 'frame' }>;

function frame(at: number, more: Partial<Frame> & { offered?: number } = {}): Frame {
  const { offered = 1, ...rest } = more;
  return {
    kind: 'frame',
    frame: { at, offered, prepareMs: 1, feeds: null, read: () => named(0), shown: at },
    turns: [{ lane: 'a', ms: 10, wholeMs: 20, answer: named(0) }],
    ended: at + 20,
    hidden: false,
    ...rest,
  };
}

/** A recorder of lanes that are warm. */
function recorderOf(deadline: number, ...lanes: readonly string[]) {
  const recorder = new LiveRecorder<number, string>(
    lanes,
    deadline,
    (shown) => `frame ${shown}`,
    same,
  );
  recorder.apply({ kind: 'warm' });
  return recorder;
}

const twoTurns = (a: number, b: number) => [
  { lane: 'a', ms: 10, wholeMs: 20, answer: named(a) },
  { lane: 'b', ms: 10, wholeMs: 20, answer: named(b) },
];

describe('a ring', () => {
  it('holds the latest numbers, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.double({ noNaN: true })),
        (size, all) => {
          const ring = new Ring(size);
          for (const value of all) ring.push(value);
          expect([...ring.latest()]).toEqual(all.slice(-size));
          expect([...ring.sorted()]).toEqual([...Float64Array.from(all.slice(-size)).sort()]);
        },
      ),
    );
  });
});

describe('the record of a live session', () => {
  it('counts what arrived as run, skipped or empty, and nothing else', async () => {
    const times = fc.integer({ min: 1, max: 90 });
    await fc.assert(
      fc.asyncProperty(times, times, async (ms, every) => {
        const { events } = await scriptedLive({
          lanes: { a: ms },
          every,
          frames: 40,
          holds: (number) => number % 5 !== 0,
        });
        const recorder = new LiveRecorder<number, number>(['a'], 33, (shown) => shown, same);
        for (const event of events) recorder.apply(event);
        const { offered, run, skipped, empty } = recorder.snapshot();
        expect(offered).toBe(run + skipped + empty);
        const warm = events.findIndex(({ kind }) => kind === 'warm');
        const seen = events
          .slice(warm)
          .flatMap((event) => (event.kind === 'frame' ? [event.frame.shown] : []));
        const [first = 0, last = 0] = [seen[0], seen.at(-1)];
        expect(offered).toBe(last - first + 1);
      }),
    );
  });

  it('knows the rate at which frames are answered', async () => {
    const { events } = await scriptedLive({ lanes: { a: 45 }, every: 20, frames: 50 });
    const recorder = recorderOf(20, 'a');
    for (const event of events) recorder.apply(event);
    const { perSecond, lanes, run, skipped } = recorder.snapshot();
    // Every third frame: 60 ms.
    expect(perSecond).toBeCloseTo(1000 / 60);
    expect(skipped).toBe(2 * (run - 1));
    expect(lanes[0]).toMatchObject({ missed: run, late: run, realTime: 45 / 20 });
  });

  it('tells a late answer from a long inference', () => {
    const recorder = recorderOf(15, 'a');
    for (let at = 0; at < 300; at += 100) recorder.apply(frame(at));
    expect(recorder.snapshot().lanes[0]).toMatchObject({ missed: 0, late: 3 });
  });

  it('keeps the times of the latest frames only, and counts all', () => {
    const recorder = recorderOf(15, 'a');
    const many = 3 * MAX_RECENT;
    for (let i = 0; i < many; i++) {
      const turns = [{ lane: 'a', ms: i, wholeMs: i, answer: named(0) }];
      recorder.apply(frame(i, { turns, ended: i }));
    }
    const { run, lanes } = recorder.snapshot();
    const latest = Array.from({ length: MAX_RECENT }, (_, i) => many - MAX_RECENT + i);
    expect(run).toBe(many);
    expect(lanes[0]?.inference.over).toBe(MAX_RECENT);
    expect(lanes[0]?.inference.p50).toBeCloseTo(quantile(latest, 0.5), 0);
    expect(lanes[0]?.missed).toBe(many - 16);
  });

  it('leaves out frames of a hidden tab, and what passed meanwhile', () => {
    const recorder = recorderOf(100, 'a');
    recorder.apply(frame(0));
    recorder.apply(frame(100));
    recorder.apply(frame(200, { hidden: true, offered: 3 }));
    recorder.apply(frame(60_000, { offered: 500 }));
    recorder.apply(frame(60_100, { offered: 2 }));
    const { offered, run, skipped, excluded, perSecond } = recorder.snapshot();
    expect({ offered, run, skipped, excluded }).toEqual({
      offered: 5,
      run: 4,
      skipped: 1,
      excluded: 1,
    });
    expect(perSecond).toBeCloseTo(10);
  });

  it('keeps the latest disagreements, those that go on as one', () => {
    const recorder = recorderOf(100, 'a', 'b');
    const say = (at: number, a: number, b: number) =>
      recorder.apply(frame(at, { turns: twoTurns(a, b) }));
    say(0, 1, 1);
    say(1, 1, 2);
    say(2, 1, 2);
    say(3, 1, 3);
    say(4, 4, 4);
    say(5, 1, 3);
    const { same, run, disagreements } = recorder.snapshot();
    expect([same, run]).toEqual([2, 6]);
    expect(disagreements.map(({ kept, frames }) => [kept, frames])).toEqual([
      ['frame 5', 1],
      ['frame 3', 1],
      ['frame 1', 2],
    ]);
    for (let at = 10; at < 1000; at++) say(at, at, at + 1);
    expect(recorder.snapshot().disagreements).toHaveLength(6);
  });

  it('counts nothing before lanes are warm', () => {
    const recorder = new LiveRecorder<number, number>(['a'], 100, (shown) => shown, same);
    recorder.apply(frame(0, { turns: [] }));
    expect(recorder.snapshot()).toMatchObject({ offered: 0, empty: 0 });
  });

  it('has nothing to compare with one lane', () => {
    const recorder = recorderOf(100, 'a');
    recorder.apply(frame(0));
    expect(recorder.snapshot().same).toBeNull();
  });
});
