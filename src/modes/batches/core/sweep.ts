import { Fault, toError } from '../../../core/errors.ts';
import { type ErrorFacts, errorFacts } from '../../../core/race/events.ts';
import { changedAnswer, compareOutputs } from '../../../core/race/fidelity.ts';
import { type RaceOptions, turnSize } from '../../../core/race/race.ts';
import { INCOMPARABLE } from '../../../core/race/record.ts';
import type { LaneOpened, LaneRunner, Turn, TurnRequest } from '../../../core/session/runner.ts';
import { medianOf } from '../../../core/stats/quantiles.ts';
import { steadyFrom } from '../../../core/stats/steady.ts';
import { seededRandom, shuffled } from '../../../core/tensors/random.ts';
import type { FeedSet, OutputTensor } from '../../../core/tensors/tensors.ts';
import type { Bytes, Milliseconds } from '../../../core/units.ts';
import { firstOf, stacked } from '../core/batches.ts';
import type { BatchPoint } from '../core/record.ts';

/** An inference that takes longer ends the search for larger sizes. */
const MAX_MS: Milliseconds = 2000;
const MIN_ROUNDS = 3;
const SEED = 1;
const ONE = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1 } as const;

/** A size that ran, and what it took in each round. */
interface Size {
  readonly size: number;
  readonly heap: Bytes;
  readonly rounds: Float64Array[];
}

/** A lane that can be ended and begun anew. */
export type SweepRunner = LaneRunner & { terminate(): void };

export interface SweepOptions
  extends Pick<RaceOptions, 'timerStep' | 'clock' | 'ready' | 'disturbed' | 'signal'> {
  /** A lane that was not opened yet; asked for again when a size ended the one before. */
  readonly begin: () => SweepRunner;
  /** The model draws random numbers, so that no two answers of it are alike. */
  readonly random: boolean;
}

/**
 * Runs one lane on batches of several sizes; starts it anew when a size ends it.
 * Every call throws the signal's reason once it is aborted.
 */
export class BatchSweep {
  excluded = 0;
  private readonly options: SweepOptions;
  private runner: SweepRunner | null = null;
  private feeds: FeedSet | null = null;
  private batched: readonly string[] = [];
  private readonly sizes: Size[] = [];
  private readonly refused: { readonly size: number; readonly error: ErrorFacts }[] = [];
  /** The answer to one input alone, which its copies in a batch must get too. */
  private alone: readonly OutputTensor[] | null = null;
  private readonly random = seededRandom(SEED);

  constructor(options: SweepOptions) {
    this.options = options;
  }

  /** @throws Fault as a lane's `open` */
  open(): Promise<LaneOpened> {
    this.end();
    this.options.signal.throwIfAborted();
    this.runner = this.options.begin();
    return this.runner.open();
  }

  end(): void {
    this.runner?.terminate();
    this.runner = null;
  }

  feed(feeds: FeedSet, batched: readonly string[]): void {
    this.feeds = feeds;
    this.batched = batched;
  }

  /** Runs a size twice; @returns whether larger ones are worth trying */
  async attempt(size: number): Promise<boolean> {
    try {
      await this.load(size);
      const { outputs } = await this.turn({ ...ONE, keep: true });
      this.check(size, outputs[0] ?? []);
      const { ms, memory } = await this.turn({ ...ONE, keep: false });
      this.sizes.push({ size, heap: memory.heap, rounds: [] });
      return (ms[0] as number) <= MAX_MS;
    } catch (thrown) {
      this.options.signal.throwIfAborted();
      this.refused.push({ size, error: errorFacts(thrown) });
      await this.open();
      return toError(thrown).name !== 'OutOfMemoryError';
    }
  }

  /**
   * Times the sizes that ran for some seconds, in turn.
   * @param between called after each round with the share of the time that is over
   */
  async rounds(seconds: number, between: (share: number) => void): Promise<void> {
    const { timerStep, clock, ready, disturbed } = this.options;
    const began = clock();
    if (this.sizes.length === 0) return;
    for (let round = 0; ; round++) {
      const share = (clock() - began) / (1000 * seconds);
      if (share >= 1 && round >= MIN_ROUNDS) return;
      between(Math.min(1, share));
      await ready();
      for (const { size, rounds } of shuffled(this.sizes, this.random)) {
        await this.load(size);
        // The first inference of another shape plans its memory anew.
        const first = await this.turn({ ...ONE, keep: false });
        const pace = rounds.at(-1) ? medianOf(rounds.at(-1) as Float64Array) : first.ms[0];
        disturbed();
        const { ms } = await this.turn({ ...ONE, keep: false, ...turnSize(pace, timerStep) });
        if (disturbed() || ms.some((each) => !(each >= 0))) this.excluded += 1;
        else rounds.push(ms);
      }
    }
  }

  /** What was found so far, without warming rounds. */
  points(): BatchPoint[] {
    const ran = this.sizes.map(({ size, heap, rounds }): BatchPoint => {
      const steady = steadyFrom(rounds.map(medianOf));
      // With too few rounds to say, a quarter of them is warming.
      const from = steady < rounds.length ? steady : Math.ceil(rounds.length / 4);
      const ms = Float64Array.from(rounds.slice(from).flatMap((each) => [...each]));
      return { batch: size, ms, heap, error: null };
    });
    const refused = this.refused.map(({ size, error }): BatchPoint => {
      return { batch: size, ms: new Float64Array(), heap: 0, error };
    });
    return [...ran, ...refused].sort((a, b) => a.batch - b.batch);
  }

  private async load(size: number): Promise<void> {
    if (!this.feeds) throw new RangeError('There are no inputs to run.');
    await this.running().load('race', stacked(this.feeds, this.batched, size));
  }

  private async turn(request: TurnRequest): Promise<Turn> {
    const turn = await this.running().turn(request);
    this.options.signal.throwIfAborted();
    return turn;
  }

  private running(): SweepRunner {
    this.options.signal.throwIfAborted();
    if (!this.runner) throw new Fault('LaneDiedError', 'The lane is not running.');
    return this.runner;
  }

  /** Copies of an input must get its answer, or the batch is fast and wrong. */
  private check(size: number, outputs: readonly OutputTensor[]): void {
    if (this.options.random) return;
    const first = firstOf(outputs, size);
    const again = this.alone && (compareOutputs(first, this.alone) ?? INCOMPARABLE);
    this.alone ??= first;
    if (again && changedAnswer(again)) {
      throw new Fault(
        'AnswerError',
        `The first of ${size} inputs gets a different answer in the batch than alone.`,
      );
    }
  }
}
