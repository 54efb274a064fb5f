import { errorFacts } from '../../../core/race/events.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import { seededRandom } from '../../../core/tensors/random.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { type LaneClient, withLanes } from '../../../engine/race/client.ts';
import { bench } from '../../../state/bench/bench.ts';
import { device } from '../../../state/device/device.ts';
import { laneFiles } from '../../../state/files/downloads.ts';
import { Stoppable } from '../../../state/page/measurementLock.ts';
import { generate } from '../core/generate.ts';
import { promptOf } from '../core/problem.ts';
import { type Choose, largest, sampled } from '../core/sample.ts';
import { type StepTime, stepOn } from '../core/step.ts';
import { problems, taskOf } from './state.ts';
import {
  type Asked,
  chosenGenerators,
  generatorsOf,
  type ThinkingStatus,
  type TokenGenerator,
  thinking,
  type Writing,
} from './thinking.ts';

/** An eye follows about so many characters a second. */
export const SLOW_PER_SECOND = 12;
/** At full speed the page draws only now and then: drawing takes longer than writing. */
const DRAW_MS: Milliseconds = 60;

const stoppable = new Stoppable();

export const stopThinking = stoppable.stop;

const setStatus = (status: ThinkingStatus) => thinking.setState({ status });

const pause = (ms: Milliseconds) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets the chosen lanes write the answer to the problem; resolves when it is over, however it ended. */
export async function think(): Promise<void> {
  const state = bench.getState();
  const dials = thinking.getState();
  const generators = chosenGenerators(generatorsOf(state, device.getState()), dials);
  const { problem } = problems.getState().input;
  if (!problem || generators.length === 0 || state.modelId === null) return;
  const { mode, temperature, seed } = dials;
  const asked: Asked = { modelId: state.modelId, problem, mode, temperature, seed };
  await stoppable.run('An answer is being written.', async (signal) => {
    // What another model would stand beside must not go on unseen.
    const leave = bench.subscribe(({ modelId }) => modelId !== asked.modelId && stopThinking());
    const blank = { text: '', times: [], coldMs: null, fault: null };
    const writings = generators.map((generator): Writing => ({ generator, ...blank }));
    thinking.setState({ asked, writings, heldBack: false });
    setStatus({ state: 'running', doing: '' });
    try {
      await new Answers(asked, writings, signal).write();
      setStatus({ state: 'done' });
    } catch (thrown) {
      const error = errorFacts(thrown);
      setStatus(signal.aborted ? { state: 'stopped' } : { state: 'failed', error });
    } finally {
      leave();
    }
  });
}

type Writer = AsyncGenerator<readonly (string | null)[], void, undefined>;

/** The answers of some lanes, which write a character each in turn: they never run at once. */
class Answers {
  private readonly asked: Asked;
  private readonly signal: AbortSignal;
  private readonly writings: Writing[];
  private drawn: Milliseconds = 0;

  constructor(asked: Asked, writings: readonly Writing[], signal: AbortSignal) {
    this.asked = asked;
    this.writings = [...writings];
    this.signal = signal;
  }

  /** @throws the signal's reason; a lane that fails is told in its writing, and the other goes on */
  async write(): Promise<void> {
    const { signal } = this;
    const lanes = this.writings.map(({ generator }) => generator.lane);
    try {
      await withLanes(
        lanes,
        (lane) => laneFiles(lane, signal),
        signal,
        (clients) => this.writeOn(clients),
      );
    } finally {
      this.tell();
    }
  }

  private async writeOn(clients: readonly LaneClient[]): Promise<void> {
    const writers = new Map<number, Writer>();
    for (const [i, client] of clients.entries()) {
      const writer = await this.attempt(i, () => this.begin(i, client));
      if (writer) writers.set(i, writer);
    }
    setStatus({ state: 'running', doing: '' });
    while (writers.size > 0) {
      const began = performance.now();
      for (const [i, writer] of writers) {
        const wrote = await this.attempt(i, () => this.next(i, writer));
        if (!wrote) writers.delete(i);
      }
      await this.draw(began);
    }
  }

  /** Starts a lane and warms it up by a whole answer that nobody sees. */
  private async begin(i: number, client: LaneClient): Promise<Writer> {
    const { generator } = this.writings[i] as Writing;
    setStatus({ state: 'running', doing: `Starting ${laneTitle(generator.lane)}` });
    await client.open(false);
    const times: StepTime[] = [];
    for await (const _ of this.writer(client, generator, largest, (time) => times.push(time)));
    this.change(i, { coldMs: times[0]?.ms ?? null });
    const { temperature, seed } = this.asked;
    // As many random numbers for each lane, whatever the other draws.
    const choose = temperature > 0 ? sampled({ temperature }, seededRandom(seed)) : largest;
    return this.writer(client, generator, choose, (time) => {
      this.change(i, { times: [...(this.writings[i] as Writing).times, time] });
    });
  }

  private writer(
    client: LaneClient,
    { model }: TokenGenerator,
    choose: Choose,
    took: (time: StepTime) => void,
  ): Writer {
    const task = taskOf(model);
    const { problem, mode } = this.asked;
    const step = stepOn(client, task, () => performance.now(), took);
    const sequences = [{ prompt: promptOf(problem, mode, task), choose }];
    return generate(step, sequences, task, this.signal);
  }

  /** @returns whether it wrote a character */
  private async next(i: number, writer: Writer): Promise<boolean> {
    const { value, done } = await writer.next();
    this.signal.throwIfAborted();
    const [character] = value ?? [];
    if (done || typeof character !== 'string') return false;
    this.change(i, { text: (this.writings[i] as Writing).text + character });
    return true;
  }

  private async attempt<T>(i: number, call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch (thrown) {
      this.signal.throwIfAborted();
      this.change(i, { fault: errorFacts(thrown) });
      return null;
    }
  }

  private change(i: number, part: Partial<Writing>): void {
    this.writings[i] = { ...(this.writings[i] as Writing), ...part };
  }

  private tell(): void {
    this.drawn = performance.now();
    thinking.setState({ writings: [...this.writings] });
  }

  /** Shows what was written since `began`, and holds the next characters back where asked to. */
  private async draw(began: Milliseconds): Promise<void> {
    const { slow } = thinking.getState();
    if (slow || performance.now() - this.drawn >= DRAW_MS) {
      this.tell();
      if (slow) thinking.setState({ heldBack: true });
      await pause(slow ? Math.max(0, began + 1000 / SLOW_PER_SECOND - performance.now()) : 0);
    }
    this.signal.throwIfAborted();
  }
}
