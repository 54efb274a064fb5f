import { Fault, toError } from '../../../core/errors.ts';
import { type ErrorFacts, errorFacts } from '../../../core/race/events.ts';
import { changedAnswer, compareOutputs } from '../../../core/race/fidelity.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { turnSize } from '../../../core/race/race.ts';
import { INCOMPARABLE } from '../../../core/race/record.ts';
import type { LaneOpened, Turn } from '../../../core/session/runner.ts';
import { medianOf } from '../../../core/stats/quantiles.ts';
import { steadyFrom } from '../../../core/stats/steady.ts';
import { seededRandom, shuffled } from '../../../core/tensors/random.ts';
import type { FeedSet, OutputTensor } from '../../../core/tensors/tensors.ts';
import type { Bytes, Milliseconds } from '../../../core/units.ts';
import { LaneClient } from '../../../engine/race/client.ts';
import { device } from '../../../state/device/device.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import { drawingDone } from '../../../state/page/drawing.ts';
import type { Visibility } from '../../../state/page/visibility.ts';
import { firstOf, stacked } from '../core/batches.ts';
import type { BatchPoint } from '../core/record.ts';

/** An inference that takes longer ends the search for larger sizes. */
const MOST_MS: Milliseconds = 2000;
const LEAST_ROUNDS = 3;
const SEED = 1;
const ONE = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1 } as const;

/** A size that ran, and what it took in each round. */
interface Size {
  readonly size: number;
  readonly heap: Bytes;
  readonly rounds: Float64Array[];
}

/** Runs one lane on batches of several sizes; starts it anew when a size ends it. */
export class BatchSweep {
  excluded = 0;
  private readonly lane: Lane;
  private readonly visibility: Visibility;
  private readonly signal: AbortSignal;
  private client: LaneClient | null = null;
  private feeds: FeedSet | null = null;
  private batched: readonly string[] = [];
  private readonly sizes: Size[] = [];
  private readonly refused: { readonly size: number; readonly error: ErrorFacts }[] = [];
  /** The answer to one input alone, which its copies in a batch must get too. */
  private alone: readonly OutputTensor[] | null = null;
  private readonly random = seededRandom(SEED);

  constructor(lane: Lane, visibility: Visibility, signal: AbortSignal) {
    this.lane = lane;
    this.visibility = visibility;
    this.signal = signal;
    signal.addEventListener('abort', () => this.end());
  }

  /** @throws Fault as a lane's `open` */
  open(): Promise<LaneOpened> {
    this.end();
    this.signal.throwIfAborted();
    this.client = new LaneClient(this.lane, () => laneFiles(this.lane, this.signal));
    return this.client.open();
  }

  end(): void {
    this.client?.terminate();
    this.client = null;
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
      return (ms[0] as number) <= MOST_MS;
    } catch (thrown) {
      this.signal.throwIfAborted();
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
    const { ready, disturbed } = this.visibility;
    const timerStep = device.getState().facts?.timerStep ?? 1;
    const began = performance.now();
    if (this.sizes.length === 0) return;
    for (let round = 0; ; round++) {
      const share = (performance.now() - began) / (1000 * seconds);
      if (share >= 1 && round >= LEAST_ROUNDS) return;
      between(Math.min(1, share));
      await ready();
      await drawingDone();
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
    if (!this.feeds) throw new RangeError('There is nothing to feed.');
    await this.running().load('race', stacked(this.feeds, this.batched, size));
  }

  private async turn(request: Parameters<LaneClient['turn']>[0]): Promise<Turn> {
    const turn = await this.running().turn(request);
    this.signal.throwIfAborted();
    return turn;
  }

  private running(): LaneClient {
    this.signal.throwIfAborted();
    if (!this.client) throw new Fault('LaneDiedError', 'The lane is not running.');
    return this.client;
  }

  /** Copies of an input must get its answer, or the batch is fast and wrong. */
  private check(size: number, outputs: readonly OutputTensor[]): void {
    const first = firstOf(outputs, size);
    const again = this.alone && (compareOutputs(first, this.alone) ?? INCOMPARABLE);
    this.alone ??= first;
    if (again && changedAnswer(again)) {
      throw new Fault(
        'MismatchError',
        `The first of ${size} inputs gets another answer than it gets alone.`,
      );
    }
  }
}
