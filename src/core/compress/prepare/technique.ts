import * as v from 'valibot';
import { inlineFunctions } from '../../onnx/inline.ts';
import type { Technique } from '../technique.ts';
import { joinLimits } from './clips.ts';
import { Draft } from './draft.ts';
import { foldConstants } from './fold/fold.ts';
import { foldAfter, foldBefore } from './foldAffine.ts';
import { joinBiases } from './gemm.ts';
import { dropDead, dropIdle, mergeDuplicates } from './unused.ts';

const On = v.optional(v.boolean(), true);

export const PrepareOptions = v.object({
  functions: On,
  constants: On,
  normalization: On,
  biases: On,
  limits: On,
  unused: On,
  duplicates: On,
});

export type PrepareOptions = v.InferOutput<typeof PrepareOptions>;

/** The same function of fewer nodes. */
export const prepare: Technique<'prepare', PrepareOptions> = {
  id: 'prepare',
  title: 'Tidy the graph',
  sentence:
    'Folds constants and removes what does nothing. The outputs stay the same up to rounding, and later steps, int8 above all, find more to work on.',
  schema: PrepareOptions,
  dials: {
    functions: {
      kind: 'switch',
      title: 'Inline functions',
      sentence: 'Inlines functions, so that later steps can see inside them.',
    },
    constants: {
      kind: 'switch',
      title: 'Fold constants',
      sentence:
        'Computes nodes that read only constants, and shapes that are fixed, unless the result would make the file much larger.',
    },
    normalization: {
      kind: 'switch',
      title: 'Fold normalization into weights',
      sentence:
        'BatchNormalization, and constant factors and sums per channel, become part of the neighbouring convolution: fewer steps, and int8 needs it.',
    },
    biases: {
      kind: 'switch',
      title: 'Fuse products and biases',
      sentence: 'A MatMul of two matrices and the Add after it become one Gemm.',
    },
    limits: {
      kind: 'switch',
      title: 'Merge limits',
      sentence:
        'Min, Max, Relu and Clip in a row become one Relu or Clip, which int8 kernels do without extra time.',
    },
    unused: {
      kind: 'switch',
      title: 'Remove what does nothing',
      sentence:
        'Removes nodes that pass on their input unchanged, and nodes and weights that nothing reads.',
    },
    duplicates: {
      kind: 'switch',
      title: 'Store equal weights once',
      sentence: 'Weights of 4 KB and more that are identical to the last bit are stored once.',
    },
  },
  rank: 6,
  stepTitle: () => 'Tidy the graph',
  expectedSize: () => null,
  prunes: () => false,
  needsInputs: () => false,
  apply: async (model, options, { signal }) => {
    if (options.functions) inlineFunctions(model);
    const draft = new Draft(model);
    const passes: [boolean, (draft: Draft) => void][] = [
      // What nothing needs would count as a reader.
      [options.unused, dropDead],
      [options.unused, dropIdle],
      [options.constants, foldConstants],
      [options.unused, dropIdle],
      [options.biases, joinBiases],
      [options.normalization, foldAfter],
      [options.normalization, foldBefore],
      [options.limits, joinLimits],
      [options.unused, dropDead],
      [options.duplicates, mergeDuplicates],
    ];
    for (const [wanted, pass] of passes) {
      signal.throwIfAborted();
      if (wanted) pass(draft);
    }
    if (options.unused) draft.dropUnused(true);
    draft.finish();
    return draft.ledger.decisions();
  },
};
