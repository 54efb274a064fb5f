import { argmax } from '../classes/classify.ts';
import { unreachable } from '../errors.ts';
import type { Model } from '../models/model.ts';
import type { LaneMemory, LaneOpened, Slot } from '../session/runner.ts';
import { steppedMedian } from '../stats/quantiles.ts';
import type { AnswerKind, SequenceKind } from '../tasks/kind.ts';
import { taskKind } from '../tasks/register.ts';
import type { AnyTask } from '../tasks/task.ts';
import type { OutputTensor } from '../tensors/tensors.ts';
import type { Milliseconds } from '../units.ts';
import type { Counter } from './counter.ts';
import type { Disturbance, ErrorFacts, RaceEvent, RacePhase } from './events.ts';
import {
  addFidelity,
  compareOutputs,
  type Fidelity,
  NOTHING_COMPARED,
  sameCounts,
  uncounted,
} from './fidelity.ts';
import type { Lane } from './lane.ts';

export type LaneState =
  | { readonly name: 'waiting' }
  | { readonly name: 'opening' }
  | { readonly name: 'racing' }
  | { readonly name: 'finished' }
  | { readonly name: 'died'; readonly error: ErrorFacts };

/** One lane's samples of one round. */
export interface LaneTurn {
  readonly round: number;
  /** When it was over, from the begin of the first round. */
  readonly at: Milliseconds;
  /** Inferences that each timing held. */
  readonly batch: number;
  readonly ms: Float64Array;
  /** Median of `ms`, finer than the clock's step. */
  readonly median: Milliseconds;
}

/** A stretch of a lane's life, after which its memory was read. */
export type LanePhase = 'runtime' | 'session' | 'first' | 'running';

/** A turn that was measured and counts in no figure. */
export interface Excluded {
  readonly round: number;
  readonly why: Disturbance;
}

/** Everything a race found about one lane. Facts only; figures are derived from it. */
export interface LaneRecord {
  readonly lane: Lane;
  readonly state: LaneState;
  readonly opened: LaneOpened | null;
  /** The first inference, shader compilation and lazy allocation included. */
  readonly coldMs: Milliseconds | null;
  readonly turns: readonly LaneTurn[];
  /** Most inferences that one timing held. */
  readonly batch: number;
  readonly memory: LaneMemory | null;
  /** Memory after each phase, in the order of their names above; phases not reached are absent. */
  readonly ledger: Readonly<Partial<Record<LanePhase, LaneMemory>>>;
  readonly excluded: readonly Excluded[];
  /** Its own answer to the first feed, at the begin and later: must be the same for ever. */
  readonly repeats: Fidelity;
  /** Latest outputs for the first feed of the race slot. */
  readonly answer: readonly OutputTensor[] | null;
  /** Where things are counted: those in `answer`, in the form of the task's kind. */
  readonly boxes?: object;
  readonly fidelity: Fidelity;
  /** Feeds with a known label that were run, and those named rightly; or things known to be there, and those found. */
  readonly labelled: number;
  readonly correct: number;
  /** Where things are counted: all that were found in feeds of which they are known. */
  readonly drawn?: number;
  /** Of a stream: its number for every feed of the check in turn. */
  readonly stream?: Float32Array;
}

/** Everything a race found, lane by lane, in the order in which the lanes were chosen. */
export interface RaceRecord {
  readonly model: Model;
  readonly phase: RacePhase;
  /** Share of the timed rounds that is over, 0 to 1. */
  readonly progress: number;
  /** Why there are no labelled feeds to check answers with; null unless they failed. */
  readonly unlabelled: ErrorFacts | null;
  readonly lanes: readonly LaneRecord[];
}

/** The label of a feed that only prepares for later ones: nobody asks what a lane answers to it. */
export const UNASKED = -2;

/** The true classes of a slot's feeds, where known: negative where not. */
export type Labels = Readonly<Partial<Record<Slot, ArrayLike<number>>>>;

