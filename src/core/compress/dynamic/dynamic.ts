import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import { firstOutput, nodeTitle, opsetsOf } from '../../onnx/graph.ts';
import type { ModelProto, NodeProto } from '../../onnx/onnx_pb.ts';
import { importDomain, raiseOpset } from '../opset.ts';
import { Rewriter } from '../rewriter.ts';
import { type Subject, subjectOf } from '../static/subject.ts';
import type { Decision, Technique } from '../technique.ts';
import { CodeBook } from './codes.ts';
import type { DynamicWork } from './rule.ts';
import { movesCodes, readsCodes, ruleFor } from './rules.ts';

const nodes = v.optional(v.array(v.string()), []);
const WeightTypes = v.picklist(['int8', 'uint8']);

export const DynamicOptions = v.object({
  products: v.optional(v.boolean(), true),
  convolutions: v.optional(v.boolean(), true),
  lstm: v.optional(v.boolean(), true),
  tables: v.optional(v.boolean(), true),
  perChannel: v.optional(v.boolean(), false),
  weights: v.optional(WeightTypes, 'int8'),
  convWeights: v.optional(WeightTypes, 'uint8'),
  only: nodes,
  keep: nodes,
});

export type DynamicOptions = v.InferOutput<typeof DynamicOptions>;

/** The oldest operator set with DynamicQuantizeLinear. */
const MIN_OPSET = 11;

/** Why each node stays as it is; null for those that are quantized. */
function verdicts(subject: Subject, options: DynamicOptions): Map<NodeProto, string | null> {
  const only = new Set(options.only);
  const keep = new Set(options.keep);
  const verdict = (node: NodeProto): string | null => {
    const rule = ruleFor(node);
    if (!rule) return `${node.opType} has no form that quantizes its input as it comes`;
    const name = firstOutput(node);
    if (keep.has(name) || (only.size > 0 && !only.has(name))) return 'as asked';
    if (!options[rule.kind]) return `${node.opType} is left out, as asked`;
    return rule.refuse(node, subject);
  };
  return new Map(subject.index.order.map((node) => [node, verdict(node)]));
}

/** Whether every reader of a moved tensor takes codes: else floats are moved as before, without loss. */
function readAsCodes(
  { index, outputs }: Subject,
  name: string,
  verdict: ReadonlyMap<NodeProto, string | null>,
): boolean {
  const readers = index.consumers.get(name) ?? [];
  const codes = (node: NodeProto) =>
    verdict.get(node) === null && readsCodes(node) && node.input.lastIndexOf(name) === 0;
  return readers.length > 0 && readers.every(codes) && !outputs.has(name);
}

const MAX_REASONS = 3;

function nothing(reasons: Iterable<string | null>): Fault {
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_REASONS);
  const why = most.map(([reason, times]) => `${reason} (${times})`).join('; ');
  return new Fault(
    'CompressError',
    `No node of the model can be quantized dynamically${why && `: ${why}`}.`,
  );
}

/**
 * Quantizes products in place so that their inputs become uint8 while the model runs. With the
 * same settings names, scales, zero points and codes equal those of onnxruntime 1.30's
 * `quantize_dynamic`.
 * @throws Fault CompressError, GraphError
 */
export function quantizeDynamic(model: ModelProto, options: DynamicOptions): Decision[] {
  const before = subjectOf(model);
  const planned = verdicts(before, options);
  if (![...planned.values()].includes(null)) throw nothing(planned.values());
  const raised = (opsetsOf(model).get('') ?? 1) < MIN_OPSET;
  raiseOpset(model, MIN_OPSET);
  const subject = raised ? subjectOf(model) : before;
  const verdict = raised ? verdicts(subject, options) : planned;
  const rewriter = new Rewriter(subject.graph);
  const book = new CodeBook(rewriter);
  const { weights, convWeights, perChannel } = options;
  const work: DynamicWork = { subject, rewriter, book, weights, convWeights, perChannel };
  const decisions = subject.index.order.map((node): Decision => {
    const about = { node: firstOutput(node), title: nodeTitle(node), operator: node.opType };
    const reason = verdict.get(node);
    if (reason === null) {
      return { ...about, outcome: 'changed', reason: ruleFor(node)?.apply(node, work) ?? '' };
    }
    const codes = movesCodes(node) && book.known(node.input[0] ?? '');
    if (codes && readAsCodes(subject, about.node, verdict)) {
      book.move(node, codes);
      return {
        ...about,
        outcome: 'changed',
        reason: 'moves codes, since all its readers take them',
      };
    }
    return { ...about, outcome: 'kept', reason: reason ?? '' };
  });
  book.finish();
  rewriter.finish();
  if (subject.graph.node.some(({ domain }) => domain === 'com.microsoft')) {
    importDomain(model, 'com.microsoft', 1);
  }
  return decisions;
}

const typeChoices = [
  { value: 'int8', title: 'int8, symmetric' },
  { value: 'uint8', title: 'uint8' },
] as const;

/** Integer products whose inputs are quantized while the model runs. */
export const dynamicInt8: Technique<'dynamic-int8', DynamicOptions> = {
  id: 'dynamic-int8',
  title: 'Dynamic int8',
  sentence:
    'Stores weights as 8-bit integers and multiplies in integers, with the range of each input measured at run time: no calibration. Best for transformers and recurrent networks.',
  schema: DynamicOptions,
  dials: {
    products: {
      kind: 'switch',
      title: 'Matrix products',
      sentence:
        'MatMul, Gemm and fused Attention with constant weights: where most of the time of a transformer goes.',
    },
    convolutions: {
      kind: 'switch',
      title: 'Convolutions',
      sentence:
        'Dense convolutions get faster; depthwise ones often take longer than in float: measure, or leave those in float.',
    },
    lstm: {
      kind: 'switch',
      title: 'LSTM',
      sentence: 'Recurrent layers with int8 weights, by an operator that only onnxruntime has.',
    },
    tables: {
      kind: 'switch',
      title: 'Tables',
      sentence: 'Embedding tables as 8-bit integers: a quarter of the size, at the same speed.',
    },
    perChannel: {
      kind: 'switch',
      title: 'Scale for each column',
      sentence:
        'Gives each column of a matrix its own scale: more exact where columns differ in size. Convolutions keep one scale, as their kernels require.',
    },
    weights: {
      kind: 'choice',
      title: 'Weights of products',
      sentence:
        'int8 is as fast and is symmetric around zero; uint8 fits weights that are skewed to one side.',
      choices: typeChoices,
    },
    convWeights: {
      kind: 'choice',
      title: 'Weights of convolutions',
      sentence: 'In the browser uint8 is several times faster here: int8 has no fast kernel.',
      choices: typeChoices,
    },
    only: {
      kind: 'nodes',
      title: 'Only these nodes',
      sentence: 'Quantizes only the nodes that make these tensors; empty means all.',
    },
    keep: {
      kind: 'nodes',
      title: 'Leave out these nodes',
      sentence: 'Leaves the nodes that make these tensors in float.',
    },
  },
  rank: 2,
  stepTitle: () => 'Dynamic int8',
  expectedSize: () => ({ factor: 4, zipped: false }),
  prunes: () => false,
  needsInputs: () => false,
  apply: async (model, options, { signal }) => {
    signal.throwIfAborted();
    return quantizeDynamic(model, options);
  },
};
