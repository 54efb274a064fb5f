import { beforeEach, expect, it } from 'vitest';
import type { Answer } from '../../../core/classes/classify.ts';
import { zooModel } from '../../../core/models/zoo.testing.ts';
import { answerOutput } from '../../../core/tasks/answers.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { measurementLock } from '../../../state/page/measurementLock.ts';
import { DigitNamer } from './naming.ts';

const model = zooModel('digits', 'digit');

/** Takes every digit for the value of its first pixel. */
class FakeRunner {
  readonly asked: number[] = [];
  ended = false;
  private seen = 0;
  private readonly wait: Promise<void>;

  constructor(wait = Promise.resolve()) {
    this.wait = wait;
  }

  open = () => this.wait;

  load = async (_: unknown, { inputs }: FeedSet) => {
    this.seen = Math.round(255 * Number(inputs[0]?.data[0]));
    this.asked.push(this.seen);
  };

  turn = async () => {
    if (this.ended) throw new Error('It was stopped.');
    const data = Float32Array.from({ length: 10 }, (__, i) => (i === this.seen ? 9 : 0));
    const scores = { name: answerOutput(model.task) ?? '', type: 'float32', dims: [1, 10], data };
    return { ms: new Float64Array(), outputs: [[scores]], memory: { heap: 0, gpu: null } } as never;
  };

  terminate = () => {
    this.ended = true;
  };
}

const digit = (value: number) => new Uint8Array(784).fill(value);
const quiet = () => new Promise((resolve) => setTimeout(resolve));

let told: (string | null)[];
const tell = (answer: Answer | null) => told.push(answer ? answer.label : null);
beforeEach(() => {
  told = [];
  measurementLock.setState({ taken: null });
});

it('names a digit, and of those that come meanwhile the latest one', async () => {
  let open = () => {};
  const runner = new FakeRunner(
    new Promise((resolve) => {
      open = resolve;
    }),
  );
  const namer = new DigitNamer(model, tell, () => runner);
  for (const value of [3, 5, 7]) namer.name(digit(value));
  open();
  await quiet();
  expect(runner.asked).toEqual([3, 7]);
  expect(told).toEqual(['3', '7']);
  namer.name(null);
  expect(told.at(-1)).toBeNull();
  namer.end();
  expect(runner.ended).toBe(true);
});

it('ends before anything is measured, and starts anew with the next digit', async () => {
  const runners: FakeRunner[] = [];
  const namer = new DigitNamer(model, tell, () => {
    const runner = new FakeRunner();
    runners.push(runner);
    return runner;
  });
  namer.name(digit(4));
  await quiet();
  measurementLock.setState({ taken: 'A race is running.' });
  expect(runners.map(({ ended }) => ended)).toEqual([true]);
  namer.name(digit(6));
  await quiet();
  expect(runners).toHaveLength(1);
  measurementLock.setState({ taken: null });
  namer.name(digit(6));
  await quiet();
  expect(told).toEqual(['4', '6']);
  namer.end();
});

it('says nothing where it cannot start', async () => {
  const failing = { ...new FakeRunner(), open: () => Promise.reject(new Error('no runtime')) };
  const namer = new DigitNamer(model, tell, () => failing);
  namer.name(digit(4));
  await quiet();
  expect(told).toEqual([]);
  namer.end();
});
