import { create } from '@bufbuild/protobuf';
import { Fault } from '../../errors.ts';
import { percent } from '../../format.ts';
import { firstOutput, indexGraph, nodeTitle } from '../../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  TensorProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../onnx/tensors.ts';
import type { Context, Decision } from '../technique.ts';
import { type Layer, layersOf } from './layers.ts';
import { activationNorms, type Norms } from './norms.ts';
import type { PruneOptions } from './options.ts';
import { keepHighest, removeLowest, type Scored, type Slice } from './select.ts';

/** With fewer layers nothing would be left between both ends. */
const MIN_LAYERS = 3;

/** Why a layer is left alone, or null. */
function leftAlone(layer: Layer, at: number, last: number, options: PruneOptions): string | null {
  const { operators, ends, keep } = options;
  if (layer.readers.some(({ node }) => node.output.some((name) => keep.includes(name)))) {
    return 'as asked';
  }
  if (operators !== 'all' && layer.readers.some(({ node }) => node.opType !== operators)) {
    return `only ${operators} is pruned`;
  }
  if (!ends || last < MIN_LAYERS - 1) return null;
  if (at === 0) return 'the first layer';
  return at === last ? 'the last layer' : null;
}

function hasNaN(numbers: Float32Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) return true;
  return false;
}

/** @throws Fault CompressError for weights that are NaN: they have no rank */
function scored({ name, weight, layout }: Layer, norms: Float64Array | undefined): Scored {
  // A copy, aligned, since the file's bytes are not to be written to.
  const weights = new Float32Array(tensorBytes(weight).slice().buffer);
  if (hasNaN(weights)) {
    throw new Fault('CompressError', `The weights "${name}" hold NaN, so they cannot be ranked.`);
  }
  if (!norms) return { weights, scores: new Uint32Array(weights.buffer) };
  const { outer, inputs, inner, groups } = layout;
  const products = new Float32Array(weights.length);
  for (let i = 0; i < products.length; i++) {
    const row = Math.floor(i / inner);
    const group = Math.floor((Math.floor(row / inputs) * groups) / outer);
    const norm = norms[group * inputs + (row % inputs)] as number;
    products[i] = Math.abs(weights[i] as number) * norm;
  }
  return { weights, scores: new Uint32Array(products.buffer) };
}

/** What each output of a layer reads. */
function outputsOf({ outer, inputs, inner, kernel }: Layer['layout'], of: Scored): Slice[] {
  if (kernel) {
    const count = inputs * inner;
    return Array.from({ length: outer }, (_, i) => ({ of, start: i * count, count, stride: 1 }));
  }
  return Array.from({ length: outer * inner }, (_, i) => ({
    of,
    start: Math.floor(i / inner) * inputs * inner + (i % inner),
    count: inputs,
    stride: inner,
  }));
}

/** Of every `among` weights along the inputs at most `keep` are left. */
function prunePattern(
  { outer, inputs, inner }: Layer['layout'],
  of: Scored,
  pattern: string,
): void {
  const [keep = 0, among = 1] = pattern.split(':').map(Number);
  for (let row = 0; row < outer; row++) {
    for (let from = 0; from < inputs; from += among) {
      const count = Math.min(among, inputs - from);
      for (let column = 0; column < inner; column++) {
        const start = (row * inputs + from) * inner + column;
        keepHighest({ of, start, count, stride: inner }, keep);
      }
    }
  }
}

const whole = (of: Scored): Slice => ({ of, start: 0, count: of.weights.length, stride: 1 });

const share = (sparsity: number, slices: readonly Slice[]): number =>
  Math.round(sparsity * slices.reduce((sum, { count }) => sum + count, 0));

