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
    'Makes the least important weights zero. That shrinks the download, which is compressed on its way, but neither the file nor the time: runtimes multiply by zeros too. Without retraining convolutional networks bear about 30 to 50% and break down by 70 to 80%.',
  schema: PruneOptions,
  dials: {
    sparsity: {
      kind: 'number',
      title: 'Sparsity',
      sentence: 'The share of weights that becomes zero, exactly; a pattern sets its own.',
      min: 0,
      max: MAX_SPARSITY,
      step: 0.05,
    },
    method: {
      kind: 'choice',
      title: 'Importance',
      sentence:
        'Magnitude takes the smallest weights. Wanda takes those whose product with the activations they meet is smallest: better for transformers, and it runs the model on inputs.',
      choices: [
        { value: 'magnitude', title: 'Magnitude' },
        { value: 'wanda', title: 'Wanda' },
      ],
    },
    pattern: {
      kind: 'choice',
      title: 'Pattern',
      sentence:
        'Of so many neighbours along the inputs only so many stay. Some GPUs run 2:4 faster in runtimes made for it; browsers do not.',
      choices: PATTERNS.map((value) => ({ value, title: value === 'none' ? 'Free' : value })),
    },
    scope: {
      kind: 'choice',
      title: 'Compared within',
      sentence:
        'A layer or an output gives every one the same share. All layers together spares those whose weights are large. Wanda was published with outputs.',
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
      title: 'Spare both ends',
      sentence: 'Leaves the first and the last of three or more layers: they matter most.',
    },
    keep: {
      kind: 'nodes',
      title: 'Spare these nodes',
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
