import * as v from 'valibot';
import { figure } from '../../format.ts';
import { copyModel } from '../../onnx/copy.ts';
import type { ModelProto } from '../../onnx/onnx_pb.ts';
import type { Decibel, Interval } from '../../units.ts';
import { CalibrationDials, CalibrationEntries, calibrate } from '../calibrate/calibrate.ts';
import { coarseNodes } from '../repair/coarseNodes.ts';
import { correctWhereNearer } from '../repair/correctWhereNearer.ts';
import type { Context, Decision, Technique } from '../technique.ts';
import { raiseForCodes } from './dialect.ts';
import { guardKept } from './guard.ts';
import { planStatic, quantizeStatic } from './quantize.ts';

const Names = v.optional(v.array(v.string()), []);

export const StaticOptions = v.object({
  activations: v.optional(v.picklist(['uint8', 'int8', 'uint16', 'int16']), 'uint8'),
  symmetric: v.optional(v.boolean(), false),
  perChannel: v.optional(v.boolean(), true),
  cover: v.optional(v.picklist(['fused', 'all']), 'fused'),
  sparing: v.optional(v.boolean(), true),
  leaveOut: Names,
  keep: Names,
  guard: v.optional(v.boolean(), true),
  leastSqnr: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60)), 0),
  biasCorrection: v.optional(v.boolean(), false),
  ...CalibrationEntries,
});

export type StaticOptions = v.InferOutput<typeof StaticOptions>;

/** Weights and activations as integers, with scales found beforehand on inputs. */
export const staticInt8: Technique<'static-int8', StaticOptions> = {
  id: 'static-int8',
  title: 'Static int8',
  sentence:
    'A quarter of the size, and the fastest form of convolutional networks on a CPU: weights and activations are integers, with ranges calibrated on some of your inputs.',
  schema: StaticOptions,
  dials: {
    activations: {
      kind: 'choice',
      title: 'Activations',
      sentence:
        'uint8 is what integer kernels expect. int8 is converted to it where the runtime can, and is slow where it cannot. 16 bits are for accuracy only: they compute in float.',
      choices: [
        { value: 'uint8', title: 'uint8' },
        { value: 'int8', title: 'int8' },
        { value: 'uint16', title: 'uint16' },
        { value: 'int16', title: 'int16' },
      ],
    },
    symmetric: {
      kind: 'switch',
      title: 'Symmetric activations',
      sentence:
        'Puts 0 in the middle of the codes, as some accelerators require. It wastes half of them after a Relu, and the Relu has to stay.',
    },
    perChannel: {
      kind: 'switch',
      title: 'A scale for each channel',
      sentence:
        'The weights of each output channel get their own scale. Costs nothing, and depthwise convolutions are unusable without it.',
    },
    cover: {
      kind: 'choice',
      title: 'Operators',
      sentence:
        'Only operators with integer kernels gain. onnxruntime’s own tool also quantizes around some that have none, which costs time and accuracy; choose it to compare.',
      choices: [
        { value: 'fused', title: 'With integer kernels' },
        { value: 'all', title: 'Like onnxruntime’s tool' },
      ],
    },
    sparing: {
      kind: 'switch',
      title: 'Only where it pays',
      sentence:
        'Leaves cheap operators in float where everything before or after them is float, so that nothing is rounded for no gain: outputs, and what surrounds a normalization.',
    },
    leaveOut: {
      kind: 'nodes',
      title: 'Operators to leave float',
      sentence: 'Kinds of operator, one per line: "Softmax".',
    },
    keep: {
      kind: 'nodes',
      title: 'Nodes to keep float',
      sentence:
        'By the name of their first output, one per line. Helps where one node does most of the damage, or runs slower in int8.',
    },
    guard: {
      kind: 'switch',
      title: 'Guard what stays float',
      sentence:
        'onnxruntime itself quantizes float convolutions between integer ones, with one scale for all weights. This writes them so that it does not; results stay the same.',
    },
    leastSqnr: {
      kind: 'number',
      title: 'Lowest SQNR of a node',
      sentence:
        'Leaves every node in float whose own rounding gives its result a lower SQNR than this, as measured on your inputs; 0 skips the measurement. 20 dB is an error of a tenth.',
      min: 0,
      max: 60,
      step: 1,
      unit: 'dB',
    },
    biasCorrection: {
      kind: 'switch',
      title: 'Correct biases',
      sentence:
        'Subtracts the average rounding error of each channel from its bias, layer by layer, as measured on your inputs. Costs nothing when the model runs, and up to 20 more passes over the inputs now. Helps most with one scale for all weights; applied only where it brings the outputs closer.',
    },
    ...CalibrationDials,
  },
  rank: 1,
  stepTitle: () => 'Static int8',
  expectedSize: () => ({ factor: 4, zipped: false }),
  prunes: () => false,
  needsInputs: () => true,
  apply: async (model, options, context) => {
    raiseForCodes(model, options.perChannel);
    const original = copyModel(model);
    const ranges = new Map<string, Interval>();
    let decisions = await quantized(model, options, ranges, context);
    if (options.leastSqnr > 0) {
      const least = options.leastSqnr;
      const coarse = await coarseNodes(original, model, decisions, least, context);
      if (coarse.size > 0) {
        Object.assign(model, copyModel(original));
        const keep = [...options.keep, ...coarse.keys()];
        decisions = (await quantized(model, { ...options, keep }, ranges, context)).map(
          (decision) => withRatio(decision, coarse.get(decision.node)),
        );
      }
    }
    if (options.guard) guardKept(model);
    if (!options.biasCorrection) return decisions;
    const corrections = await correctWhereNearer(original, model, context);
    const notes = new Map(corrections.map(({ node, reason }) => [node, reason]));
    return decisions.map((decision) => {
      const note = notes.get(decision.node);
      return note ? { ...decision, reason: `${decision.reason}, its ${note}` } : decision;
    });
  },
};

/** @param ranges known already; those found are added */
async function quantized(
  model: ModelProto,
  options: StaticOptions,
  ranges: Map<string, Interval>,
  context: Context,
): Promise<Decision[]> {
  const needed = planStatic(model, options).filter((name) => !ranges.has(name));
  if (needed.length > 0) {
    for (const [name, range] of await calibrate(model, needed, options, context)) {
      ranges.set(name, range);
    }
  }
  context.signal.throwIfAborted();
  return quantizeStatic(model, ranges, options);
}

const withRatio = (decision: Decision, ratio: Decibel | undefined): Decision =>
  ratio === undefined || decision.outcome !== 'kept'
    ? decision
    : { ...decision, reason: `int8 would leave it an SQNR of only ${figure(ratio)} dB` };
