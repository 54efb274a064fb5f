import { spell } from '../../../core/format.ts';
import { errorFacts } from '../../../core/race/events.ts';
import { seededRandom, shuffled } from '../../../core/tensors/random.ts';
import { type LaneClient, withLane } from '../../../engine/race/client.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import type { LaneMode, LaneTask } from '../../../state/modes/laneMode.ts';
import { drawingDone } from '../../../state/page/drawing.ts';
import { type Visibility, watchVisibility } from '../../../state/page/visibility.ts';
import { warmUp } from '../../../state/race/warmUp.ts';
import { poissonArrivals } from '../core/arrivals.ts';
import { loadFigures } from '../core/figures.ts';
import type { LoadFound } from '../core/found.ts';
import { CLIENTS, LOAD_PLANS, sweepSeconds } from '../core/plans.ts';
import type { Arrivals, LoadPoint, LoadRecord } from '../core/record.ts';
import { wholePercent } from '../core/words.ts';
import { type LoadOptions, options } from './options.ts';

const SEED = 1;
const EMPTY = { opened: null, seed: SEED, points: [], excluded: 0, died: null } as const;

export const load: LaneMode<LoadOptions, LoadFound> = {
  kind: 'load',
  options,
  taken: 'A load test is running.',
  fault: () => null,
  says: ({ length }) => `Run for about ${spell(1000 * sweepSeconds(length))}`,
  empty: (lane) => ({ kind: 'load', record: { lane, ...EMPTY } }),
  run: runLoads,
};

/**
 * Puts one lane under loads: first clients, of which one alone tells what it can do, then requests
 * at shares of that rate, in random order, so that a machine that drifts does not bend the curve.
 * @throws the signal's reason on abort; a lane that fails is told in the record
 */
async function runLoads(
  { length }: LoadOptions,
  { lane, feeds, signal, tell, progress, hidden }: LaneTask<LoadFound>,
): Promise<void> {
  const plan = LOAD_PLANS[length];
  let record: LoadRecord = { lane, ...EMPTY };
  const change = (part: Partial<LoadRecord>) => {
    record = { ...record, ...part };
    tell({ kind: 'load', record });
  };
  const visibility = watchVisibility(hidden);
  const sweep = async (client: LaneClient) => {
    const opened = await client.open();
    change({ opened });
    await client.load('race', await feeds(opened));
    progress('Warming up', 0);
    await warmUp(client, signal);
    const whole = CLIENTS.length + plan.loads.length;
    const measure = async (arrivals: Arrivals, seconds: number, what: string) => {
      progress(what, record.points.length / whole);
      const { point, again } = await pointOf(client, visibility, arrivals, seconds);
      const excluded = record.excluded + again;
      change({ points: [...record.points, point], excluded });
      return point;
    };
    let capacity = 0;
    for (const clients of CLIENTS) {
      const what = clients === 1 ? 'One client, back to back' : `${clients} clients at once`;
      const point = await measure({ kind: 'closed', clients }, plan.clientSeconds, what);
      if (clients === 1) capacity = loadFigures(point).perSecond;
    }
    for (const share of shuffled(plan.loads, seededRandom(SEED))) {
      const arrivals = { kind: 'open', perSecond: share * capacity } as const;
      await measure(arrivals, plan.seconds, `Requests at ${wholePercent(share)} load`);
    }
    progress('', 1);
  };
  try {
    await withLane(lane, () => laneFiles(lane, signal), signal, sweep);
  } catch (thrown) {
    signal.throwIfAborted();
    change({ died: errorFacts(thrown) });
  } finally {
    visibility.end();
  }
}

/** One stretch, measured again for as often as the tab was hidden meanwhile. */
async function pointOf(
  client: LaneClient,
  { ready, disturbed }: Visibility,
  arrivals: Arrivals,
  seconds: number,
): Promise<{ point: LoadPoint; again: number }> {
  const within = 1000 * seconds;
  for (let again = 0; ; again++) {
    await ready();
    await drawingDone();
    // Forgets what happened before.
    disturbed();
    const times = await client.serve({
      within,
      arrivals:
        arrivals.kind === 'closed'
          ? arrivals
          : { kind: 'open', at: poissonArrivals(arrivals.perSecond, within, SEED) },
    });
    if (disturbed()) continue;
    const waiting = times.arrived.length - times.ended.length;
    return { point: { arrivals, seconds, ...times, waiting }, again };
  }
}
