import { create } from '@bufbuild/protobuf';
import { Fault } from '../../errors.ts';
import { figure } from '../../format.ts';
import { type GraphIndex, indexGraph, readBy } from '../../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  TensorProto_DataType as T,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import { roundHalfEven } from '../../rounding.ts';
import { elementCount, type OutputTensor } from '../../tensors/tensors.ts';
import { INT32 } from '../formulas.ts';
import { floatsOf } from '../static/weights.ts';
import type { Context, Decision, Runner } from '../technique.ts';
import { type Counterpart, counterparts } from './counterparts.ts';
import { upTo } from './upTo.ts';

/** Means of each channel, axis 1, input by input. */
class Means {
  readonly inputs: Float64Array[] = [];
  private readonly channels: number;
  private square = 0;
  private count = 0;

  constructor(channels: number) {
    this.channels = channels;
  }

  add({ data, dims }: OutputTensor): void {
    const { channels } = this;
    const inner = elementCount(dims.slice(2));
    const sums = new Float64Array(channels);
    for (let start = 0; start < data.length; start += inner) {
      const c = (start / inner) % channels;
      let sum = 0;
      for (let i = start; i < start + inner; i++) {
        const x = data[i] as number;
        sum += x;
        this.square += x * x;
      }
      sums[c] = (sums[c] as number) + sum;
    }
    this.count += data.length;
    this.inputs.push(sums.map((sum) => (sum * channels) / data.length));
  }

  /** Root of the mean square over all channels. */
  get size(): number {
    return Math.sqrt(this.square / this.count);
  }
}

/**
 * The mean shift of each channel, as far as the inputs agree on it: of a mean over few inputs a
 * part is chance, and 1 - variance of the mean / mean² takes that off (James and Stein's
 * shrinkage). Without it a network of 50 layers corrected on 4 inputs lost 0.1 dB on others,
 * with it it gained 0.2 dB.
 */
export function certainShift(
  have: readonly Float64Array[],
  want: readonly Float64Array[],
): Float64Array {
  const inputs = have.length;
  const shifts = have.map((means, i) =>
    means.map((mean, c) => mean - ((want[i] as Float64Array)[c] as number)),
  );
  const [first = new Float64Array()] = shifts;
  return first.map((_, c) => {
    const mean = shifts.reduce((sum, each) => sum + (each[c] as number), 0) / inputs;
    if (inputs < 2 || mean ** 2 === 0) return mean;
    const spread = shifts.reduce((sum, each) => sum + ((each[c] as number) - mean) ** 2, 0);
    const variance = spread / (inputs - 1) / inputs;
    return mean * Math.max(0, 1 - variance / mean ** 2);
  });
}

/** How many nodes with a bias are on the longest way to each of them. */
function levelsOf(parts: readonly Counterpart[], { order }: GraphIndex): Counterpart[][] {
  const byNode = new Map(parts.map((part) => [part.node, part]));
  const depth = new Map<string, number>();
  const levels: Counterpart[][] = [];
  for (const node of order) {
    const before = readBy(node).reduce((most, name) => Math.max(most, depth.get(name) ?? 0), 0);
    const part = byNode.get(node);
    if (part) {
      const level = levels[before] ?? [];
      level.push(part);
      levels[before] = level;
    }
    for (const name of node.output) depth.set(name, before + (part ? 1 : 0));
  }
  return levels;
}

/** Each pass runs the model, up to where it is measured, on every input. */
const MAX_PASSES = 16;

/** All levels where there are few, else so many of them, evenly spread, the last one with them. */
function chosen<Level>(levels: readonly Level[]): Level[] {
  if (levels.length <= MAX_PASSES) return [...levels];
  return Array.from(
    { length: MAX_PASSES },
    (_, i) => levels[Math.round(((i + 1) * levels.length) / MAX_PASSES) - 1] as Level,
  );
}

