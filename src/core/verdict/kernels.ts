import type { LaneFigures } from '../figures/figures.ts';
import { bytes, count, duration, list, percent } from '../format.ts';
import type { InspectedNode } from '../inspect/inspection.ts';
import type { CostedNode } from '../inspect/profile/executed.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { named } from './answers.ts';
import { costedOf, msOf, ofInside } from './inside.ts';
import type { Inside } from './verdict.ts';

const COMPRESS = { kind: 'open', path: '/compress', title: 'Open Compress' } as const;

/** Operators for which the runtime has integer kernels that a quantized file hopes for. */
const HEAVY = new Set(['Conv', 'Gemm', 'MatMul']);

const onWasm = ({ lane }: LaneFigures) => lane.backend.kind === 'wasm';

function makersOf(nodes: readonly InspectedNode[]): ReadonlyMap<string, InspectedNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map(({ name }) => [name, node] as const)));
}

/** Which operators read what a node makes, each once. */
function readersOf(node: InspectedNode, nodes: readonly InspectedNode[]): string[] {
  const [made] = node.outputs;
  const readers = nodes.filter(({ inputs }) => inputs.some(({ name }) => name === made?.name));
  return [...new Set(readers.map(({ operator }) => operator))];
}

/** Convolutions and matrix products whose input and weights the file has as integers. */
function meantAsIntegers({ nodes }: Inside, costed: readonly CostedNode[]): CostedNode[] {
  const makers = makersOf(nodes);
  const integers = (name: string | undefined) =>
    name !== undefined && makers.get(name)?.operator === 'DequantizeLinear';
  return costed.filter(
    ({ file }) =>
      file !== null &&
      HEAVY.has(file.operator) &&
      integers(file.inputs[0]?.name) &&
      integers(file.inputs[1]?.name),
  );
}

/**
 * onnxruntime computes a node between DequantizeLinear and QuantizeLinear in integers only where it
 * can fuse all three (core/optimizer/qdq_transformer); else it dequantizes and runs it as float.
 */
export const notFused = ofInside((lane, inside) => {
  if (!onWasm(lane)) return null;
  const costed = costedOf(inside);
  const meant = meantAsIntegers(inside, costed);
  const float = meant.filter(({ arithmetic }) => arithmetic !== 'int8');
  if (float.length === 0) return null;
  const blockers = new Set(
    float.flatMap(({ file }) =>
      file ? readersOf(file, inside.nodes).filter((each) => each !== 'QuantizeLinear') : [],
    ),
  );
  const why =
    blockers.size > 0
      ? ` Their results go to ${list([...blockers])} instead of straight to QuantizeLinear, as the runtime requires.`
      : '';
  return {
    rule: 'not-fused',
    lane: lane.lane.id,
    severity: 'slow',
    sentence: `${float.length} of ${meant.length} quantized convolutions and matrix products of ${named(lane)} ran in float: they were dequantized first and took ${percent(msOf(float) / msOf(costed))} of the time of all nodes.${why}`,
    advice:
      'Quantize the float model on Compress, which places QuantizeLinear and DequantizeLinear where this runtime fuses them.',
    remedy: COMPRESS,
  };
});

/**
 * The runtime quantizes float weights itself, per tensor, where their node stands between Q and DQ
 * (weight_bias_quantization.cc; core/compress/static/guard.ts): nobody calibrated that.
 */
export const quantizedUnasked = ofInside((lane, inside) => {
  if (!onWasm(lane)) return null;
  const makers = makersOf(inside.nodes);
  const unasked = costedOf(inside).filter(({ file, arithmetic }) => {
    const weights = file?.inputs[1];
    return (
      file !== null &&
      HEAVY.has(file.operator) &&
      arithmetic === 'int8' &&
      weights?.constant === true &&
      weights.type?.elem === T.FLOAT &&
      makers.get(weights.name)?.operator !== 'DequantizeLinear'
    );
  });
  if (unasked.length === 0) return null;
  const [first] = unasked;
  return {
    rule: 'quantized-unasked',
    lane: lane.lane.id,
    severity: 'doubt',
    sentence: `${unasked.length} ${unasked.length === 1 ? 'node' : 'nodes'} of ${named(lane)} ran as int8 though the file keeps ${unasked.length === 1 ? 'its' : 'their'} weights float (${first?.file?.operator} “${first?.file?.name}”): the runtime itself quantized them, with one scale for all channels.`,
    advice: 'Make the file on Compress, which guards nodes that must stay in float.',
    remedy: COMPRESS,
  };
});

function isDepthwise({ operator, attributes, inputs }: InspectedNode): boolean {
  const group = Number(attributes.find(([name]) => name === 'group')?.[1] ?? 1);
  return operator === 'Conv' && group > 1 && inputs[1]?.type?.shape?.[1] === 1;
}

/** Depthwise convolutions in int8 that cost less than this share of the time are not the reason. */
const WORTH_A_WORD = 0.15;

/** Each channel alone is too little work for the integer kernels: float is faster (measured). */
export const depthwise = ofInside((lane, inside) => {
  if (!onWasm(lane)) return null;
  const costed = costedOf(inside);
  const macs = (nodes: readonly CostedNode[]) =>
    nodes.reduce((sum, { cost }) => sum + (cost?.macs ?? 0), 0);
  const found = costed.filter(
    ({ file, arithmetic }) => file !== null && isDepthwise(file) && arithmetic === 'int8',
  );
  const time = msOf(found) / msOf(costed);
  const work = macs(found) / macs(costed);
  if (found.length === 0 || time < WORTH_A_WORD || time < 2 * work) return null;
  return {
    rule: 'depthwise-int8',
    lane: lane.lane.id,
    severity: 'slow',
    sentence: `${found.length} depthwise ${found.length === 1 ? 'convolution' : 'convolutions'} of ${named(lane)} ${found.length === 1 ? 'takes' : 'take'} ${percent(time)} of its time for ${percent(work)} of its multiplications: on WASM they are slower in int8 than in float.`,
    advice:
      'Auto on Compress measures each layer here and leaves those in float that are faster that way.',
    remedy: COMPRESS,
  };
});

/** Every tensor that changes between GPU and CPU is copied, and the copy waits for the GPU. */
export const copies = ofInside((lane, { profile }) => {
  const { toCpu, toGpu } = profile.crossings;
  const all = toCpu.count + toGpu.count;
  if (all === 0) return null;
  const ms = profile.nodes.reduce((sum, node) => sum + (node.kind === 'copy' ? node.ms : 0), 0);
  return {
    rule: 'copies',
    lane: lane.lane.id,
    severity: 'slow',
    sentence: `Each run of ${named(lane)} makes ${count(all)} ${all === 1 ? 'copy' : 'copies'} of ${bytes(toCpu.bytes + toGpu.bytes)} between GPU and CPU, which including the wait for the GPU ${all === 1 ? 'takes' : 'take'} ${duration(ms)}: ${count(toCpu.count)} to the CPU, ${count(toGpu.count)} to the GPU.`,
    advice: 'Race a variant whose operators all have GPU kernels: fp32, fp16 or weights only.',
    remedy: null,
  };
});
