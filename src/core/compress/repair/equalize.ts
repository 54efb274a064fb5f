import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import { figure } from '../../format.ts';
import type { NodeProto } from '../../onnx/onnx_pb.ts';
import { Draft, isStandard } from '../prepare/draft.ts';
import { allFinite, biasOf, scaledWeights, storeBias } from '../prepare/linear.ts';
import type { Technique } from '../technique.ts';
import { disparity, equalized, type Factors } from './balance.ts';
import { type Pair, pairFrom } from './pairs.ts';

export const EqualizeOptions = v.object({
  openLimits: v.optional(v.boolean(), false),
  keep: v.optional(v.array(v.string()), []),
});

export type EqualizeOptions = v.InferOutput<typeof EqualizeOptions>;

/** The pairs to equalize; every layer that begins none is told of with the reason. */
function pairsOf(draft: Draft, { openLimits, keep }: EqualizeOptions): Pair[] {
  const pairs: Pair[] = [];
  const layers = draft.index.order.filter((node) =>
    isStandard(node, 'Conv', 'ConvTranspose', 'Gemm'),
  );
  for (const node of layers) {
    const kept = (each: NodeProto) => each.output.some((name) => keep.includes(name));
    const pair = kept(node) ? 'as asked' : pairFrom(draft, node);
    if (typeof pair === 'string') {
      draft.ledger.note(node, 'kept', `not equalized with a next layer: ${pair}`);
    } else if (kept(pair.second.node)) {
      draft.ledger.note(node, 'kept', 'not equalized with a next layer: as asked');
    } else if (pair.limits.length > 0 && !openLimits) {
      const [limit] = pair.limits.map((each) => draft.ledger.title(each));
      const reason = `${limit} is between, whose upper end a factor would move`;
      draft.ledger.note(node, 'kept', `not equalized with a next layer: ${reason}`);
    } else pairs.push(pair);
  }
  return pairs;
}

/** A Clip from 0 becomes a Relu: it no longer limits. */
function open(draft: Draft, limit: NodeProto): void {
  limit.opType = 'Relu';
  limit.input = limit.input.slice(0, 1);
  limit.attribute = [];
  draft.ledger.note(
    limit,
    'changed',
    'a Relu: without its upper end, as asked, which changes what it makes',
  );
}

/** Whether float32 can hold a layer's weights and bias times their factors. */
function fits(factors: Factors, bias: Float64Array | null): boolean {
  const sums = bias?.map((b, o) => b * (factors.made[o] as number));
  // All other weights are nearer to zero.
  return [factors.ranges('made'), sums].every(
    (numbers) => !numbers || allFinite(Float32Array.from(numbers)),
  );
}

function write(draft: Draft, factors: Factors): void {
  const { layer, made, read } = factors;
  const bias = biasOf(draft, layer);
  const dims = layer.weight.dims.map(Number);
  draft.storeFor(layer.node, 1, dims, scaledWeights(layer, made, read));
  if (bias && made.some((factor) => factor !== 1)) {
    storeBias(
      draft,
      layer,
      bias.map((b, o) => b * (made[o] as number)),
    );
  }
}

const times = (ratio: number) => `${figure(ratio)} times`;

function tell(
  draft: Draft,
  { first, second }: Pair,
  factors: ReadonlyMap<NodeProto, Factors>,
): void {
  const after = factors.get(first.node) as Factors;
  const { before } = after;
  const now = disparity(after.ranges('made'));
  const [one, other] = [first.node, second.node].map((node) => draft.ledger.title(node));
  draft.ledger.note(
    first.node,
    'changed',
    `equalized with ${other}: ranges of its channels were up to ${times(before)} apart, now ${times(now)}`,
  );
  draft.ledger.note(second.node, 'changed', `equalized with ${one}`);
}

/** Ranges of channels made alike, so that one scale does for all. */
export const equalize: Technique<'equalize', EqualizeOptions> = {
  id: 'equalize',
  title: 'Cross-layer equalization',
  sentence:
    'Moves scale from channels with large weights to the next layer, until all channels have similar ranges. The outputs stay the same; int8 with one scale for a whole tensor loses far less, above all in depthwise convolutions.',
  schema: EqualizeOptions,
  dials: {
    openLimits: {
      kind: 'switch',
      title: 'Drop upper limits',
      sentence:
        'Replaces a Relu6 between two layers by a Relu, so that they can be equalized. That changes the function where activations reach the limit.',
    },
    keep: {
      kind: 'nodes',
      title: 'Leave out these nodes',
      sentence: 'Leaves the weights of the nodes that make these tensors.',
    },
  },
  rank: 7,
  stepTitle: () => 'Cross-layer equalization',
  expectedSize: () => null,
  prunes: () => false,
  needsInputs: () => false,
  apply: async (model, options, { progress, signal }) => {
    const draft = new Draft(model);
    const pairs = pairsOf(draft, options);
    const factors = equalized(pairs, (round) => {
      signal.throwIfAborted();
      progress('Equalizing', round, round + 1);
    });
    const all = [...factors.values()];
    if (!all.every((each) => fits(each, biasOf(draft, each.layer)))) {
      throw new Fault(
        'CompressError',
        'Equalized weights would be larger than float32 can hold; the model’s own are close to its limit.',
      );
    }
    for (const pair of pairs) {
      for (const limit of pair.limits) open(draft, limit);
      tell(draft, pair, factors);
    }
    for (const each of all) write(draft, each);
    draft.finish();
    return draft.ledger.decisions();
  },
};
