import type { Milliseconds } from '../../units.ts';
import { addCosts, type Cost, intensity, NO_COST } from '../cost.ts';
import { type CostedNode, MIN_MS, type NodeArithmetic, rateOf } from '../profile/executed.ts';
import type { Ceilings } from './ceilings.ts';

/** 10^9 operations per second, and 10^9 bytes per second. */
export interface Roof {
  readonly compute: number;
  readonly bandwidth: number;
}

/** The roof for one kind of arithmetic; null where the device has not been measured for it. */
export function roofOf({ compute, bandwidth }: Ceilings, arithmetic: NodeArithmetic): Roof | null {
  const ceiling = compute[arithmetic];
  return ceiling ? { compute: ceiling.value, bandwidth: bandwidth.value } : null;
}

/**
 * The most operations per second, in 10^9, that a work of this many operations for each byte can
 * reach: min(peak, intensity * bandwidth). Williams, Waterman and Patterson, "Roofline", 2009.
 */
export const attainable = ({ compute, bandwidth }: Roof, perByte: number): number =>
  Math.min(compute, perByte * bandwidth);

/** Operations for each byte from which on arithmetic is the limit, no more the memory. */
export const ridge = ({ compute, bandwidth }: Roof): number => compute / bandwidth;

/** The least time that the roof allows. */
export function leastMs(
  { compute, bandwidth }: Roof,
  { flops, read, written }: Cost,
): Milliseconds {
  return Math.max(flops / compute, (read + written) / bandwidth) / 1e6;
}

export type Limit = 'compute' | 'memory';
export const limitOf = (roof: Roof, cost: Cost): Limit =>
  intensity(cost) >= ridge(roof) ? 'compute' : 'memory';

/** One mark in the chart. */
export interface RoofPoint {
  readonly title: string;
  readonly operator: string;
  readonly arithmetic: NodeArithmetic;
  /** Operations for each byte. */
  readonly perByte: number;
  /** 10^9 operations per second, measured. */
  readonly rate: number;
  readonly ms: Milliseconds;
  /** Place of the file's node; null for the runtime's own nodes and for the whole model. */
  readonly node: number | null;
}

export interface RoofPoints {
  readonly nodes: readonly RoofPoint[];
  readonly whole: RoofPoint | null;
  /** Nodes that are left out because they ran too briefly to be timed. */
  readonly tooShort: number;
}

/** Nodes of a profile, and the whole model, as points under the roof. */
export function roofPoints(costed: readonly CostedNode[], wallMs: Milliseconds): RoofPoints {
  const working = costed.filter((node) => node.cost && node.cost.flops > 0);
  const timed = working.filter(({ executed }) => executed.ms >= MIN_MS);
  const nodes = timed.map((node) => ({
    title: node.executed.name,
    operator: node.executed.operator,
    arithmetic: node.arithmetic,
    perByte: intensity(node.cost as Cost),
    rate: rateOf(node) as number,
    ms: node.executed.ms,
    node: node.file?.id ?? null,
  }));
  const total = costed.reduce((sum, { cost }) => addCosts(sum, cost ?? NO_COST), NO_COST);
  const whole =
    total.flops > 0 && wallMs > 0
      ? {
          title: 'whole model',
          operator: '',
          arithmetic: mostUsed(working),
          perByte: intensity(total),
          rate: total.flops / wallMs / 1e6,
          ms: wallMs,
          node: null,
        }
      : null;
  return { nodes, whole, tooShort: working.length - timed.length };
}

/** The arithmetic that does most of the operations. */
function mostUsed(nodes: readonly CostedNode[]): NodeArithmetic {
  const flops: Record<NodeArithmetic, number> = { fp32: 0, fp16: 0, int8: 0 };
  for (const { arithmetic, cost } of nodes) flops[arithmetic] += cost?.flops ?? 0;
  return (['int8', 'fp16'] as const).find((each) => flops[each] > flops.fp32) ?? 'fp32';
}