/** Outputs that cannot be compared count as compared and not finite: never as right. */
export const INCOMPARABLE: Fidelity = { ...NOTHING_COMPARED, compared: 1, notFinite: 1 };

/** The record of a race that is over, however it ended: nothing more will come. */
export const settled = (record: RaceRecord): RaceRecord =>
  record.phase === 'done' ? record : { ...record, phase: 'done' };

/** Of a stream's input that was answered alone: no answer of the stream, but it must be a number. */
const ofNoCount = (found: Fidelity): Fidelity => ({ ...found, compared: 0, sameTop: 0 });

export function emptyLane(lane: Lane): LaneRecord {
  return {
    lane,
    state: { name: 'waiting' },
    opened: null,
    coldMs: null,
    turns: [],
    batch: 1,
    memory: null,
    ledger: {},
    excluded: [],
    repeats: NOTHING_COMPARED,
    answer: null,
    fidelity: NOTHING_COMPARED,
    labelled: 0,
    correct: 0,
  };
}

/**
 * Folds a race's events into a record. Events come hundreds of times a second, so each is folded
 * in place; `snapshot` gives an immutable record to draw.
 */
export class Recorder {
  private readonly model: Model;
  private readonly labels: Labels;
  private readonly counter: Counter | null;
  private readonly answers: AnswerKind<AnyTask>;
  private readonly lanes = new Map<string, LaneRecord>();
  private readonly turns = new Map<string, LaneTurn[]>();
  /**
   * How each feed last compared with the reference, by "lane slot index"; null where it was scored
   * without one.
   */
  private readonly scored = new Map<string, Fidelity | null>();
  /** Each lane's first answer to the first feed. */
  private readonly first = new Map<string, readonly OutputTensor[]>();
  private phase: RacePhase = 'opening';
  private progress = 0;
  private unlabelled: ErrorFacts | null = null;

  /**
   * @param counter where answers hold things that are counted; null for all other tasks
   * @throws Fault UnknownTaskError
   */
  constructor(
    model: Model,
    lanes: readonly Lane[],
    labels: Labels,
    counter: Counter | null = null,
  ) {
    this.model = model;
    this.labels = labels;
    this.counter = counter;
    this.answers = taskKind(model.task).answers;
    for (const lane of lanes) {
      this.lanes.set(lane.id, emptyLane(lane));
      this.turns.set(lane.id, []);
    }
  }

  snapshot(): RaceRecord {
    const lanes = [...this.lanes.values()].map((lane) => {
      const turns = this.turns.get(lane.lane.id) as LaneTurn[];
      return turns.length === lane.turns.length ? lane : { ...lane, turns: [...turns] };
    });
    for (const lane of lanes) this.lanes.set(lane.lane.id, lane);
    const { model, phase, progress, unlabelled } = this;
    return { model, phase, progress, unlabelled, lanes };
  }

  apply(event: RaceEvent): void {
    switch (event.kind) {
      case 'phase':
        this.phase = event.phase;
        break;
      case 'progress':
        this.progress = event.share;
        break;
      case 'unlabelled':
        this.unlabelled = event.error;
        break;
      case 'opening':
        this.change(event.lane, { state: { name: 'opening' } });
        break;
      case 'opened': {
        const { opened, lane } = event;
        const { memory, runtimeMemory } = opened;
        this.change(lane, { opened, state: { name: 'racing' } });
        this.remember(lane, 'runtime', runtimeMemory);
        this.remember(lane, 'session', memory);
        break;
      }
      case 'cold':
        this.change(event.lane, { coldMs: event.ms });
        this.remember(event.lane, 'first', event.memory);
        break;
      case 'turn': {
        const { lane, round, at, ms, batch, memory } = event;
        this.turns.get(lane)?.push({ round, at, batch, ms, median: steppedMedian(ms) });
        this.change(lane, { batch: Math.max(batch, this.lane(lane).batch) });
        this.remember(lane, 'running', memory);
        break;
      }
      case 'excluded': {
        const { lane, round, why } = event;
        this.change(lane, { excluded: [...this.lane(lane).excluded, { round, why }] });
        break;
      }
      case 'repeated': {
        const first = this.first.get(event.lane);
        if (!first) break;
        const again = compareOutputs(event.outputs, first) ?? INCOMPARABLE;
        this.change(event.lane, { repeats: addFidelity(this.lane(event.lane).repeats, again) });
        break;
      }
      case 'scored':
        this.score(event);
        break;
      case 'finished':
        this.change(event.lane, { state: { name: 'finished' } });
        break;
      case 'died':
        this.change(event.lane, { state: { name: 'died', error: event.error } });
        break;
      default:
        unreachable(event);
    }
  }

