import { Fault, toError } from '../errors.ts';
import type { LaneOpened, LaneRunner, Slot, Turn, TurnRequest } from '../session/runner.ts';
import { medianOf } from '../stats/quantiles.ts';
import { type Random, seededRandom, shuffled } from '../tensors/random.ts';
import { type FeedSet, sameSpecs } from '../tensors/tensors.ts';
import type { Milliseconds } from '../units.ts';
import { type Disturbance, errorFacts, type RaceEvent } from './events.ts';
import type { FeedsFor } from './feeds.ts';

/**
 * A lane runs for about this long before the next one has its turn: long against a message
 * between threads (0.1 ms) and against the some 10 ms in which schedulers still place threads
 * by the last lane's load (seen on two cores); short against the drifts that interleaving is to
 * cancel.
 */
const TURN_MS: Milliseconds = 25;
const MAX_PER_TURN = 100;
/** One timing must last this many clock steps, so that the step adds at most 4% of doubt. */
const STEPS_PER_TIMING = 25;
const MAX_PER_BATCH = 256;
/** The most feeds of one checking turn; fewer where a lane could not end so many in its time. */
const CHECK_BLOCK = 50;
/** And fewer where they take long: outputs of slow models are large, and are compared in one go. */
const CHECK_BLOCK_MS: Milliseconds = 1000;
/** After this much of racing each lane answers the first feed once more. */
const REPEAT_MS: Milliseconds = 2000;
/**
 * A turn's own clock may run ahead of the coordinator's by this and one step; more is a jump.
 * Both count the same machine's time, but start counting at other moments.
 */
const CLOCK_SLACK: Milliseconds = 2;
/** A turn that takes so long, and so many times as long as usual, spans a device's sleep. */
const SLEPT = { ms: 10_000, times: 100 } as const;

/** When the timed rounds end; one is always run. */
export type Stop =
  | { readonly kind: 'seconds'; readonly seconds: number }
  /** As soon as `RaceOptions.enough` says so, or time is up. */
  | { readonly kind: 'enough'; readonly seconds: number }
  | { readonly kind: 'rounds'; readonly rounds: number }
  /** Until every feed of the race slot was run once by every lane. */
  | { readonly kind: 'sweep' };

/** The part of an AbortSignal that a race needs. */
export interface StopSignal {
  throwIfAborted(): void;
}

export interface Racer {
  readonly id: string;
  readonly runner: LaneRunner;
}

export interface RaceOptions {
  readonly racers: readonly Racer[];
  /** Id of the lane whose outputs the others' are compared with. */
  readonly reference: string;
  /** The timed feeds, once the inputs are known from the model itself. */
  readonly feeds: FeedsFor;
  /**
   * Labelled feeds for the answers' check, fetched after the first inference. If they fail, the
   * race goes on without.
   */
  readonly checks: (() => Promise<FeedSet>) | null;
  /** Time each lane may spend on the check. */
  readonly checkMs: Milliseconds;
  readonly stop: Stop;
  /** Asked between rounds of a race that stops at `enough`. */
  readonly enough?: () => boolean;
  readonly seed: number;
  /** The lanes' clock step. */
  readonly timerStep: Milliseconds;
  /** The coordinator's own clock, injected for exact tests. */
  readonly clock: () => Milliseconds;
  /** Resolves when measuring makes sense, at once unless the page is hidden. */
  readonly ready: () => Promise<void>;
  /** What, if anything, spoiled what was measured since the last call. */
  readonly disturbed: () => Disturbance | null;
  readonly signal: StopSignal;
  readonly emit: (event: RaceEvent) => void;
}

/**
 * Runs lanes in turn, interleaved, in an order shuffled per round, on the same feeds. A lane
 * that fails is reported and leaves; the others go on.
 *
 * @throws the signal's reason on abort; nothing else
 */
export async function runRace(options: RaceOptions): Promise<void> {
  await new Race(options).run();
}

class Race {
  private readonly options: RaceOptions;
  private readonly random: Random;
  private alive: Racer[];
  /** Latest median per inference of each lane, which sizes its next turn. */
  private readonly pace = new Map<string, Milliseconds>();
  /** When the first round began. */
  private began: Milliseconds = 0;
  /** When the lane whose turn it is was asked. */
  private asked: Milliseconds = 0;

  constructor(options: RaceOptions) {
    this.options = options;
    this.random = seededRandom(options.seed);
    this.alive = [...options.racers];
  }

