import * as v from 'valibot';
import { finite } from '../../../core/schema/numbers.ts';
import { Specs } from '../../../core/schema/specs.ts';
import type { TaskCore } from '../../../core/tasks/kind.ts';

const GenericTask = v.object({ kind: v.literal('generic'), seed: v.number(), inputs: Specs });

/** Nothing is known but the declared tensors: seeded random numbers in, numbers out. */
export type GenericTask = v.InferOutput<typeof GenericTask>;

const SeedFacts = v.object({ seed: finite });

export type SeedFacts = v.InferOutput<typeof SeedFacts>;

/** Numbers for unknown inputs come from this seed, the same on every visit. */
const SEED = 1;

export const genericCore: TaskCore<GenericTask, SeedFacts> = {
  kind: 'generic',
  noun: 'inputs',
  schema: GenericTask,
  blind: true,
  inputs: ({ inputs }) => inputs,
  // Any file at all: it has to be asked last.
  recognise: ({ inputs }) => ({
    kind: 'generic',
    seed: SEED,
    inputs: inputs.map(({ name, type, shape }) => ({ name, type, shape: [...shape] })),
  }),
  answers: { classes: false, output: () => null },
  input: {
    schema: SeedFacts,
    words: ({ seed }) => `random numbers, seed ${seed}`,
    fromWords: (sentence) => {
      const [, seed] = /^random numbers, seed (\d+)$/.exec(sentence) ?? [];
      return seed === undefined ? null : { seed: Number(seed) };
    },
  },
};
