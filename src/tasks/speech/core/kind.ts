import * as v from 'valibot';
import { type Model, modelOfKind } from '../../../core/models/model.ts';
import type { TaskCore } from '../../../core/tasks/kind.ts';
import { SpeechClip, SpeechTask } from './task.ts';

/** A model of speech with sound to try it on. */
export interface SpeechModel extends Model<SpeechTask> {
  readonly clips?: readonly SpeechClip[];
}

/** Which sound a race ran on; sound of the user's own is in no report. */
const SoundFacts = v.variant('kind', [
  v.object({ kind: v.literal('clip'), title: v.string() }),
  v.object({ kind: v.picklist(['own', 'recorded']) }),
]);

export type SoundFacts = v.InferOutput<typeof SoundFacts>;

const OWN = 'the user’s own sound';
const RECORDED = 'a recording';

function fromWords(sentence: string): SoundFacts | null {
  if (sentence === OWN) return { kind: 'own' };
  if (sentence === RECORDED) return { kind: 'recorded' };
  const [, title] = /^clip: (.*)$/.exec(sentence) ?? [];
  return title === undefined ? null : { kind: 'clip', title };
}

/** @throws RangeError for a model of another kind */
export const speechModel = (model: Model): SpeechModel => modelOfKind<SpeechModel>(model, 'speech');

export const speechCore: TaskCore<SpeechTask, SoundFacts> = {
  kind: 'speech',
  noun: 'frames',
  schema: SpeechTask,
  carried: {
    entry: v.object({ clips: v.exactOptional(v.array(SpeechClip)) }),
    model: v.object({ clips: v.exactOptional(v.array(SpeechClip)) }),
  },
  files: ({ clips = [] }: SpeechModel) => clips,
  inputs: ({ input, context, frame, stateInput, stateShape }) => [
    { name: input, type: 'float32', shape: [1, context + frame] },
    { name: stateInput, type: 'float32', shape: stateShape },
  ],
  answers: {
    classes: true,
    output: ({ output }) => output,
    // One probability decides between two classes: nobody speaks, somebody does.
    scores: (_, output) => {
      const [probability = Number.NaN] = output.data;
      return { ...output, dims: [1, 2], data: Float64Array.of(1 - probability, probability) };
    },
    sequence: {
      number: ({ output }, outputs) =>
        outputs.find(({ name }) => name === output)?.data[0] ?? Number.NaN,
      differs: (much) => `over the whole sequence, only ${much} frames agree with the reference`,
    },
  },
  input: {
    schema: SoundFacts,
    words: (facts) =>
      facts.kind === 'clip' ? `clip: ${facts.title}` : facts.kind === 'own' ? OWN : RECORDED,
    fromWords,
  },
};
