import { Fault } from '../../errors.ts';
import type { RaceEvent } from '../../race/events.ts';
import { type PairedRatio, pairRounds, type Round } from '../../stats/paired.ts';
import { medianOf, steppedMedian } from '../../stats/quantiles.ts';
import { steadyFrom } from '../../stats/steady.ts';
import type { Milliseconds } from '../../units.ts';

/** How one lane did, against the first of the race. */
export interface Lap {
  /** Median of its steady rounds. */
  readonly ms: Milliseconds;
  /** First by this one, paired by round; over 1, this one is faster. */
  readonly speedup: PairedRatio;
}

/**
 * Rounds from which on a lane is steady. With too few to tell, as of a slow model, those of the
 * second half: fewer pairs say by their interval how little they tell.
 */
function steady(rounds: readonly Round[]): readonly Round[] {
  const from = steadyFrom(rounds.map(({ median }) => median));
  return rounds.slice(from < rounds.length ? from : Math.floor(rounds.length / 2));
}

/** Collects a race's times. */
export class Laps {
  private readonly rounds = new Map<string, Round[]>();
  private share = 0;

  /** The share of the race that is over. */
  get progress(): number {
    return this.share;
  }

  /** @throws Fault LaneDiedError for a lane that failed: without it there is nothing to compare */
  apply(event: RaceEvent): void {
    if (event.kind === 'progress') this.share = event.share;
    if (event.kind === 'died') throw new Fault('LaneDiedError', event.error.message);
    if (event.kind !== 'turn') return;
    const rounds = this.rounds.get(event.lane) ?? [];
    rounds.push({ round: event.round, median: steppedMedian(event.ms) });
    this.rounds.set(event.lane, rounds);
  }

  /** @param lanes ids, that against which all are held first */
  result(lanes: readonly string[]): Lap[] {
    const all = lanes.map((lane) => steady(this.rounds.get(lane) ?? []));
    const first = all[0] ?? [];
    return all.map((rounds) => {
      return {
        ms: medianOf(rounds.map(({ median }) => median)),
        speedup: pairRounds(first, rounds),
      };
    });
  }
}