function pruneAll(
  layers: readonly Layer[],
  norms: Norms | null,
  { pattern, scope, sparsity }: PruneOptions,
  { progress, signal }: Context,
): Map<Layer, Float32Array> {
  const pruned = new Map<Layer, Float32Array>();
  const all: Slice[] = [];
  layers.forEach((layer, i) => {
    signal.throwIfAborted();
    const of = scored(layer, norms?.get(layer));
    pruned.set(layer, of.weights);
    if (pattern !== 'none') prunePattern(layer.layout, of, pattern);
    else if (scope === 'global') all.push(whole(of));
    else {
      const slices = scope === 'layer' ? [whole(of)] : outputsOf(layer.layout, of);
      for (const slice of slices) removeLowest([slice], share(sparsity, [slice]));
    }
    progress('Pruning', i + 1, layers.length);
  });
  if (all.length > 0) removeLowest(all, share(sparsity, all));
  return pruned;
}

function withNumbers({ name, dims, docString, dataType }: TensorProto, numbers: Float32Array) {
  const rawData = new Uint8Array(numbers.buffer as ArrayBuffer);
  return create(TensorProtoSchema, { name, dims, docString, dataType, rawData });
}

function store(graph: GraphProto, pruned: ReadonlyMap<Layer, Float32Array>): void {
  const replaced = new Map(
    [...pruned].map(([{ weight }, numbers]) => [weight, withNumbers(weight, numbers)]),
  );
  graph.initializer = graph.initializer.map((tensor) => replaced.get(tensor) ?? tensor);
  for (const node of graph.node) {
    if (node.opType !== 'Constant') continue;
    for (const held of node.attribute) {
      const changed = held.t && replaced.get(held.t);
      if (changed) held.t = changed;
    }
  }
}

/** Callers see the outputs, and the weights among the inputs; before IR version 4 these are all listed. */
function seenByCallers({ irVersion }: ModelProto, graph: GraphProto): ReadonlySet<string> {
  const inputs = irVersion < 4n ? [] : graph.input;
  return new Set([...inputs, ...graph.output].map(({ name }) => name));
}

const decision = (node: NodeProto, outcome: Decision['outcome'], reason: string): Decision => ({
  node: firstOutput(node),
  title: nodeTitle(node),
  operator: node.opType,
  outcome,
  reason,
});

function zeroShare(numbers: Float32Array): number {
  let zeros = 0;
  for (let i = 0; i < numbers.length; i++) if (numbers[i] === 0) zeros += 1;
  return zeros / numbers.length;
}

export async function pruneModel(
  model: ModelProto,
  options: PruneOptions,
  context: Context,
): Promise<Decision[]> {
  const graph = model.graph as GraphProto;
  const { layers, unprunable } = layersOf(indexGraph(graph), seenByCallers(model, graph));
  const reasons = new Map(
    layers.map((layer, i) => [layer, leftAlone(layer, i, layers.length - 1, options)]),
  );
  const chosen = layers.filter((layer) => reasons.get(layer) === null);
  if (chosen.length === 0) {
    throw new Fault(
      'CompressError',
      'No weights of this model can be pruned: it has no float32 Conv, Gemm or MatMul, or all of them are left out.',
    );
  }
  const { runner, progress } = context;
  if (options.method === 'wanda' && !runner) {
    throw new Fault(
      'CompressError',
      'Wanda needs activations, and there is nothing to run the model with.',
    );
  }
  const norms =
    options.method === 'wanda' && runner
      ? await activationNorms(model, chosen, runner, (done) =>
          progress('Measuring activations', done, runner.count),
        )
      : null;
  const pruned = pruneAll(chosen, norms, options, context);
  store(graph, pruned);
  return [
    ...layers.flatMap((layer) => {
      const numbers = pruned.get(layer);
      const shared = layer.readers.length > 1 ? `, shared by ${layer.readers.length} nodes` : '';
      return layer.readers.map(({ node }) =>
        numbers
          ? decision(
              node,
              'changed',
              `${percent(zeroShare(numbers))} of its weights are zero${shared}`,
            )
          : decision(node, 'kept', `not pruned: ${reasons.get(layer) ?? ''}`),
      );
    }),
    ...unprunable.flatMap(({ nodes, reason }) =>
      nodes.map((node) => decision(node, 'kept', `not pruned: ${reason}`)),
    ),
  ];
}
