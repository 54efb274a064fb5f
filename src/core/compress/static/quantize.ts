import { Fault } from '../../errors.ts';
import { nodeTitle } from '../../onnx/graph.ts';
import type { ModelProto, NodeProto } from '../../onnx/onnx_pb.ts';
import type { Interval } from '../../units.ts';
import { raiseFormat } from '../opset.ts';
import type { Decision } from '../technique.ts';
import { decide, type Plan, type QuantizeOptions, rangesNeeded } from './decide.ts';
import { declareDialect } from './dialect.ts';
import { Emitter } from './emit.ts';
import { quantizersOf } from './scales.ts';
import { type Subject, subjectOf } from './subject.ts';
import { CODE_TYPES } from './types.ts';

/** @throws Fault CompressError for a model that holds quantized activations already */
function refuseQuantized({ index }: Subject): void {
  const found = index.order.find(({ opType }) => opType === 'QuantizeLinear');
  if (!found) return;
  throw new Fault(
    'CompressError',
    `The model is quantized already: it holds QuantizeLinear nodes, ${nodeTitle(found)} among them. Static int8 starts from a float model.`,
  );
}

/**
 * Which activations of a model must have a known range before it can be quantized. Changes nothing.
 * @throws Fault CompressError, GraphError for a model that cannot be quantized
 */
export function planStatic(model: ModelProto, options: QuantizeOptions): string[] {
  const subject = subjectOf(model);
  refuseQuantized(subject);
  const plan = decide(subject, null, options);
  if (plan.quantized.size === 0) throw nothing(plan);
  return rangesNeeded(subject, plan);
}

const MAX_REASONS = 3;

function nothing({ kept }: Plan): Fault {
  const reasons = new Map<string, number>();
  for (const reason of kept.values()) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const most = [...reasons].sort(([, a], [, b]) => b - a).slice(0, MAX_REASONS);
  const why = most.map(([reason, nodes]) => `${reason} (${nodes})`).join('; ');
  return new Fault('CompressError', `No node of the model can be quantized${why && `: ${why}`}.`);
}

/** What a node makes once the Relu or Clip behind it is gone. */
function giving({ output: [output = ''] }: NodeProto, absorbed: readonly NodeProto[]): string {
  const next = absorbed.find(({ input }) => input[0] === output);
  return next ? giving(next, absorbed) : output;
}

/** What became of a quantized node, as a clause. */
function change(node: NodeProto, { marker, ranges }: Plan, activations: string): string {
  const marks = [...marker.constants.values()].flat();
  const weights = marks.find(
    ({ role, places }) => role === 'weight' && places.some((place) => place.node === node),
  );
  const output = giving(node, marker.absorbed);
  const floats = ranges.params(output) === null || !marker.activations.has(output);
  if (weights) {
    const how = weights.axis === null ? 'one scale for all' : 'a scale for each channel';
    return `${activations} with int8 weights, ${how}${floats ? ', giving float' : ''}`;
  }
  if (marker.activations.get(output)?.sharedWith)
    return `${activations}, at the scale of its input`;
  return activations;
}

/** IR version from which an initializer need not be among the inputs. */
const CONSTANTS_SINCE = 4n;

/**
 * Quantizes a model in place to QDQ form: QuantizeLinear and DequantizeLinear around float
 * operators, which the runtime fuses into integer ones. With the same settings scales, zero points
 * and codes equal those of onnxruntime 1.30's `quantize_static`.
 * @param ranges of the activations that `planStatic` names; a node that lacks one stays float
 * @throws Fault CompressError
 */
export function quantizeStatic(
  model: ModelProto,
  ranges: ReadonlyMap<string, Interval>,
  options: QuantizeOptions,
): Decision[] {
  const subject = subjectOf(model);
  refuseQuantized(subject);
  const plan = decide(subject, ranges, options);
  if (plan.quantized.size === 0) throw nothing(plan);
  const { marker, kept } = plan;
  const absorbed = new Set(marker.absorbed);
  const nodes = subject.index.order;
  // What nodes make is renamed by the change, and decisions go by the names before.
  const outputs = nodes.map(({ output }) => output);
  const reasons = nodes.map((node) =>
    plan.quantized.has(node) ? change(node, plan, options.activations) : (kept.get(node) ?? ''),
  );
  const titles = nodes.map(nodeTitle);
  const perAxis = [...marker.constants.values()].flat().some(({ axis }) => axis !== null);
  const wide = CODE_TYPES[options.activations].bits === 16;
  // What can be refused is refused before anything changes.
  const quantizers = quantizersOf(plan, options.symmetric);
  const domain = declareDialect(model, { perAxis, wide });
  raiseFormat(model, CONSTANTS_SINCE);
  new Emitter(subject, plan, quantizers, domain).run();
  const left = new Set(subject.graph.node);
  return nodes.map((node, i): Decision => {
    const about = {
      node: outputs[i]?.find(Boolean) ?? '',
      title: titles[i] ?? '',
      operator: node.opType,
    };
    if (absorbed.has(node)) {
      const reason = 'the codes of what comes before it end where it does';
      return { ...about, outcome: 'removed', reason };
    }
    if (!left.has(node)) {
      return { ...about, outcome: 'removed', reason: 'what it held is stored as codes' };
    }
    const outcome = plan.quantized.has(node) ? 'changed' : 'kept';
    return { ...about, outcome, reason: reasons[i] ?? '' };
  });
}
