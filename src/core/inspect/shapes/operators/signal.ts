import type { Dim } from '../dim.ts';
import { add, floorDivide, mayBeAny, mul, sub } from '../dims.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axisAt, unknownDims, withDim } from './axes.ts';
import { agreed, ofRank } from './checks.ts';

/** A single number from an input; null when left out or not known. */
function scalarFrom(node: NodeView, index: number): Dim | null {
  const item = node.items(index)?.[0];
  return item === undefined || mayBeAny(item) ? null : item;
}

/** Frequencies of a real signal of this length; the others mirror them. */
const onesided = (length: Dim): Dim => add(floorDivide(length, 2), 1);

/**
 * ONNX, DFT: the signal's axis takes dft_length items, or floor(n/2) + 1 of them with `onesided`;
 * back from one side it is 2·(n − 1). The last axis holds real and imaginary part.
 */
const dft: ShapeRule = (node) => {
  const shape = ofRank(node, 0, 2, Infinity);
  if (!shape) return [node.like(0, null)];
  const half = node.int('onesided', 0) !== 0;
  const inverse = node.int('inverse', 0) !== 0;
  const parts = withDim(shape, shape.length - 1, half && inverse ? 1 : 2);
  const given = node.opset < 20 ? node.int('axis', 1) : node.has(2) ? scalarFrom(node, 2) : -2;
  if (typeof given !== 'number') {
    if (!half && !node.has(1)) return [node.like(0, parts)];
    const unknown = unknownDims(node, shape.length);
    return [node.like(0, unknown && withDim(unknown, shape.length - 1, parts.at(-1) as Dim))];
  }
  const axis = axisAt(given, shape.length);
  if (axis === shape.length - 1) {
    throw new Contradiction(
      'The last axis holds real and imaginary part, and is none to transform.',
    );
  }
  const length = node.has(1) ? (scalarFrom(node, 1) ?? node.fresh()) : (shape[axis] as Dim);
  const full = inverse && half && !node.has(1) ? mul(2, sub(length, 1)) : length;
  return [node.like(0, withDim(parts, axis, half && !inverse ? onesided(length) : full))];
};

/** ONNX, STFT: [batch, floor((signal − frame)/step) + 1, frequencies, 2]. */
const stft: ShapeRule = (node) => {
  const signal = ofRank(node, 0, 2, 3);
  const frame = agreed(
    'lengths of the frame and the window',
    scalarFrom(node, 3),
    ofRank(node, 2, 1)?.[0],
  );
  const length = frame ?? (node.has(2) || node.has(3) ? null : (signal?.[1] ?? null));
  const step = scalarFrom(node, 1);
  const rest = signal && length !== null ? sub(signal[1] as Dim, length) : null;
  const known = rest !== null && typeof step === 'number' && step > 0;
  if (typeof rest === 'number' && rest < 0) {
    throw new Contradiction(`A frame of ${length} is longer than the signal of ${signal?.[1]}.`);
  }
  const bins = length ?? node.fresh();
  return [
    node.like(0, [
      signal?.[0] ?? node.fresh(),
      known ? add(floorDivide(rest, step), 1) : node.fresh(),
      node.int('onesided', 1) ? onesided(bins) : bins,
      2,
    ]),
  ];
};

/** Fourier transforms. */
export const SIGNAL: Rules = { DFT: dft, STFT: stft };
