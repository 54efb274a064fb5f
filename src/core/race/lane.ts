import { unreachable } from '../errors.ts';
import { type Model, referenceVariant, type Variant } from '../models/model.ts';

/** Where a variant runs. WebNN is reported by the device panel but not raced yet. */
export type Backend =
  | { readonly kind: 'wasm'; readonly threads: number }
  | { readonly kind: 'webgpu' };

/** One variant on one backend. */
export interface Lane {
  readonly id: string;
  readonly variant: Variant;
  readonly backend: Backend;
  /** fp32 on WASM: the lane whose answers and speed the others are held against. */
  readonly reference: boolean;
}

export function backendTitle(backend: Backend): string {
  switch (backend.kind) {
    case 'wasm':
      return backend.threads === 1 ? 'WASM, 1 thread' : 'WASM';
    case 'webgpu':
      return 'WebGPU';
    default:
      return unreachable(backend);
  }
}

/** With the number of threads, where a reader must know it: "WASM, 2 threads". */
export const exactBackendTitle = (backend: Backend): string =>
  backend.kind === 'wasm' && backend.threads > 1
    ? `WASM, ${backend.threads} threads`
    : backendTitle(backend);

export function laneTitle(lane: Lane): string {
  return `${lane.variant.title}, ${backendTitle(lane.backend)}`;
}

/** In a sentence: "int8 on WASM". */
export const laneName = ({ variant, backend }: Lane): string =>
  `${variant.title} on ${backendTitle(backend)}`;

function laneOf(model: Model, variant: Variant, backend: Backend, suffix = ''): Lane {
  return {
    id: `${variant.id}-${backend.kind}${suffix}`,
    variant,
    backend,
    reference: suffix === '' && backend.kind === 'wasm' && variant === referenceVariant(model),
  };
}

/** What decides which lanes this device can run. */
export interface LaneConditions {
  /** Threads a WASM lane gets: the cores when isolated, else 1. */
  readonly threads: number;
  readonly webgpu: 'hardware' | 'software' | 'missing';
  readonly shaderF16: boolean;
}

/** A lane that can be chosen, or a sentence why not. */
export interface LaneOffer {
  readonly lane: Lane;
  readonly preselected: boolean;
  /** Why it cannot run here; null when it can. */
  readonly blocked: string | null;
  /** What is known before the run and would surprise after it. */
  readonly warning: string | null;
}

/**
 * Operators for which onnxruntime's native WebGPU provider has no kernel, so that each moves to
 * the CPU and drags copies with it (microsoft/onnxruntime, core/providers/webgpu; measured with
 * 1.30: one quantized convolution made 7 copies between GPU and CPU).
 */
const NOT_ON_WEBGPU = [
  'QuantizeLinear',
  'DynamicQuantizeLinear',
  'MatMulInteger',
  'ConvInteger',
  'DynamicQuantizeLSTM',
] as const;

const countOf = (operators: NonNullable<Variant['operators']>, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (operators[name] ?? 0), 0);

/** How many nodes of the variant will fall back to the CPU on WebGPU; null when not known. */
export function expectedFallbacks(variant: Variant): number | null {
  const { operators } = variant;
  return operators ? countOf(operators, NOT_ON_WEBGPU) : null;
}

/** Whether only weights are stored small, and unpacked to float on every run. */
export const unpacksWeights = ({ operators = {} }: Variant): boolean =>
  countOf(operators, ['DequantizeLinear']) > 0 && countOf(operators, NOT_ON_WEBGPU) === 0;

/**
 * Of the zoo's forms those that may be faster on WASM: it computes fp16 as fp32 (core/verdict/forms.ts),
 * and another fp32 file is the reference over again. Whoever drops a file wants to race it.
 */
const isWorthRacing = (model: Model, { source, precision }: Variant): boolean =>
  source.kind === 'dropped' ||
  (precision !== 'fp16' && precision !== referenceVariant(model).precision);

function wasmOffers(model: Model, variant: Variant, here: LaneConditions): LaneOffer[] {
  const warning = unpacksWeights(variant)
    ? 'Weights are unpacked to float on every run: a smaller download, not a faster run.'
    : null;
  const all = laneOf(model, variant, { kind: 'wasm', threads: here.threads });
  const preselected = warning === null && (all.reference || isWorthRacing(model, variant));
  const offers: LaneOffer[] = [{ lane: all, preselected, blocked: null, warning }];
  if (here.threads > 1) {
    const single = laneOf(model, variant, { kind: 'wasm', threads: 1 }, '-1');
    offers.push({ lane: single, preselected: false, blocked: null, warning });
  }
  return offers;
}

function webgpuOffer(model: Model, variant: Variant, here: LaneConditions): LaneOffer {
  const lane = laneOf(model, variant, { kind: 'webgpu' });
  const fallbacks = expectedFallbacks(variant) ?? 0;
  const blocked =
    here.webgpu === 'missing'
      ? 'This browser offers no WebGPU adapter.'
      : variant.precision === 'fp16' && !here.shaderF16
        ? 'This GPU lacks shader-f16.'
        : null;
  const warning =
    fallbacks > 0
      ? `Expected slow: ${fallbacks} ${fallbacks === 1 ? 'node has' : 'nodes have'} no WebGPU kernel and will run on the CPU.`
      : here.webgpu === 'software'
        ? 'Software adapter: the CPU plays GPU. Right answers, meaningless speed.'
        : null;
  const preselected = blocked === null && warning === null;
  return { lane, preselected, blocked, warning };
}

/** Every lane of a model on this device, the reference first, sensible ones preselected. */
export function offerLanes(model: Model, here: LaneConditions): LaneOffer[] {
  const wasm = model.variants.flatMap((variant) => wasmOffers(model, variant, here));
  const webgpu = model.variants.map((variant) => webgpuOffer(model, variant, here));
  return [...wasm, ...webgpu];
}
