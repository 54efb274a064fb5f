import type { LiveAnswers } from '../../../core/live/answer.ts';
import type { LiveTurn } from '../../../core/live/frame.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { type Disagreement, type LiveFigures, timesOf } from './figures.ts';
import { Ring } from './ring.ts';
import type { LiveEvent } from './session.ts';

/** Frames whose times are kept: an hour of live needs no more memory than a minute. */
export const MAX_RECENT = 1000;
/** Frames over which the present rate is taken. */
const RATE_OVER = 60;
/** Disagreements kept, each with its frame. */
const KEPT = 6;

interface LaneTally {
  readonly lane: string;
  readonly inference: Ring;
  readonly whole: Ring;
  missed: number;
  late: number;
}

/**
 * Folds a live session's events into figures.
 * @param Shown what a person sees of a frame
 * @param Kept what stays of it with a disagreement
 */
export class LiveRecorder<Shown, Kept> {
  readonly #deadline: Milliseconds;
  readonly #keep: (shown: Shown) => Kept;
  readonly #isSame: LiveAnswers['same'];
  readonly #lanes: readonly LaneTally[];
  readonly #prepare = new Ring(MAX_RECENT);
  /** Times between two answered frames. */
  readonly #intervals = new Ring(RATE_OVER);
  #began: Milliseconds | null = null;
  #warm = false;
  /** Frames that passed before the first one, or while the tab was hidden, were not skipped. */
  #anew = true;
  /** When the last frame was answered; null after a pause. */
  #ended: Milliseconds | null = null;
  #run = 0;
  #skipped = 0;
  #empty = 0;
  #excluded = 0;
  #same = 0;
  /** Whether the frame before was a disagreement. */
  #apart = false;
  #disagreements: Disagreement<Kept>[] = [];

  constructor(
    lanes: readonly string[],
    deadline: Milliseconds,
    keep: (shown: Shown) => Kept,
    same: LiveAnswers['same'],
  ) {
    this.#isSame = same;
    this.#deadline = deadline;
    this.#keep = keep;
    this.#lanes = lanes.map((lane) => ({
      lane,
      inference: new Ring(MAX_RECENT),
      whole: new Ring(MAX_RECENT),
      missed: 0,
      late: 0,
    }));
  }

  apply(event: LiveEvent<Shown>): void {
    if (event.kind === 'warm') this.#warm = true;
    // Frames before have nothing to do with the rate at which warm lanes answer.
    if (event.kind === 'warm' || !this.#warm) return;
    const { frame, turns, ended, hidden } = event;
    this.#began ??= frame.at;
    if (hidden) {
      this.#excluded++;
      this.#ended = null;
      this.#anew = true;
      this.#apart = false;
      return;
    }
    if (!this.#anew) this.#skipped += frame.offered - 1;
    this.#anew = false;
    this.#prepare.push(frame.prepareMs);
    if (turns.length === 0) {
      this.#empty++;
      this.#apart = false;
      return;
    }
    this.#run++;
    if (this.#ended !== null) this.#intervals.push(ended - this.#ended);
    this.#ended = ended;
    turns.forEach((turn, i) => {
      this.#count(turn, i);
    });
    this.#compare(turns, frame.shown, frame.at - this.#began);
  }

  snapshot(): LiveFigures<Kept> {
    const intervals = this.#intervals.latest();
    const spent = intervals.reduce((sum, ms) => sum + ms, 0);
    return {
      offered: this.#run + this.#skipped + this.#empty,
      run: this.#run,
      skipped: this.#skipped,
      empty: this.#empty,
      excluded: this.#excluded,
      perSecond: intervals.length > 0 ? (1000 * intervals.length) / spent : Number.NaN,
      prepare: timesOf(this.#prepare),
      lanes: this.#lanes.map(({ lane, inference, whole, missed, late }) => {
        const times = timesOf(inference);
        const realTime = times.p50 / this.#deadline;
        return { lane, inference: times, whole: timesOf(whole), missed, late, realTime };
      }),
      same: this.#lanes.length < 2 ? null : this.#same,
      disagreements: this.#disagreements,
    };
  }

  #count({ ms, wholeMs }: LiveTurn, at: number): void {
    const tally = this.#lanes[at] as LaneTally;
    tally.inference.push(ms);
    tally.whole.push(wholeMs);
    if (ms > this.#deadline) tally.missed++;
    if (wholeMs > this.#deadline) tally.late++;
  }

  #compare(turns: readonly LiveTurn[], shown: Shown, at: Milliseconds): void {
    const [first, second] = turns;
    if (!first || !second) return;
    if (this.#isSame(first.answer, second.answer)) {
      this.#same++;
      this.#apart = false;
      return;
    }
    const [before, ...older] = this.#disagreements;
    const goesOn =
      this.#apart &&
      before?.answers.every((answer, i) => this.#isSame(answer, (turns[i] as LiveTurn).answer));
    this.#apart = true;
    if (before && goesOn) {
      this.#disagreements = [{ ...before, frames: before.frames + 1 }, ...older];
      return;
    }
    const answers = turns.map(({ answer }) => answer);
    const found = { at, frames: 1, answers, kept: this.#keep(shown) };
    this.#disagreements = [found, ...this.#disagreements].slice(0, KEPT);
  }
}
