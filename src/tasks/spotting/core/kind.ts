import * as v from 'valibot';
import { type PictureFacts, pictureInput } from '../../../core/pictures/input.ts';
import { anyNumber, whole } from '../../../core/schema/numbers.ts';
import { reads } from '../../../core/schema/reads.ts';
import type { TaskCore } from '../../../core/tasks/kind.ts';
import type { TextFound } from './counter.ts';
import { type SpottingTask, SpottingTaskSchema } from './task.ts';
import { sharedWords } from './words.ts';

const PointSchema = v.object({ x: anyNumber, y: anyNumber });

const TextFoundSchema = reads<TextFound>()(
  v.object({
    width: whole,
    height: whole,
    boxes: v.array(
      v.object({
        corners: v.tuple([PointSchema, PointSchema, PointSchema, PointSchema]),
        score: anyNumber,
      }),
    ),
  }),
);

const side = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The picture, and the pixels of it that the network ran on. */
export interface SpottingFacts {
  readonly picture: PictureFacts;
  readonly width: number;
  readonly height: number;
}

function fromWords(sentence: string): SpottingFacts | null {
  const [, words = '', width, height] = /^(.*), (\d+) × (\d+) pixels$/.exec(sentence) ?? [];
  const picture = pictureInput.fromWords(words);
  return picture && { picture, width: Number(width), height: Number(height) };
}

export const spottingCore: TaskCore<SpottingTask, SpottingFacts> = {
  kind: 'spotting',
  noun: 'pictures',
  schema: SpottingTaskSchema,
  inputs: ({ input }) => [{ name: input, type: 'float32', shape: [1, 3, 'height', 'width'] }],
  answers: {
    classes: false,
    output: ({ output }) => output,
    counted: {
      schema: TextFoundSchema,
      fewer: (number) => `${number} fewer labelled ${number === 1 ? 'line' : 'lines'}`,
      shared: sharedWords,
      differs: (counts) => {
        const { matched, found, expected } = counts;
        return `of its ${found} boxes and the reference's ${expected}, only ${matched} match`;
      },
    },
  },
  input: {
    schema: v.object({ picture: pictureInput.schema, width: side, height: side }),
    words: ({ picture, width, height }) =>
      `${pictureInput.words(picture)}, ${width} × ${height} pixels`,
    fromWords,
  },
};
