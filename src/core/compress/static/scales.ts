import { Fault } from '../../errors.ts';
import type { Plan } from './decide.ts';
import type { ConstantMark, Marker } from './marks.ts';
import { floatsOf, makeRoomForBias, type Quantizer, quantizerOf } from './weights.ts';

/** Scales and zero points of all constants of a plan. */
export type Quantizers = ReadonlyMap<ConstantMark, Quantizer>;

/** The tensor whose own scale another one takes, along a chain of nodes that only move numbers. */
export function rootOf({ activations, constants }: Marker, name: string): string | ConstantMark {
  let at = name;
  for (let mark = activations.get(at); mark?.sharedWith; mark = activations.get(at)) {
    at = mark.sharedWith;
  }
  return constants.get(at)?.find(({ role }) => role === 'activation') ?? at;
}

/** The scale of an activation, or of a constant that stands for one. */
function scaleOf({ marker, ranges }: Plan, name: string, quantizers: Quantizers): number | null {
  const root = rootOf(marker, name);
  if (typeof root === 'string') return ranges.params(root)?.scale ?? null;
  return quantizers.get(root)?.scales[0] ?? null;
}

/**
 * Computes the scales of all constants, those of weights with room for the biases. Changes nothing.
 * @param symmetric whether 0 is the middle code of activations
 * @throws Fault CompressError for NaN and infinite numbers
 */
export function quantizersOf(plan: Plan, symmetric: boolean): Quantizers {
  const { marker, ranges } = plan;
  const marks = [...marker.constants.values()].flat();
  const quantizers = new Map(
    marks.map((mark) => [mark, quantizerOf(mark, ranges.type, symmetric)]),
  );
  for (const { name, tensor, factor, input, weight } of marker.biases) {
    const floats = floatsOf(tensor, factor);
    if (!floats.every(Number.isFinite)) {
      throw new Fault(
        'CompressError',
        `The bias "${name}" holds numbers that are not finite (NaN or infinity), which have no codes.`,
      );
    }
    const quantizer = typeof weight === 'string' ? null : quantizers.get(weight);
    const scale = scaleOf(plan, input, quantizers);
    if (quantizer && scale !== null) {
      makeRoomForBias(quantizer.scales, floats, scale, quantizer.mark.axis !== null);
    }
  }
  return quantizers;
}
