/** Lanes and frames by script, on a clock that only they move. */

import type { ClassesAnswer } from '../../../core/live/answer.ts';
import type { LiveFrame } from '../../../core/live/frame.ts';
import { logits, MEMORY } from '../../../core/race/testing.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { type LiveEvent, type LiveOptions, type LiveRunner, runLive } from './session.ts';

/** An answer that names one class. */
export const named = (index: number): ClassesAnswer => ({
  top: [{ index, label: `class ${index}`, probability: 1 }],
});

interface ScriptedLive {
  /** Time of one inference of each lane. */
  readonly lanes: Readonly<Record<string, Milliseconds>>;
  /** How often frames arrive. */
  readonly every: Milliseconds;
  /** How many are given. */
  readonly frames: number;
  /** The class that a lane names in a frame; 0 where it is not said. */
  readonly says?: (lane: string, frame: number) => number;
  /** Whether a frame holds something to ask about; all do where it is not said. */
  readonly holds?: (frame: number) => boolean;
  readonly more?: Partial<LiveOptions<number>>;
}

export interface LiveScript {
  readonly events: LiveEvent<number>[];
  /** "int8" for each inference, in order. */
  readonly asked: string[];
  /** How often the source was told to forget. */
  readonly restarts: () => number;
  readonly clock: () => Milliseconds;
}

const FEEDS = { count: 1, inputs: [] };

/** Frames arrive at whole multiples of `every`; the one that is given is the first not yet past. */
export async function scriptedLive(script: ScriptedLive): Promise<LiveScript> {
  const { lanes, every, frames, says = () => 0, holds = () => true, more } = script;
  let now: Milliseconds = 0;
  let last: number | null = null;
  let given = 0;
  let restarts = 0;
  const events: LiveEvent<number>[] = [];
  const asked: string[] = [];
  const runnerOf = (id: string, ms: Milliseconds): LiveRunner => ({
    load: async () => {},
    turn: async () => {
      now += ms;
      asked.push(id);
      return { ms: Float64Array.of(ms), outputs: [logits(0)], memory: MEMORY };
    },
  });
  const next = async (): Promise<LiveFrame<number> | null> => {
    if (given === frames) return null;
    const number: number = Math.max(Math.ceil(now / every), (last ?? -1) + 1);
    now = Math.max(now, number * every);
    const offered = last === null ? 1 : number - last;
    last = number;
    given++;
    return {
      at: now,
      offered,
      prepareMs: 0,
      feeds: holds(number) ? () => FEEDS : null,
      read: (lane) => named(says(lane, number)),
      shown: number,
    };
  };
  await runLive<number>({
    lanes: Object.entries(lanes).map(([id, ms]) => ({ id, runner: runnerOf(id, ms) })),
    frames: {
      next,
      restart: () => {
        restarts++;
        last = Math.floor(now / every);
      },
    },
    clock: () => now,
    ready: async () => {},
    disturbed: () => false,
    signal: { throwIfAborted: () => {} },
    emit: (event) => events.push(event),
    ...more,
  });
  return { events, asked, restarts: () => restarts, clock: () => now };
}
