import { create } from '@bufbuild/protobuf';
import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import { figure } from '../../format.ts';
import { NodeProtoSchema } from '../../onnx/onnx_pb.ts';
import { Draft, floatTensor } from '../prepare/draft.ts';
import { allFinite, forEachPair, linearOf, scaledWeights } from '../prepare/linear.ts';
import { floatsOf } from '../static/weights.ts';
import type { Context, Technique } from '../technique.ts';
import { type Absorber, absorberOf } from './absorb.ts';
import { disparity } from './balance.ts';
import { type Group, groupsOf } from './groups.ts';

export const SmoothOptions = v.object({
  alpha: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.5),
  insert: v.optional(v.boolean(), false),
  keep: v.optional(v.array(v.string()), []),
});

export type SmoothOptions = v.InferOutput<typeof SmoothOptions>;

/** A group with what takes the division over; null where a Mul is put in front of the group. */
interface Plan extends Group {
  readonly absorber: Absorber | null;
}

const absorberFor = (draft: Draft, { activations, channels, layers }: Group) =>
  absorberOf(draft, activations, channels, layers.length);

function plansOf(draft: Draft, { insert, keep }: SmoothOptions): Plan[] {
  return groupsOf(draft, new Set(keep)).flatMap((group): Plan[] => {
    const absorber = absorberFor(draft, group);
    if (typeof absorber !== 'string') return [{ ...group, absorber }];
    if (insert) return [{ ...group, absorber: null }];
    for (const { node } of group.layers) {
      draft.ledger.note(node, 'kept', `not smoothed: ${absorber}`);
    }
    return [];
  });
}

/** The plan with its weights as they are by now: a layer may read one plan's activations and make another's. */
function renewed(draft: Draft, plan: Plan): Plan {
  draft.refresh();
  const layers = plan.layers.map((layer) => linearOf(draft, layer.node) ?? layer);
  const absorber = plan.absorber && absorberFor(draft, plan);
  return { ...plan, layers, absorber: typeof absorber === 'string' ? null : absorber };
}

/** Largest magnitude of each channel, the last axis, of the activations in front of each group. */
async function activationPeaks(
  plans: readonly Plan[],
  draft: Draft,
  { runner, progress }: Context,
): Promise<ReadonlyMap<string, Float64Array>> {
  if (!runner || runner.count === 0) {
    throw new Fault(
      'CompressError',
      'SmoothQuant needs inputs to see how large each channel of the activations gets, and there are none.',
    );
  }
  const peaks = new Map(plans.map((plan) => [plan.activations, new Float64Array(plan.channels)]));
  await runner.observe(draft.model, [...peaks.keys()], ({ name, data }, input) => {
    const seen = peaks.get(name);
    if (!seen) return;
    for (let i = 0; i < data.length; i++) {
      const c = i % seen.length;
      const x = Math.abs(data[i] as number);
      if (x > (seen[c] as number)) seen[c] = x;
    }
    progress('Measuring activations', input + 1, runner.count);
  });
  return peaks;
}

/** Largest magnitude among the weights that meet each channel, over all layers of a group. */
function weightPeaks({ layers, channels }: Group): Float64Array {
  const peaks = new Float64Array(channels);
  for (const { weight, layout } of layers) {
    const numbers = floatsOf(weight, 1);
    forEachPair(layout, (_, i, start) => {
      peaks[i] = Math.max(peaks[i] as number, Math.abs(numbers[start] as number));
    });
  }
  return peaks;
}

/** The authors' lower bound on a factor (github.com/mit-han-lab/smoothquant, smooth.py). */
const MIN_FACTOR = 1e-5;

/**
 * s_j = max|X_j|^alpha / max|W_j|^(1 - alpha) for each channel j (Xiao et al. 2022, 2211.10438,
 * equation 4); 1 for a channel that is zero on either side.
 */
export function smoothingFactors(
  activations: Float64Array,
  weights: Float64Array,
  alpha: number,
): Float64Array {
  return activations.map((x, j) => {
    const s = x ** alpha / (weights[j] as number) ** (1 - alpha);
    const zero = x === 0 || weights[j] === 0;
    return zero || !Number.isFinite(s) ? 1 : Math.max(MIN_FACTOR, s);
  });
}

