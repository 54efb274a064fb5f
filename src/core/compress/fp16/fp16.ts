import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import { count, list } from '../../format.ts';
import { inferTypes } from '../../inspect/shapes/infer.ts';
import { firstOutput, functionsOf, nodeTitle } from '../../onnx/graph.ts';
import { inlineFunctions } from '../../onnx/inline.ts';
import type { ModelProto } from '../../onnx/onnx_pb.ts';
import type { Decision, Technique } from '../technique.ts';
import { mixedFloats } from './check.ts';
import { planHalf } from './plan.ts';
import { Rewrite } from './rewrite.ts';
import { type Scope, scopeOf } from './scopes.ts';
import { storeAsHalf } from './storage.ts';

export const Fp16Options = v.object({
  arithmetic: v.optional(v.picklist(['float16', 'float32']), 'float16'),
  io: v.optional(v.picklist(['float32', 'float16']), 'float32'),
  careful: v.optional(v.boolean(), true),
  keepOverflow: v.optional(v.boolean(), true),
  keep: v.optional(v.array(v.string()), []),
});

export type Fp16Options = v.InferOutput<typeof Fp16Options>;

/** Before IR version 4 every weight is listed among the inputs; later, those that a caller may override. */
function optionalInputs(model: ModelProto, { graph }: Scope): ReadonlySet<string> {
  if (model.irVersion < 4n) return new Set();
  const stored = new Set(graph.initializer.map(({ name }) => name));
  return new Set(graph.input.map(({ name }) => name).filter((name) => stored.has(name)));
}

/** Make whole numbers of activations, or compute with them. */
const QUANTIZED = /^(Dynamic)?QuantizeLinear$|^QLinear|^QGemm$|^QAttention$|Integer(ToFloat)?$/;

/** @throws Fault CompressError for a model that computes in whole numbers already */
function convert(model: ModelProto, options: Fp16Options): Decision[] {
  const whole = model.graph?.node.find(({ opType }) => QUANTIZED.test(opType));
  if (whole) {
    throw new Fault(
      'CompressError',
      `This model is quantized already: ${nodeTitle(whole)} is ${whole.opType}. float16 around it would separate what runtimes fuse into int8 kernels; convert the original instead.`,
    );
  }
  inlineFunctions(model);
  const main = scopeOf(model.graph as ModelProto['graph'] & object, inferTypes(model));
  const plan = planHalf(main, new Set(functionsOf(model).keys()), options);
  // Outputs are renamed where an output of the model stays float32.
  const nodes = [...plan].map(([node, verdict]) => ({
    node,
    verdict,
    output: firstOutput(node),
    inputs: [...node.input, ...node.output],
  }));
  if (!nodes.some(({ verdict }) => verdict.mode === 'half')) {
    throw new Fault(
      'CompressError',
      'Nothing in this model can be made float16: no operator that works on float32 supports it.',
    );
  }
  const rewrite = new Rewrite(
    main,
    plan,
    options.io === 'float16' ? 'half' : 'float',
    optionalInputs(model, main),
  );
  const { clamped } = rewrite.run();
  const mixed = mixedFloats(model);
  if (mixed.length > 0) {
    throw new Fault(
      'CompressError',
      `The conversion would make ${list(mixed)} read both float16 and float32; leave these nodes in float32.`,
    );
  }
  return nodes.flatMap(({ node, verdict: { mode, reason }, output, inputs }): Decision[] => {
    if (mode === 'any' || mode === 'either') return [];
    const past = [...new Set(inputs)].reduce((sum, name) => sum + (clamped.get(name) ?? 0), 0);
    const limited = past > 0 ? `, ${count(past)} of its constants limited to ±65504` : '';
    return [
      {
        node: output,
        title: nodeTitle(node),
        operator: node.opType,
        outcome: mode === 'half' ? 'changed' : 'kept',
        reason: mode === 'half' ? `float16${limited}` : `float32: ${reason}`,
      },
    ];
  });
}

/** Float32 weights and arithmetic in float16. */
export const fp16: Technique<'fp16', Fp16Options> = {
  id: 'fp16',
  title: 'fp16',
  sentence:
    'Halves the size with hardly any loss, and is faster on GPUs that support float16. On a CPU it is no faster or slower, unless only the weights are stored in it.',
  schema: Fp16Options,
  dials: {
    arithmetic: {
      kind: 'choice',
      title: 'Computes in',
      sentence:
        'float16 is for GPUs. With float32, only the stored weights are float16 and become float32 when the model is loaded: half the download at the old speed, for CPUs.',
      choices: [
        { value: 'float16', title: 'float16' },
        { value: 'float32', title: 'float32' },
      ],
    },
    io: {
      kind: 'choice',
      title: 'Inputs and outputs',
      sentence:
        'float32 lets the file replace the original anywhere; float16 saves the conversions at both ends but needs a caller that expects it.',
      choices: [
        { value: 'float32', title: 'float32, unchanged' },
        { value: 'float16', title: 'float16' },
      ],
    },
    careful: {
      kind: 'switch',
      title: 'Protect sensitive arithmetic',
      sentence:
        'Leaves positions, angles and sums of squares in float32, where float16 overflows or loses digits; costs a few conversions.',
    },
    keepOverflow: {
      kind: 'switch',
      title: 'Protect what overflows',
      sentence:
        'Leaves nodes in float32 whose weights exceed ±65504, the range of float16; without it, such weights become ±65504.',
    },
    keep: {
      kind: 'nodes',
      title: 'Leave out these nodes',
      sentence: 'Leaves the nodes that make these tensors in float32.',
    },
  },
  rank: 3,
  stepTitle: () => 'fp16',
  expectedSize: () => ({ factor: 2, zipped: false }),
  prunes: () => false,
  needsInputs: () => false,
  apply: async (model, options, { signal }) => {
    signal.throwIfAborted();
    return options.arithmetic === 'float32' ? storeAsHalf(model, options) : convert(model, options);
  },
};