async function measured(
  runner: Runner,
  model: ModelProto,
  index: GraphIndex,
  channels: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Means>> {
  const means = new Map([...channels].map(([name, count]) => [name, new Means(count)]));
  const names = [...channels.keys()];
  await runner.observe(upTo(model, index, names), names, (tensor) => {
    means.get(tensor.name)?.add(tensor);
  });
  return means;
}

const channelsOf = ({ codes }: Counterpart): number => elementCount(codes.dims.map(Number));

/** Subtracts an error from a bias, in steps of its scale. */
function correct(graph: GraphProto, part: Counterpart, error: Float64Array): void {
  const { codes, scales } = part;
  const before = tensorNumbers(codes);
  const steps = floatsOf(scales, 1);
  const after = Int32Array.from(before, (code, c) => {
    const scale = steps[steps.length === 1 ? 0 : c] as number;
    const moved = code - roundHalfEven((error[c] as number) / scale);
    return Number.isNaN(moved) ? code : Math.min(INT32.max, Math.max(INT32.min, moved));
  });
  const { name, dims } = codes;
  const stored = create(TensorProtoSchema, {
    name,
    dims,
    dataType: T.INT32,
    rawData: new Uint8Array(after.buffer),
  });
  graph.initializer = graph.initializer.map((each) => (each.name === name ? stored : each));
}

const rms = (numbers: Float64Array): number =>
  Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);

const share = (part: number, of: number): string => `${figure(part > 0 ? (100 * part) / of : 0)}%`;

/** By the name in the original: a Relu that went left its own to the node. */
function decision(part: Counterpart, outcome: Decision['outcome'], reason: string): Decision {
  const { node, title, original } = part;
  return { node: original, title, operator: node.opType, outcome, reason };
}

/**
 * Empirical bias correction (Nagel et al. 2019, 1906.04721, appendix D): rounding shifts the mean
 * of what a layer makes; over the inputs at hand the shift of each channel is measured and taken
 * off the layer's int32 bias, in steps of its scale. Layers are corrected in their order, each
 * with those before it corrected already: all of one depth at once, and of a network deeper than
 * `MAX_PASSES` only that many depths, evenly spread, since two dependent layers measured at once
 * would both take off the same shift.
 * @param original the float model from which `quantized` was made
 * @param quantized in QDQ form, as `quantizeStatic` leaves it; changed in place
 * @throws Fault CompressError without inputs; as `Runner.observe`
 */
export async function correctBiases(
  original: ModelProto,
  quantized: ModelProto,
  { runner, progress, signal }: Context,
): Promise<Decision[]> {
  if (!runner || runner.count === 0) {
    throw new Fault(
      'CompressError',
      'Bias correction needs inputs to measure on, and there are none.',
    );
  }
  const from = indexGraph(original.graph as GraphProto);
  const graph = quantized.graph as GraphProto;
  const index = indexGraph(graph);
  const parts = counterparts(from, index);
  const levels = levelsOf(parts, index);
  const passes = chosen(levels);
  const wanted = passes.flat();
  if (wanted.length === 0) return [];
  const total = passes.length + 1;
  progress('Correcting biases', 0, total);
  const expected = await measured(
    runner,
    original,
    from,
    new Map(wanted.map((part) => [part.original, channelsOf(part)])),
  );
  const decisions = new Map<NodeProto, Decision>();
  for (const [pass, level] of passes.entries()) {
    signal.throwIfAborted();
    progress('Correcting biases', pass + 1, total);
    const found = await measured(
      runner,
      quantized,
      index,
      new Map(level.map((part) => [part.output, channelsOf(part)])),
    );
    for (const part of level) {
      const want = expected.get(part.original) as Means;
      const have = found.get(part.output) as Means;
      const error = certainShift(have.inputs, want.inputs);
      if (!error.every(Number.isFinite)) {
        const reason = 'bias not corrected: what it makes is not finite';
        decisions.set(part.node, decision(part, 'kept', reason));
        continue;
      }
      correct(graph, part, error);
      const noise = runner.noise ? ', measured on noise' : '';
      const reason = `bias corrected by ${share(rms(error), want.size)} of what it makes${noise}`;
      decisions.set(part.node, decision(part, 'changed', reason));
    }
  }
  progress('Correcting biases', total, total);
  return parts.map(
    (part) =>
      decisions.get(part.node) ??
      decision(part, 'kept', 'bias not corrected: a layer after it makes up for its shift'),
  );
}