  async run(): Promise<void> {
    const { emit, checks, stop } = this.options;
    emit({ kind: 'phase', phase: 'opening' });
    const raceFeeds = await this.openAll();
    if (raceFeeds) {
      emit({ kind: 'phase', phase: 'cold' });
      await this.coldRuns();
      const checkFeeds = checks && this.alive.length > 0 ? await this.loadChecks(checks) : null;
      emit({ kind: 'phase', phase: 'rounds' });
      await (stop.kind === 'sweep' ? this.sweep(raceFeeds.count) : this.rounds(stop));
      emit({ kind: 'phase', phase: 'checking' });
      if (checkFeeds) await this.check(checkFeeds.count);
      // The same feed once more: a lane whose answer changed over time is caught here.
      await this.scoreBlock('race', 0, 1);
    }
    for (const { id } of this.alive) emit({ kind: 'finished', lane: id });
    emit({ kind: 'phase', phase: 'done' });
  }

  /** Opens one lane after the other, so that their start-up times do not disturb each other. */
  private async openAll(): Promise<FeedSet | null> {
    const { emit, reference, feeds } = this.options;
    const opened = new Map<string, LaneOpened>();
    for (const racer of [...this.alive]) {
      emit({ kind: 'opening', lane: racer.id });
      const facts = await this.attempt(racer, () => racer.runner.open());
      if (!facts) continue;
      opened.set(racer.id, facts);
      emit({ kind: 'opened', lane: racer.id, opened: facts });
    }
    const lead = opened.get(reference) ?? [...opened.values()][0];
    if (!lead) return null;
    const set = await this.guarded(
      async () => feeds(lead),
      (error) => {
        for (const racer of [...this.alive]) this.drop(racer, error);
      },
    );
    if (!set) return null;
    for (const racer of [...this.alive]) {
      await this.attempt(racer, async () => {
        const own = opened.get(racer.id) as LaneOpened;
        if (!sameSpecs(own.inputs, lead.inputs)) {
          throw new Fault('MismatchError', 'Its inputs differ from the reference model’s.');
        }
        await racer.runner.load('race', set);
      });
    }
    return set;
  }

