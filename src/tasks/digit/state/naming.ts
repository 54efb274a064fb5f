/** A digit is named while it is drawn, by the reference lane. */
import type { Answer } from '../../../core/classes/classify.ts';
import { type Model, modelOfKind } from '../../../core/models/model.ts';
import { answerOutput } from '../../../core/tasks/answers.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { LaneClient } from '../../../engine/race/client.ts';
import { namedAnswer } from '../../../state/bench/answers.ts';
import { bench } from '../../../state/bench/bench.ts';
import { laneChoices } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import { measurementLock } from '../../../state/page/measurementLock.ts';
import { digitFeeds } from '../core/digit.ts';
import type { DigitTask } from '../core/task.ts';

const ONCE = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1, keep: true } as const;

/** What opens the lane and runs it; a test has one of its own. */
type Runner = Pick<LaneClient, 'load' | 'turn' | 'terminate'> & {
  open(askPlacement?: boolean): Promise<unknown>;
};

/**
 * A lane in a worker of its own, which is started with the first digit and ends before anything is
 * measured: it would take time from it.
 */
export class DigitNamer {
  private readonly model: Model;
  private readonly tell: (answer: Answer | null) => void;
  private readonly start: () => Runner | null;
  private readonly forget: () => void;
  private runner: Runner | null = null;
  /** The digit that waits to be named. */
  private next: Uint8Array | null = null;
  private working = false;

  /** @param tell given null while a digit is not named yet */
  constructor(
    model: Model,
    tell: (answer: Answer | null) => void,
    start: () => Runner | null = startReference,
  ) {
    this.model = model;
    this.tell = tell;
    this.start = start;
    this.forget = measurementLock.subscribe(({ taken }) => taken !== null && this.stop());
  }

  /** Names a digit, or after what it is doing only the latest one. */
  name(image: Uint8Array | null): void {
    this.next = image;
    if (!image) this.tell(null);
    if (image && !this.working && measurementLock.getState().taken === null) void this.work();
  }

  /** Ends its worker for good. */
  end(): void {
    this.forget();
    this.stop();
  }

  private stop(): void {
    this.next = null;
    this.runner?.terminate();
    this.runner = null;
  }

  private async work(): Promise<void> {
    this.working = true;
    try {
      while (this.next) {
        const image = this.next;
        this.next = null;
        const answer = await this.ask(
          digitFeeds(modelOfKind<Model<DigitTask>>(this.model, 'digit').task.input, image, 1),
        );
        if (this.runner && answer) this.tell(answer);
      }
    } catch {
      // It ended, or cannot start here: the race says why, with what can be done.
      this.stop();
    } finally {
      this.working = false;
    }
  }

  private async ask(feeds: FeedSet): Promise<Answer | null> {
    if (!this.runner) {
      this.runner = this.start();
      await this.runner?.open(false);
    }
    const { runner } = this;
    if (!runner) return null;
    await runner.load('race', feeds);
    const { outputs } = await runner.turn(ONCE);
    const wanted = answerOutput(this.model.task);
    const scores = outputs[0]?.find(({ name }) => name === wanted)?.data;
    return scores ? namedAnswer(this.model, scores) : null;
  }
}

function startReference(): Runner | null {
  const choices = laneChoices(bench.getState(), device.getState());
  const lane = choices.find((choice) => choice.lane.reference)?.lane;
  const { signal } = new AbortController();
  return lane ? new LaneClient(lane, () => laneFiles(lane, signal)) : null;
}
