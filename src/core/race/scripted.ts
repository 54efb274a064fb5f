/** A race of lanes that run by script, on a clock that only they move: exact in every number. */

import type { LaneOpened, LaneRunner, Slot, TurnRequest } from '../session/runner.ts';
import type { FeedSet } from '../tensors/tensors.ts';
import type { Milliseconds } from '../units.ts';
import type { RaceEvent } from './events.ts';
import { type RaceOptions, runRace } from './race.ts';
import { logits, MEMORY, opened } from './testing.ts';

/** One call that the race made of a lane. */
export interface Call {
  readonly lane: string;
  readonly kind: 'open' | 'load race' | 'load check' | 'turn';
  /** null unless it is a turn. */
  readonly request: TurnRequest | null;
}

export interface Script {
  /** Time of one inference, given how many turns the lane had before. */
  readonly ms?: Milliseconds | ((turn: number) => Milliseconds);
  /** Rejects this call; what is thrown names the lane. */
  readonly fails?: (call: Call) => boolean;
  readonly opened?: LaneOpened;
  /** The scores for a feed. */
  readonly answer?: (slot: Slot, feed: number) => readonly number[];
}

export const feedsOf = (count: number): FeedSet => ({
  count,
  inputs: [{ name: 'image', type: 'float32', dims: [1], data: new Float32Array(count) }],
});

export interface ScriptedRace {
  readonly calls: Call[];
  readonly events: RaceEvent[];
  /** Pass to `beforeAnswer`, or call between, to abort with a reason. */
  abort(reason: Error): void;
  run(): Promise<void>;
}

export type ScriptedOptions = Partial<RaceOptions> & {
  /** Called when a lane was asked and has not answered yet. */
  readonly beforeAnswer?: (call: Call, race: ScriptedRace) => void;
};

/** By default one race feed, no checks, three rounds and lanes of 5 ms; the first is the reference. */
export function scriptedRace(
  scripts: Readonly<Record<string, Script>>,
  { beforeAnswer, ...options }: ScriptedOptions = {},
): ScriptedRace {
  let now: Milliseconds = 0;
  let stopped: Error | null = null;
  const calls: Call[] = [];
  const events: RaceEvent[] = [];

  const runnerOf = (lane: string, script: Script): LaneRunner => {
    let turns = 0;
    const asked = async (kind: Call['kind'], request: TurnRequest | null = null) => {
      const call = { lane, kind, request };
      calls.push(call);
      beforeAnswer?.(call, race);
      if (script.fails?.(call)) throw new RangeError(`${lane} failed`);
    };
    return {
      open: async () => {
        await asked('open');
        return script.opened ?? opened();
      },
      load: (slot) => asked(`load ${slot}`),
      turn: async (request) => {
        await asked('turn', request);
        const { slot, from, count, repeat, batch, keep } = request;
        const { ms = 5, answer = () => [0, 1] } = script;
        const pace = typeof ms === 'number' ? ms : ms(turns++);
        now += count * repeat * batch * pace;
        const feeds = Array.from({ length: keep ? count : 0 }, (_, i) => from + i);
        return {
          ms: new Float64Array(count * repeat).fill(pace),
          outputs: feeds.map((feed) => logits(...answer(slot, feed))),
          memory: MEMORY,
        };
      },
    };
  };

  const ids = Object.keys(scripts);
  const race: ScriptedRace = {
    calls,
    events,
    abort: (reason) => {
      stopped = reason;
    },
    run: () =>
      runRace({
        racers: Object.entries(scripts).map(([id, script]) => ({
          id,
          runner: runnerOf(id, script),
        })),
        reference: ids[0] ?? '',
        feeds: () => feedsOf(1),
        checks: null,
        checkMs: 1000,
        stop: { kind: 'rounds', rounds: 3 },
        seed: 1,
        timerStep: 0.005,
        clock: () => now,
        ready: async () => {},
        disturbed: () => null,
        signal: {
          throwIfAborted: () => {
            if (stopped) throw stopped;
          },
        },
        emit: (event) => events.push(event),
        ...options,
      }),
  };
  return race;
}
