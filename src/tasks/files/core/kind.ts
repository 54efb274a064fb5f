import * as v from 'valibot';
import type { Model } from '../../../core/models/model.ts';
import type { TaskCore } from '../../../core/tasks/kind.ts';
import { type FilesTask, FilesTaskSchema } from './task.ts';

/** Which file a race ran on; nothing of a file of the user's is in a report, its name neither. */
const FileInputFacts = v.variant('kind', [
  v.object({ kind: v.literal('sample'), name: v.string() }),
  v.object({ kind: v.literal('own') }),
]);

export type FileInputFacts = v.InferOutput<typeof FileInputFacts>;

const OWN = 'the user’s own file';

export const filesCore: TaskCore<FilesTask, FileInputFacts> = {
  kind: 'files',
  noun: 'files',
  schema: FilesTaskSchema,
  files: ({ task }) => [task.types],
  inputs: ({ input, window: { headTokens, tailTokens } }) => [
    { name: input, type: 'int32', shape: ['batch', headTokens + tailTokens] },
  ],
  samples: { count: ({ samples }: Model<FilesTask>) => samples?.count ?? 0, labelled: false },
  answers: { classes: true, output: ({ output }) => output },
  input: {
    schema: FileInputFacts,
    words: (facts) => (facts.kind === 'own' ? OWN : `sample: ${facts.name}`),
    fromWords: (sentence) => {
      if (sentence === OWN) return { kind: 'own' };
      const [, name] = /^sample: (.*)$/.exec(sentence) ?? [];
      return name === undefined ? null : { kind: 'sample', name };
    },
  },
};
