import type { Technique } from '../technique.ts';
import { PRUNABLE } from './layers.ts';
import { MAX_SPARSITY, PATTERNS, PruneOptions, sparsityOf } from './options.ts';
import { pruneModel } from './prune.ts';
import { zippedShare } from './zipped.ts';

/** The least important weights made zero, after training and without more of it. */
export const prune: Technique<'prune', PruneOptions> = {
  id: 'prune',
  title: 'Pruning',
  sentence:
    'Sets the least important weights to zero. That shrinks the download, which is sent compressed, but neither the file nor the time: runtimes multiply by zeros too. Without retraining, convolutional networks tolerate about 30 to 50% and break down at 70 to 80%.',
  schema: PruneOptions,
  dials: {
    sparsity: {
      kind: 'number',
      title: 'Sparsity',
      sentence: 'The exact share of weights that becomes zero; a pattern sets its own.',
      min: 0,
      max: MAX_SPARSITY,
      step: 0.05,
    },
    method: {
      kind: 'choice',
      title: 'Importance',
      sentence:
        'Magnitude takes the smallest weights. Wanda takes those whose product with their input activations is smallest: better for transformers, but it needs inputs to run the model on.',
      choices: [
        { value: 'magnitude', title: 'Magnitude' },
        { value: 'wanda', title: 'Wanda' },
      ],
    },
    pattern: {
      kind: 'choice',
      title: 'Pattern',
      sentence:
        'Of each group of neighbours along the inputs, only so many stay. Some GPUs run 2:4 faster in runtimes made for it; browsers do not.',
      choices: PATTERNS.map((value) => ({ value, title: value === 'none' ? 'Free' : value })),
    },
    scope: {
      kind: 'choice',
      title: 'Rank within',
      sentence:
        '“Each layer” and “each output” prune the same share of every one. “All layers” spares those whose weights are large. Wanda was published with outputs.',
      choices: [
        { value: 'layer', title: 'Each layer' },
        { value: 'output', title: 'Each output of a layer' },
        { value: 'global', title: 'All layers' },
      ],
    },
    operators: {
      kind: 'choice',
      title: 'Operators',
      sentence: 'Prunes all weights that are multiplied by, or those of one operator.',
      choices: ['all', ...PRUNABLE].map((value) => ({
        value,
        title: value === 'all' ? 'Conv, Gemm and MatMul' : value,
      })),
    },
    ends: {
      kind: 'switch',
      title: 'Leave out both ends',
      sentence: 'Leaves the first and the last of three or more layers unpruned: they matter most.',
    },
    keep: {
      kind: 'nodes',
      title: 'Leave out these nodes',
      sentence: 'Leaves the weights of the nodes that make these tensors.',
    },
  },
  rank: 5,
  stepTitle: (options) =>
    `Pruning ${options.pattern === 'none' ? `${Math.round(options.sparsity * 100)}%` : options.pattern}`,
  expectedSize: (options) => ({
    factor: zippedShare(0) / zippedShare(sparsityOf(options)),
    zipped: true,
  }),
  prunes: (options) => sparsityOf(options) > 0,
  needsInputs: ({ method }) => method === 'wanda',
  apply: pruneModel,
};
