import { Fault } from '../../../core/errors.ts';
import { elementCount, type FeedSet, type OutputTensor } from '../../../core/tensors/tensors.ts';
import type { SpeechTask } from './task.ts';

type Samples = Float32Array<ArrayBuffer>;

/** Numbers in the model's state. */
const stateSize = ({ stateShape }: SpeechTask): number => elementCount(stateShape);

/** The state before the first frame. */
export const silentState = (task: SpeechTask): Samples => new Float32Array(stateSize(task));

/** Frames that sound of so many samples makes; the last one may be part silence. */
export const frameCount = ({ frame }: SpeechTask, samples: number): number =>
  Math.ceil(samples / frame);

/**
 * Cuts sound that arrives in pieces of any length into the model's inputs: each frame with the
 * last samples of the one before in front, zeros in front of the first.
 */
export class FrameCutter {
  readonly #task: SpeechTask;
  /** An input in the making: context, then new samples. */
  readonly #input: Samples;
  #filled: number;

  constructor(task: SpeechTask) {
    this.#task = task;
    this.#input = new Float32Array(task.context + task.frame);
    this.#filled = task.context;
  }

  /** @returns the inputs that these samples (-1..1, of the task's rate) complete, copies of their own */
  push(samples: Float32Array): Samples[] {
    const done: Samples[] = [];
    for (let at = 0; at < samples.length; ) {
      const piece = samples.subarray(at, at + this.#input.length - this.#filled);
      this.#input.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled === this.#input.length) done.push(this.#take());
    }
    return done;
  }

  /** @returns the frame that has begun, filled up with zeros; null when none has */
  flush(): Samples | null {
    if (this.#filled === this.#task.context) return null;
    this.#input.fill(0, this.#filled);
    return this.#take();
  }

  #take(): Samples {
    const done = this.#input.slice();
    this.#input.copyWithin(0, this.#task.frame);
    this.#filled = this.#task.context;
    return done;
  }
}

/** All inputs of a whole piece of sound (-1..1, of the task's rate), as the original frames it. */
export function cutFrames(task: SpeechTask, samples: Float32Array): Samples[] {
  const cutter = new FrameCutter(task);
  const frames = cutter.push(samples);
  const last = cutter.flush();
  return last ? [...frames, last] : frames;
}

/**
 * Independent feeds, one for each frame, for races: with the state given, no inference waits for
 * another, and all lanes are asked the same.
 *
 * @param states for each frame the state that it is given; a reference's, from `listen`
 * @throws Fault UnsupportedInputError where frames and states differ in number or size
 */
export function speechFeeds(
  task: SpeechTask,
  frames: readonly Float32Array[],
  states: readonly Float32Array[],
): FeedSet {
  if (frames.length !== states.length) {
    throw new Fault(
      'UnsupportedInputError',
      `${frames.length} frames of sound need as many states; there are ${states.length}.`,
    );
  }
  const width = task.context + task.frame;
  const packed = (parts: readonly Float32Array[], each: number, what: string): Samples => {
    const data = new Float32Array(parts.length * each);
    parts.forEach((part, i) => {
      if (part.length !== each) {
        throw new Fault(
          'UnsupportedInputError',
          `${what} ${i} holds ${part.length} numbers; the model takes ${each}.`,
        );
      }
      data.set(part, i * each);
    });
    return data;
  };
  const float32 = 'float32' as const;
  return {
    count: frames.length,
    inputs: [
      { name: task.input, type: float32, dims: [1, width], data: packed(frames, width, 'Frame') },
      {
        name: task.stateInput,
        type: float32,
        dims: task.stateShape,
        data: packed(states, stateSize(task), 'State'),
      },
    ],
  };
}

/** What one inference says. */
export interface FrameAnswer {
  /** 0..1 */
  readonly probability: number;
  /** For the next frame. */
  readonly state: Samples;
}

/** @throws Fault UnsupportedInputError where an output is missing or has another size */
export function readAnswer(task: SpeechTask, outputs: readonly OutputTensor[]): FrameAnswer {
  const named = (name: string, size: number) => {
    const data = outputs.find((output) => output.name === name)?.data;
    if (data?.length === size) return data;
    throw new Fault(
      'UnsupportedInputError',
      `The output "${name}" holds ${data ? `${data.length} numbers` : 'nothing'}; a speech model gives ${size}.`,
    );
  };
  const [probability = Number.NaN] = named(task.output, 1);
  return { probability, state: Float32Array.from(named(task.stateOutput, stateSize(task))) };
}

/** What a model heard in a sequence of frames. */
export interface Hearing {
  readonly probabilities: readonly number[];
  /** What each frame was given. */
  readonly states: readonly Samples[];
}

/**
 * Lets a model hear frames in turn, each with the state that the one before left: as live sound is
 * heard, and how a reference's states for `speechFeeds` are found.
 *
 * @param run one inference
 */
export async function listen(
  task: SpeechTask,
  frames: readonly Float32Array[],
  run: (feed: FeedSet) => Promise<readonly OutputTensor[]>,
): Promise<Hearing> {
  const probabilities: number[] = [];
  const states: Samples[] = [];
  let state = silentState(task);
  for (const frame of frames) {
    states.push(state);
    const answer = readAnswer(task, await run(speechFeeds(task, [frame], [state])));
    probabilities.push(answer.probability);
    state = answer.state;
  }
  return { probabilities, states };
}