  private score({ lane, slot, from, outputs, reference }: RaceEvent & { kind: 'scored' }): void {
    const record = this.lane(lane);
    const labels = this.labels[slot];
    const { sequence } = this.answers;
    const alone = slot === 'race' && sequence !== undefined;
    let { fidelity, labelled, correct, answer, boxes, drawn } = record;
    for (const [i, all] of outputs.entries()) {
      const label = labels?.[from + i];
      if (label === UNASKED) continue;
      const expected = reference?.[i];
      const feed = `${lane} ${slot} ${from + i}`;
      const before = this.scored.get(feed);
      const now = expected && !record.lane.reference ? this.compared(all, expected) : null;
      this.scored.set(feed, now);
      if (now) {
        // The same feed once more counts only where it compares otherwise than before.
        const same = before && sameCounts(now, before);
        fidelity = addFidelity(fidelity, same ? uncounted(now) : alone ? ofNoCount(now) : now);
      }
      if (before !== undefined) continue;
      const known = this.counter?.check(all, slot, from + i);
      if (known) {
        labelled += known.expected;
        correct += known.matched;
        drawn = (drawn ?? 0) + known.found;
      }
      const [scores] = this.judged(all);
      if (label !== undefined && label >= 0 && scores) {
        labelled++;
        if (argmax(scores.data) === label) correct++;
      }
    }
    if (slot === 'race' && from === 0) {
      answer = outputs[0] ?? null;
      if (answer) boxes = this.counter?.find(answer);
      if (answer && !this.first.has(lane)) this.first.set(lane, answer);
    }
    this.change(lane, {
      fidelity,
      labelled,
      correct,
      answer,
      ...(boxes && { boxes }),
      ...(drawn !== undefined && { drawn }),
    });
    if (slot === 'check' && sequence) this.follow(record, outputs, sequence);
  }

  private compared(all: readonly OutputTensor[], expected: readonly OutputTensor[]): Fidelity {
    const found = compareOutputs(this.judged(all), this.judged(expected));
    if (!found) return INCOMPARABLE;
    return this.counter ? { ...found, boxes: this.counter.compare(all, expected) } : found;
  }

  private follow(
    { lane: { id }, stream = new Float32Array() }: LaneRecord,
    outputs: readonly (readonly OutputTensor[])[],
    sequence: SequenceKind<AnyTask>,
  ): void {
    const numbers = outputs.map((all) => sequence.number(this.model.task, all));
    this.change(id, { stream: Float32Array.from([...stream, ...numbers]) });
  }

  /** The outputs that decide: the task's answer where it is known, else all. */
  private judged(outputs: readonly OutputTensor[]): readonly OutputTensor[] {
    const { task } = this.model;
    const answer = this.answers.output(task);
    if (answer === null) return outputs;
    return outputs
      .filter(({ name }) => name === answer)
      .map((output) => this.answers.scores?.(task, output) ?? output);
  }

  private lane(id: string): LaneRecord {
    const lane = this.lanes.get(id);
    if (!lane) throw new RangeError(`No lane "${id}" in this race.`);
    return lane;
  }

  private remember(id: string, phase: LanePhase, memory: LaneMemory): void {
    this.change(id, { memory, ledger: { ...this.lane(id).ledger, [phase]: memory } });
  }

  private change(id: string, part: Partial<LaneRecord>): void {
    this.lanes.set(id, { ...this.lane(id), ...part });
  }
}
