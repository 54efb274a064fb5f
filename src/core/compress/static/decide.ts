import { firstOutput, subgraphsOf } from '../../onnx/graph.ts';
import type { NodeProto } from '../../onnx/onnx_pb.ts';
import type { Interval } from '../../units.ts';
import { Marker } from './marks.ts';
import { type Cover, ruleOf } from './operators/registry.ts';
import { NOT_FLOAT32, type OperatorRule } from './operators/rule.ts';
import { Ranges } from './ranges.ts';
import type { Subject } from './subject.ts';
import { type ActivationType, CODE_TYPES } from './types.ts';

/** Settings of static quantization that decide which tensors are quantized, and to which codes. */
export interface QuantizeOptions {
  readonly activations: ActivationType;
  /** Zero in the middle of an activation's codes. Relu and Clip then stay. */
  readonly symmetric: boolean;
  /** Weights have a scale for each output channel. */
  readonly perChannel: boolean;
  readonly cover: Cover;
  /** Operators that stay float: "Softmax". */
  readonly leaveOut: readonly string[];
  /** Nodes that stay float, by their first output. */
  readonly keep: readonly string[];
  /** Only what pays: no rounding of what is float before or after, where an integer kernel gains nothing. */
  readonly sparing: boolean;
}

/** What is to be quantized, and why the rest is not. */
export interface Plan {
  readonly marker: Marker;
  readonly quantized: ReadonlySet<NodeProto>;
  /** Why each other node of the graph stays float, as a clause. */
  readonly kept: ReadonlyMap<NodeProto, string>;
  readonly ranges: Ranges;
}

type Kept = Map<NodeProto, string>;

/** Nodes for which the graph does not come into question, whatever is marked. */
function keptByOptions({ index }: Subject, { keep, leaveOut }: QuantizeOptions): Kept {
  const names = new Set(keep);
  const operators = new Set(leaveOut);
  const kept: Kept = new Map();
  for (const node of index.order) {
    if (names.has(firstOutput(node))) kept.set(node, 'left out by choice');
    else if (operators.has(node.opType)) kept.set(node, `${node.opType} is left out by choice`);
  }
  return kept;
}

function ruleFor(
  node: NodeProto,
  marker: Marker,
  { cover }: QuantizeOptions,
): OperatorRule | string {
  if (subgraphsOf(node).length > 0) return 'what is inside it stays float';
  const rule = ruleOf(node, cover);
  if (node.opType === 'Constant') return 'it holds a constant';
  if (!node.output.some((name) => marker.isFloat(name)) && !rule) return NOT_FLOAT32;
  if (!rule) return 'no integer kernel has it';
  const fused = typeof rule.fused === 'function' ? rule.fused(node, marker) : rule.fused;
  return cover === 'all' || fused ? rule : 'no integer kernel has it';
}

/** Relu and Clip bound what comes before them, and Softmax gives fractions, whatever was seen. */
function adjusted(
  { index, readings }: Subject,
  known: ReadonlyMap<string, Interval>,
  kept: Kept,
): Map<string, Interval> {
  const ranges = new Map(known);
  for (const node of index.order) {
    const [input = ''] = node.input;
    const [output = ''] = node.output;
    if (kept.has(node)) continue;
    if (node.opType === 'Softmax') ranges.set(output, { low: 0, high: 1 });
    if (node.opType !== 'Relu' && node.opType !== 'Clip') continue;
    const range = ranges.get(output);
    if (range && readings.get(input) === 1) ranges.set(input, range);
  }
  return ranges;
}

/** Nodes whose integer form would only round: what they make is read in float, or leaves the model. */
function idle(subject: Subject, marker: Marker, rules: ReadonlyMap<NodeProto, OperatorRule>): Kept {
  const found: Kept = new Map();
  for (const node of [...subject.index.order].reverse()) {
    if (!rules.get(node)?.idleBeforeFloat) continue;
    // A table in codes is worth it for its size alone.
    if (node.input.every((name) => !marker.isFloat(name) || marker.constant(name))) continue;
    const read = node.output.some((name) =>
      [...(marker.readers.get(name) ?? [])].some((reader) => !found.has(reader)),
    );
    if (!read)
      found.set(node, 'its result is read only in float, so quantizing it would gain nothing');
  }
  return found;
}