/** Puts a Mul in front of a group, which alone reads what it makes. */
function insertMul(draft: Draft, { activations, layers }: Plan, inverse: Float64Array): void {
  const output = draft.editor.uniqueName(`${activations}_smoothed`);
  const factors = draft.storeNew(`${activations}_smoothing`, [inverse.length], inverse);
  const name = draft.editor.uniqueName(`${activations}_Smooth`);
  draft.editor.add(
    create(NodeProtoSchema, {
      opType: 'Mul',
      name,
      input: [activations, factors],
      output: [output],
    }),
  );
  for (const { node } of layers) node.input = [output, ...node.input.slice(1)];
}

function write(draft: Draft, plan: Plan, factors: Float64Array): boolean {
  const weights = plan.layers.map((layer) => scaledWeights(layer, null, factors));
  const inverse = factors.map((s) => 1 / s);
  if (!weights.every(allFinite) || plan.absorber?.fits(inverse) === false) return false;
  if (plan.absorber) plan.absorber.multiply(inverse);
  else insertMul(draft, plan, inverse);
  // Layers of one group may share their weights; equal numbers are stored again then.
  plan.layers.forEach(({ node, weight }, i) => {
    const dims = weight.dims.map(Number);
    draft.store(floatTensor(node.input[1] ?? '', dims, weights[i] as Float32Array));
  });
  return true;
}

function tell(draft: Draft, plan: Plan, peaks: Float64Array, factors: Float64Array): void {
  const before = figure(disparity(peaks));
  const after = figure(disparity(peaks.map((x, j) => x / (factors[j] as number))));
  const where = plan.absorber
    ? `into ${plan.absorber.title}`
    : 'into a Mul that was put in front of it';
  for (const { node } of plan.layers) {
    const reason = `smoothed ${where}: its activations' channels were up to ${before} times apart, now ${after}`;
    draft.ledger.note(node, 'changed', reason);
  }
  for (const node of plan.absorber?.nodes ?? []) {
    draft.ledger.note(
      node,
      'changed',
      `divides the channels of "${plan.activations}" by their factors`,
    );
  }
}

/** Size moved from activations to weights, channel by channel. */
export const smooth: Technique<'smooth', SmoothOptions> = {
  id: 'smooth',
  title: 'SmoothQuant',
  sentence:
    'Divides activation channels that are far larger than the others, as in transformers, and multiplies the weights that read them. The outputs stay the same; int8 activations keep far more of the small channels.',
  schema: SmoothOptions,
  dials: {
    alpha: {
      kind: 'number',
      title: 'Strength',
      sentence:
        'How much of the difficulty moves to the weights: 0.5 splits it evenly; more suits activations with extreme channels.',
      min: 0,
      max: 1,
      step: 0.05,
    },
    insert: {
      kind: 'switch',
      title: 'Insert a Mul where nothing absorbs it',
      sentence:
        'Where no preceding normalization or bias can absorb the division, inserts a Mul, which costs a little time.',
    },
    keep: {
      kind: 'nodes',
      title: 'Leave out these nodes',
      sentence: 'Leaves the weights of the nodes that make these tensors.',
    },
  },
  rank: 8,
  stepTitle: () => 'SmoothQuant',
  expectedSize: () => null,
  prunes: () => false,
  needsInputs: () => true,
  apply: async (model, options, context) => {
    const draft = new Draft(model);
    const plans = plansOf(draft, options);
    const peaks = plans.length > 0 ? await activationPeaks(plans, draft, context) : new Map();
    for (const planned of plans) {
      const plan = renewed(draft, planned);
      context.signal.throwIfAborted();
      const seen = peaks.get(plan.activations) as Float64Array;
      const factors = smoothingFactors(seen, weightPeaks(plan), options.alpha);
      if (write(draft, plan, factors)) tell(draft, plan, seen, factors);
      else {
        for (const { node } of plan.layers) {
          draft.ledger.note(node, 'kept', 'not smoothed: float32 could not hold the products');
        }
      }
    }
    draft.finish();
    return draft.ledger.decisions();
  },
};