  private async coldRuns(): Promise<void> {
    const { emit } = this.options;
    const request = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1, keep: true } as const;
    const turns = await this.inTurn(request, (racer, turn) => {
      emit({ kind: 'cold', lane: racer.id, ms: turn.ms[0] as number, memory: turn.memory });
    });
    this.score('race', 0, turns);
  }

  private async loadChecks(checks: () => Promise<FeedSet>): Promise<FeedSet | null> {
    const set = await this.guarded(checks, (error) => {
      this.options.emit({ kind: 'unlabelled', error: errorFacts(error) });
    });
    if (!set) return null;
    for (const racer of [...this.alive]) {
      await this.attempt(racer, () => racer.runner.load('check', set));
    }
    return set;
  }

  private async rounds(stop: Exclude<Stop, { kind: 'sweep' }>): Promise<void> {
    const { clock, emit } = this.options;
    this.began = clock();
    let repeated = this.began;
    const whole = stop.kind === 'rounds' ? stop.rounds : stop.seconds * 1000;
    for (let round = 0; this.alive.length > 0; round++) {
      const spent = stop.kind === 'rounds' ? round : clock() - this.began;
      const over = spent >= whole || (stop.kind === 'enough' && this.options.enough?.() === true);
      const share = round === 0 ? 0 : over ? 1 : spent / whole;
      emit({ kind: 'progress', share });
      if (share === 1) return;
      await this.options.ready();
      await this.inTurn(
        (racer) => ({
          slot: 'race',
          from: 0,
          count: 1,
          keep: false,
          ...turnSize(this.pace.get(racer.id), this.options.timerStep),
        }),
        (racer, turn, request) => this.report(racer, turn, round, request.batch),
      );
      if (clock() - repeated < REPEAT_MS) continue;
      await this.repeat();
      repeated = clock();
    }
  }

  private async repeat(): Promise<void> {
    const request = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1, keep: true } as const;
    for (const [lane, { outputs }] of await this.inTurn(request)) {
      const [first] = outputs;
      if (first) this.options.emit({ kind: 'repeated', lane, outputs: first });
    }
  }

  /** Every lane runs the same block of feeds in each round, so that samples stay paired. */
  private async sweep(count: number): Promise<void> {
    const { emit, clock } = this.options;
    this.began = clock();
    let from = 0;
    for (let round = 0; from < count && this.alive.length > 0; round++) {
      emit({ kind: 'progress', share: from / count });
      await this.options.ready();
      const fastest = Math.min(...this.pace.values());
      const size = Math.min(count - from, turnLength(fastest));
      const request = { slot: 'race', from, count: size, repeat: 1, batch: 1, keep: true } as const;
      const turns = await this.inTurn(request, (racer, turn) => {
        this.report(racer, turn, round, 1);
      });
      this.score('race', from, turns);
      from += size;
    }
    emit({ kind: 'progress', share: 1 });
  }

  private async check(count: number): Promise<void> {
    const { clock, checkMs } = this.options;
    const started = clock();
    for (let from = 0; from < count && this.alive.length > 0; ) {
      if (clock() - started > checkMs * this.alive.length) return;
      const slowest = Math.max(...this.pace.values());
      const blockMs = Math.min(checkMs, CHECK_BLOCK_MS);
      const fitting = Math.max(1, Math.min(CHECK_BLOCK, Math.floor(blockMs / slowest)));
      const size = Math.min(fitting, count - from);
      await this.scoreBlock('check', from, size);
      from += size;
    }
  }

  private async scoreBlock(slot: Slot, from: number, count: number): Promise<void> {
    const request = { slot, from, count, repeat: 1, batch: 1, keep: true } as const;
    this.score(slot, from, await this.inTurn(request));
  }

  private score(slot: Slot, from: number, turns: ReadonlyMap<string, Turn>): void {
    const reference = turns.get(this.options.reference)?.outputs ?? null;
    for (const [lane, { outputs }] of turns) {
      this.options.emit({ kind: 'scored', lane, slot, from, outputs, reference });
    }
  }

  private report(racer: Racer, turn: Turn, round: number, batch: number): void {
    const { clock, disturbed, emit } = this.options;
    const { ms, memory } = turn;
    const { id: lane } = racer;
    const why = disturbed() ?? this.clockFault(lane, turn, batch);
    if (why) {
      emit({ kind: 'excluded', lane, round, why });
      return;
    }
    this.pace.set(lane, medianOf(ms));
    emit({ kind: 'turn', lane, round, at: clock() - this.began, ms, batch, memory });
  }

  /** A lane's clock must not run backwards, nor count more time than went by here. */
  private clockFault(lane: string, { ms }: Turn, batch: number): Disturbance | null {
    const { clock, timerStep } = this.options;
    let counted = 0;
    for (const each of ms) {
      if (!(each >= 0)) return 'clock';
      counted += each * batch;
    }
    const elapsed = clock() - this.asked;
    if (counted > elapsed + CLOCK_SLACK + timerStep) return 'clock';
    const usual = (this.pace.get(lane) ?? elapsed) * ms.length * batch;
    return elapsed > SLEPT.ms && elapsed > SLEPT.times * usual ? 'clock' : null;
  }

  /** One turn for every lane, in random order. */
  private async inTurn(
    request: TurnRequest | ((racer: Racer) => TurnRequest),
    done: (racer: Racer, turn: Turn, request: TurnRequest) => void = () => {},
  ): Promise<Map<string, Turn>> {
    const turns = new Map<string, Turn>();
    for (const racer of shuffled(this.alive, this.random)) {
      const own = typeof request === 'function' ? request(racer) : request;
      this.asked = this.options.clock();
      const turn = await this.attempt(racer, () => racer.runner.turn(own));
      if (!turn) continue;
      turns.set(racer.id, turn);
      done(racer, turn, own);
    }
    return turns;
  }

  /** Runs one call of one lane; a failure takes the lane out of the race and is reported. */
  private attempt<T>(racer: Racer, call: () => Promise<T>): Promise<T | null> {
    return this.guarded(call, (error) => this.drop(racer, error));
  }

  /** Runs a call that may fail; an abort before, in or after it ends the race instead. */
  private async guarded<T>(
    call: () => Promise<T>,
    failed: (error: Error) => void,
  ): Promise<T | null> {
    this.options.signal.throwIfAborted();
    try {
      const result = await call();
      this.options.signal.throwIfAborted();
      return result;
    } catch (thrown) {
      this.options.signal.throwIfAborted();
      failed(toError(thrown));
      return null;
    }
  }

  private drop(racer: Racer, error: Error): void {
    this.alive = this.alive.filter((other) => other !== racer);
    this.pace.delete(racer.id);
    this.options.emit({ kind: 'died', lane: racer.id, error: errorFacts(error) });
  }
}

/**
 * Timings in a lane's next turn, and inferences in each.
 * @param pace its latest median per inference; undefined before its first turn
 */
export function turnSize(
  pace: Milliseconds | undefined,
  timerStep: Milliseconds,
): Pick<TurnRequest, 'repeat' | 'batch'> {
  if (pace === undefined) return { repeat: 1, batch: 1 };
  const needed = (STEPS_PER_TIMING * timerStep) / Math.max(pace, 1e-3);
  const batch = Math.min(MAX_PER_BATCH, Math.max(1, Math.ceil(needed)));
  return { repeat: turnLength(pace * batch), batch };
}

function turnLength(pace: Milliseconds): number {
  if (!(pace > 0) || !Number.isFinite(pace)) return 1;
  return Math.min(MAX_PER_TURN, Math.max(1, Math.round(TURN_MS / pace)));
}
