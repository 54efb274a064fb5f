import * as v from 'valibot';
import type { Model } from '../../../core/models/model.ts';
import type { TaskCore } from '../../../core/tasks/kind.ts';
import { DIGIT_SIDE } from './digit.ts';
import { DigitTask } from './task.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which digits a race ran on; drawings and camera pictures themselves are in no report. */
const DigitFacts = v.variant('kind', [
  v.object({ kind: v.literal('sample'), index }),
  v.object({ kind: v.picklist(['drawn', 'camera', 'sweep']) }),
]);

export type DigitFacts = v.InferOutput<typeof DigitFacts>;

const SAYS = {
  drawn: 'a drawing',
  camera: 'a digit from the camera',
  sweep: 'all labelled test images',
} as const;

function fromWords(sentence: string): DigitFacts | null {
  const [, number] = /^test image (\d+)$/.exec(sentence) ?? [];
  if (number !== undefined) return { kind: 'sample', index: Number(number) - 1 };
  const kinds = ['drawn', 'camera', 'sweep'] as const;
  const kind = kinds.find((each) => SAYS[each] === sentence);
  return kind ? { kind } : null;
}

export const digitCore: TaskCore<DigitTask, DigitFacts> = {
  kind: 'digit',
  noun: 'digits',
  schema: DigitTask,
  inputs: ({ input }) => [
    { name: input, type: 'float32', shape: ['batch', 1, DIGIT_SIDE, DIGIT_SIDE] },
  ],
  samples: { count: ({ samples }: Model<DigitTask>) => samples?.count ?? 0, labelled: true },
  answers: { classes: true, output: ({ output }) => output, names: ({ labels }) => labels },
  input: {
    schema: DigitFacts,
    words: (facts) =>
      facts.kind === 'sample' ? `test image ${facts.index + 1}` : SAYS[facts.kind],
    fromWords,
  },
};
