import { firstOutput, functionKey } from '../../onnx/graph.ts';
import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { delicate } from './numerics.ts';
import { needsFloat32, takesAnyFloat } from './operators.ts';
import { holdsFloats, homeOf, kindOf, type Scope } from './scopes.ts';
import { overflowing } from './tensors.ts';

/**
 * How a node works afterwards: `half` reads and makes float16; `float` stays as it was;
 * `either` makes what its readers want, since its number is known or it converts anyway;
 * `any` reads what there is.
 */
export type Fp16Mode = 'half' | 'float' | 'either' | 'any';

export interface HalfVerdict {
  readonly mode: Fp16Mode;
  /** A clause, where it stays in float32. */
  readonly reason: string;
}

export interface PlanOptions {
  /** First outputs of nodes to leave alone. */
  readonly keep: readonly string[];
  /** Leave nodes whose weights float16 cannot hold. */
  readonly keepOverflow: boolean;
  /** Leave arithmetic that is known to break. */
  readonly careful: boolean;
}

/** The verdict on every node that has to do with float32, in all scopes. */
export type Fp16Plan = ReadonlyMap<NodeProto, HalfVerdict>;

const float = (reason: string): HalfVerdict => ({ mode: 'float', reason });
const HALF: HalfVerdict = { mode: 'half', reason: '' };

/** Add a constant or choose it: where that is past float16's range it is a mask, and as good clamped. */
const MASKING = new Set(['Add', 'Clip', 'Max', 'Min', 'Pad', 'Sub', 'Where']);

/** Weights of a node that float16 cannot hold; single numbers are masks and limits. */
function overflowIn(scope: Scope, node: NodeProto): number {
  if (MASKING.has(node.opType)) return 0;
  const weights = node.input.flatMap((name) => {
    const found = kindOf(scope, name) === 'float32' ? weightOf(scope, name) : null;
    return found && found.dims.reduce((a, b) => a * b, 1n) > 1n ? [found] : [];
  });
  return weights.reduce((sum, weight) => sum + overflowing(weight), 0);
}

const weightOf = (scope: Scope, name: string): TensorProto | null =>
  homeOf(scope, name)?.frame.initializers.get(name) ?? null;

function isEither(node: NodeProto): boolean {
  if (node.opType === 'Constant') {
    return node.attribute.some(({ name }) => /^value(_floats?)?$/.test(name));
  }
  return /^(ConstantOfShape|Cast|CastLike)$/.test(node.opType);
}

function verdictOn(
  scope: Scope,
  node: NodeProto,
  functions: ReadonlySet<string>,
  options: PlanOptions,
  breaks: ReadonlyMap<NodeProto, string>,
  kept: ReadonlySet<string>,
): HalfVerdict | null {
  const names = [...node.input, ...node.output].filter(Boolean);
  const bodies = scope.bodies.get(node);
  const hasBody = node.attribute.some(({ g, graphs }) => g || graphs.length > 0);
  if (names.some((name) => holdsFloats(scope, name)) && !bodies) {
    return float('sequences stay in float32');
  }
  const unknown = names.find((name) => kindOf(scope, name) === 'unknown');
  if (unknown !== undefined) return float(`the type of "${unknown}" is not known`);
  if (!hasBody && !names.some((name) => kindOf(scope, name) === 'float32')) return null;
  if (kept.has(firstOutput(node))) return float('as asked');
  if (functions.has(functionKey(node, node.opType)))
    return float('its function could not be put in its place');
  if (hasBody) return bodies ? HALF : float('the types in its body are not all known');
  const broken = breaks.get(node);
  if (broken !== undefined) return float(broken);
  if (isEither(node)) {
    const made = node.output.some((name) => kindOf(scope, name) === 'float32');
    return { mode: made ? 'either' : 'any', reason: '' };
  }
  const never = needsFloat32(node, scope.frame.opsets);
  if (never !== null) return float(never);
  if (takesAnyFloat(node)) return { mode: 'any', reason: '' };
  // Codes of activations are as fine as their scale; and runtimes join only float32 ones to int8 kernels.
  if (node.opType === 'DequantizeLinear' && !weightFed(scope, node)) {
    return float('activations are dequantized to float32');
  }
  const overflow = options.keepOverflow ? overflowIn(scope, node) : 0;
  if (overflow > 0) {
    return float(`${overflow} of its weights ${overflow === 1 ? 'is' : 'are'} past ±65504`);
  }
  return HALF;
}

const weightFed = (scope: Scope, { input: [codes] }: NodeProto): boolean =>
  codes !== undefined && homeOf(scope, codes)?.frame.initializers.has(codes) === true;

/** Decides for every node, bodies included; what no float32 touches has no verdict. */
export function planHalf(
  main: Scope,
  functions: ReadonlySet<string>,
  options: PlanOptions,
): Fp16Plan {
  const plan = new Map<NodeProto, HalfVerdict>();
  const kept = new Set(options.keep);
  const decide = (scope: Scope): void => {
    const breaks = options.careful ? delicate(scope) : new Map<NodeProto, string>();
    for (const node of scope.frame.order) {
      const verdict = verdictOn(scope, node, functions, options, breaks, kept);
      if (verdict) plan.set(node, verdict);
      if (verdict?.mode === 'half') for (const body of scope.bodies.get(node) ?? []) decide(body);
    }
  };
  decide(main);
  return plan;
}
