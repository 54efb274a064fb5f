import type { Lane } from '../../core/race/lane.ts';
import { type RaceOptions, runRace } from '../../core/race/race.ts';
import type { LaneRunner } from '../../core/session/runner.ts';
import { LaneClient, type LaneFiles } from '../../engine/race/client.ts';
import { device } from '../device/device.ts';
import { laneFiles } from '../files/downloads.ts';
import { drawingDone } from '../page/drawing.ts';
import { watchVisibility } from '../page/visibility.ts';

/** The order of turns comes from it; the same in every race, so that races can be repeated. */
export const RACE_SEED = 1;

/** What a caller decides of a race; the page adds its clock, its workers and its visibility. */
export interface PageRace
  extends Pick<RaceOptions, 'feeds' | 'checks' | 'checkMs' | 'stop' | 'enough' | 'emit'> {
  readonly signal: AbortSignal;
  readonly seed?: number;
  /** Timings so many times as long as usual, against the clock's steps. */
  readonly finer?: number;
  /** Where a lane's files come from, when not from the zoo or the user's dropped files. */
  readonly files?: (lane: Lane, signal: AbortSignal) => Promise<LaneFiles>;
  /** Who runs a lane, where it is not a lane's own worker: the self-test's baseline loop. */
  readonly runnerOf?: (lane: Lane) => (LaneRunner & { terminate(): void }) | null;
  /** Told when the tab is hidden and comes back; rounds wait meanwhile. */
  readonly hidden?: (hidden: boolean) => void;
  /** Called before each round, when something may be drawn. */
  readonly beforeRound?: () => void;
  /** Ends the lanes of a race that went through, in its own time; else they end with the race. */
  readonly linger?: (end: () => void) => void;
}

/**
 * Races lanes in workers of their own, which end with the race or with its signal.
 * @throws the signal's reason on abort; nothing else: a lane that fails is told by `emit`
 */
export async function raceLanes(lanes: readonly Lane[], options: PageRace): Promise<void> {
  const {
    signal,
    seed = RACE_SEED,
    finer = 1,
    files = laneFiles,
    runnerOf,
    hidden,
    beforeRound,
    linger,
    ...race
  } = options;
  signal.throwIfAborted();
  const clients = lanes.map(
    (lane) => runnerOf?.(lane) ?? new LaneClient(lane, () => files(lane, signal)),
  );
  const end = () => {
    for (const client of clients) client.terminate();
  };
  signal.addEventListener('abort', end);
  const visibility = watchVisibility(hidden ?? (() => {}));
  let over = end;
  try {
    await runRace({
      ...race,
      racers: lanes.map(({ id }, i) => ({ id, runner: clients[i] as LaneRunner })),
      reference: lanes.find(({ reference }) => reference)?.id ?? '',
      seed,
      signal,
      timerStep: finer * (device.getState().facts?.timerStep ?? 1),
      clock: () => performance.now(),
      ready: async () => {
        await visibility.ready();
        beforeRound?.();
        await drawingDone();
      },
      disturbed: visibility.disturbed,
    });
    if (linger) over = () => linger(end);
  } finally {
    visibility.end();
    signal.removeEventListener('abort', end);
    over();
  }
}