/** Nodes whose integer form would only round: what they read is float, and would be rounded for them. */
function starved(
  { index }: Subject,
  marker: Marker,
  rules: ReadonlyMap<NodeProto, OperatorRule>,
): Kept {
  const found: Kept = new Map();
  const hasCodes = (name: string) => {
    const maker = index.producers.get(name);
    return maker !== undefined && rules.has(maker) && !found.has(maker);
  };
  for (const node of index.order) {
    const needs = rules.get(node)?.needsCodes;
    if (!needs) continue;
    const inputs = node.input.filter((name) => marker.isFloat(name) && !marker.constant(name));
    const fed = needs === 'all' ? inputs.every(hasCodes) : inputs.some(hasCodes);
    if (!fed) found.set(node, 'it reads float, so quantizing its input would gain nothing');
  }
  return found;
}

/** Nodes that need a range that calibration could not find. */
function unranged({ activations, askers }: Marker, ranges: Ranges): Kept {
  const found: Kept = new Map();
  for (const [name, { sharedWith }] of activations) {
    if (sharedWith !== null || ranges.params(name)) continue;
    for (const node of askers.get(name) ?? []) {
      found.set(node, `the range of "${name}" is not known: no finite value of it was seen`);
    }
  }
  return found;
}

/**
 * Whether the runtime makes one float Gemm of a MatMul and the Add of a bias after it, before it
 * looks for integer forms. A QuantizeLinear between them keeps it from that.
 */
function fusesWithBias({ index }: Subject, marker: Marker, { opType, output }: NodeProto): boolean {
  const readers = index.consumers.get(output[0] ?? '') ?? [];
  return (
    opType === 'MatMul' &&
    readers.some(
      (reader) => reader.opType === 'Add' && reader.input.some((name) => marker.constant(name)),
    )
  );
}

/** Products give float by themselves where nobody wants codes. */
function releaseProducts(
  subject: Subject,
  marker: Marker,
  rules: ReadonlyMap<NodeProto, OperatorRule>,
): void {
  for (const [node, { givesFloat }] of rules) {
    const [output = ''] = node.output;
    const reads = marker.readers.get(output)?.size ?? 0;
    if (givesFloat && reads === 0 && !fusesWithBias(subject, marker, node)) {
      marker.activations.delete(output);
    }
  }
}

/**
 * Decides for each node whether it is quantized, in rounds: a node that turns out to stay float
 * can be the reason for another.
 * @param known null: only which ranges are needed is asked, and all will be known
 */
export function decide(
  subject: Subject,
  known: ReadonlyMap<string, Interval> | null,
  options: QuantizeOptions,
): Plan {
  const type = CODE_TYPES[options.activations];
  const kept = keptByOptions(subject, options);
  for (;;) {
    const ranges = new Ranges(adjusted(subject, known ?? new Map(), kept), type, options.symmetric);
    const marker = new Marker(subject, known && ranges, {
      perChannel: options.perChannel,
      absorb: !options.symmetric,
    });
    const rules = new Map<NodeProto, OperatorRule>();
    const refused: Kept = new Map();
    for (const node of subject.index.order) {
      if (kept.has(node)) continue;
      const rule = ruleFor(node, marker, options);
      const reason = typeof rule === 'string' ? rule : rule.mark(node, marker);
      if (reason !== null) refused.set(node, reason);
      else rules.set(node, rule as OperatorRule);
    }
    const more: Kept = options.sparing
      ? new Map([...starved(subject, marker, rules), ...idle(subject, marker, rules)])
      : new Map();
    if (options.sparing) releaseProducts(subject, marker, rules);
    if (known && more.size === 0) {
      for (const [node, reason] of unranged(marker, ranges)) more.set(node, reason);
    }
    if (more.size === 0) {
      return {
        marker,
        quantized: new Set(rules.keys()),
        kept: new Map([...kept, ...refused]),
        ranges,
      };
    }
    for (const [node, reason] of more) kept.set(node, reason);
  }
}

/** Activations whose range has to be known for a plan made without any. */
export function rangesNeeded(subject: Subject, { marker, quantized }: Plan): string[] {
  const { producers } = subject.index;
  const bounds = ({ opType }: NodeProto) => opType === 'Relu' || opType === 'Clip';
  const given = new Set<string>();
  for (const node of quantized) {
    const [input = ''] = node.input;
    const maker = producers.get(input);
    if (node.opType === 'Softmax') given.add(node.output[0] ?? '');
    // It takes the range of what bounds it, unless it is itself what bounds another.
    if (bounds(node) && subject.readings.get(input) === 1 && !(maker && bounds(maker))) {
      given.add(input);
    }
  }
  return [...marker.activations]
    .filter(([name, { sharedWith }]) => sharedWith === null && !given.has(name))
    .map(([name]) => name);
}
