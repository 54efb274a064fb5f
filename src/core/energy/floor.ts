import type { Backend } from '../backends/backend.ts';
import { backendKind } from '../backends/backends.ts';
import type { Precision } from '../models/model.ts';
import type { Bytes, Interval } from '../units.ts';

/**
 * Joules of one multiplication and one addition: the low end of a 7 nm chip (Jouppi et al., Ten
 * Lessons From Three Generations Shaped Google's TPUv4i, ISCA 2021), the high end of a 45 nm one
 * (Horowitz, Computing's Energy Problem, ISSCC 2014).
 */
const MAC_JOULES = {
  int8: { low: (0.07 + 0.007) * 1e-12, high: (0.2 + 0.03) * 1e-12 },
  fp16: { low: (0.34 + 0.16) * 1e-12, high: (1.1 + 0.4) * 1e-12 },
  fp32: { low: (1.31 + 0.38) * 1e-12, high: (3.7 + 0.9) * 1e-12 },
} as const satisfies Record<string, Interval>;

/**
 * Joules of one byte from outside the chip: LPDDR4/5 and HBM2 from about 30 pJ; DDR 163 pJ
 * (Jouppi 2021; Horowitz 2014: 640 pJ per 32 bit). What stays in a cache costs less.
 */
const BYTE_JOULES: Interval = { low: 30e-12, high: 163e-12 };

/** In what a variant's arithmetic is done: WASM has no float16, and packed int4 is unpacked. */
function arithmeticOf(precision: Precision, backend: Backend): keyof typeof MAC_JOULES | null {
  switch (precision) {
    case 'fp32':
    case 'int8':
      return precision;
    case 'fp16':
    case 'int4':
      return backendKind(backend).float16 ? 'fp16' : 'fp32';
    case 'unknown':
      return null;
  }
}

/**
 * Joules of arithmetic and memory alone, E = MACs * e_mac + bytes * e_byte: what an inference
 * would take if nothing had to be fetched, decoded, moved, kept awake or waited for. To learn
 * from, never a headline: real devices are hundreds of times above it.
 * @param bytes moved from or to memory, at least
 * @returns null where the work is not known: then it is not estimated, and not 0
 */
export function floorEnergy(
  macs: number | null,
  bytes: Bytes | null,
  precision: Precision,
  backend: Backend,
): Interval | null {
  const arithmetic = arithmeticOf(precision, backend);
  if (macs === null || bytes === null || arithmetic === null) return null;
  const mac = MAC_JOULES[arithmetic];
  return {
    low: macs * mac.low + bytes * BYTE_JOULES.low,
    high: macs * mac.high + bytes * BYTE_JOULES.high,
  };
}
