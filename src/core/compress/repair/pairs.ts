import { domainOf } from '../../onnx/graph.ts';
import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { limitOf } from '../prepare/clips.ts';
import { type Draft, isStandard } from '../prepare/draft.ts';
import { allFinite, biasOf, type LinearLayer, linearOf } from '../prepare/linear.ts';
import { numberOf } from '../static/attributes.ts';
import { floatsOf } from '../static/weights.ts';

/** A layer whose output only the next one reads, with nothing between that minds a factor. */
export interface Pair {
  readonly first: LinearLayer;
  readonly second: LinearLayer;
  /** Channels of the second for each of the first: more than one where an image is flattened. */
  readonly spread: number;
  /** Limits between the two, which a factor would move. */
  readonly limits: readonly NodeProto[];
}

/** f(s x) = s f(x) for each channel and s > 0. */
const HOMOGENEOUS = [
  'Relu',
  'LeakyRelu',
  'PRelu',
  'MaxPool',
  'AveragePool',
  'GlobalAveragePool',
  'GlobalMaxPool',
  'Identity',
];

/** Whether a node lays the numbers of each channel in a row, one channel after another. */
function flattens(draft: Draft, node: NodeProto): boolean {
  if (isStandard(node, 'Flatten')) return numberOf(node, 'axis', 1) === 1;
  if (!isStandard(node, 'Reshape', 'Squeeze')) return false;
  const from = draft.types.get(node.input[0] ?? '')?.shape;
  const to = draft.types.get(node.output[0] ?? '')?.shape;
  return to?.length === 2 && from?.[0] !== undefined && from[0] === to[0];
}

/** How a node between two layers takes a factor: not at all, or as a limit that must go first. */
function between(draft: Draft, node: NodeProto, input: string): 'passes' | 'limits' | null {
  if (node.input[0] !== input) return null;
  if (isStandard(node, 'PRelu')) return draft.floats(node.input[1] ?? '') ? 'passes' : null;
  if (isStandard(node, ...HOMOGENEOUS) || flattens(draft, node)) return 'passes';
  const limit = isStandard(node, 'Clip') ? limitOf(draft, node) : null;
  if (limit?.low !== 0) return null;
  return limit.high === Number.POSITIVE_INFINITY ? 'passes' : 'limits';
}

const isLayer = (node: NodeProto) =>
  domainOf(node.domain) === '' && /^(Conv|ConvTranspose|Gemm)$/.test(node.opType);

/** Why the weights of a layer cannot be scaled, or null. */
function unfit(draft: Draft, { node, weight }: LinearLayer): string | null {
  if (draft.readings(node.input[1] ?? '') > 1) return 'something else reads its weights';
  return allFinite(floatsOf(weight, 1)) ? null : 'its weights hold NaN or infinity';
}

/** The pair that a layer begins, or why it begins none. */
export function pairFrom(draft: Draft, node: NodeProto): Pair | string {
  const first = isLayer(node) ? linearOf(draft, node) : null;
  if (!first) return 'its weights are not constant float32';
  const reason = unfit(draft, first);
  if (reason) return reason;
  if (!biasOf(draft, first)) return 'its bias is not a constant for each channel';
  const limits: NodeProto[] = [];
  let [at = ''] = node.output;
  for (;;) {
    if (draft.outputs.has(at)) return 'what it makes is an output of the model';
    const reader = draft.soleReader(at);
    if (!reader) return 'several nodes read what it makes';
    const second = isLayer(reader) && reader.input[0] === at ? linearOf(draft, reader) : null;
    if (second) {
      const spread = second.inputs / first.outputs;
      if (!Number.isInteger(spread)) return 'the next layer mixes its channels';
      const other = unfit(draft, second);
      return other
        ? `of ${draft.ledger.title(reader)}: ${other}`
        : { first, second, spread, limits };
    }
    const kind = between(draft, reader, at);
    if (!kind) return `${draft.ledger.title(reader)} follows, which a factor would change`;
    if (kind === 'limits') limits.push(reader);
    at = reader.output[0] ?? '';
  }
}
