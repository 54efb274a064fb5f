import type { Interval } from '../../units.ts';
import { affineParams, type QuantParams, symmetricParams } from '../formulas.ts';
import type { CodeType } from './types.ts';

/** Scale and zero point of an activation. */
export function activationParams(
  { low, high }: Interval,
  type: CodeType,
  symmetric: boolean,
): QuantParams {
  const from = Math.fround(low);
  const to = Math.fround(high);
  return symmetric
    ? symmetricParams(Math.max(Math.abs(from), Math.abs(to)), type.symmetric)
    : affineParams(from, to, type.codes);
}

/** Ranges of activations and the parameters that follow from them. */
export class Ranges {
  readonly type: CodeType;
  private readonly known: ReadonlyMap<string, Interval>;
  private readonly symmetric: boolean;

  constructor(known: ReadonlyMap<string, Interval>, type: CodeType, symmetric: boolean) {
    this.known = known;
    this.type = type;
    this.symmetric = symmetric;
  }

  /** Null for a tensor whose range is not known, or of which nobody could say where it ends. */
  params(tensor: string): QuantParams | null {
    const range = this.known.get(tensor);
    if (!range || !Number.isFinite(range.low) || !Number.isFinite(range.high)) return null;
    return activationParams(range, this.type, this.symmetric);
  }

  /** The lowest and the highest number that the codes of a tensor stand for, and their step. */
  span(tensor: string): (Interval & { readonly scale: number }) | null {
    const params = this.params(tensor);
    if (!params) return null;
    const { scale, zeroPoint } = params;
    const { min, max } = this.type.codes;
    return { low: (min - zeroPoint) * scale, high: (max - zeroPoint) * scale, scale };
  }
}
