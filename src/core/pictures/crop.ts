import { Fault } from '../errors.ts';
import type { Square } from './resize.ts';

/**
 * The square in the middle that the model sees; the rest is not looked at (tensorflow/tpu, efficientnet/preprocessing.py,
 * _decode_and_center_crop).
 *
 * @param crop its side as a share of the picture's shorter side
 * @throws Fault UnsupportedInputError when not a single pixel is left
 */
export function middleOf(width: number, height: number, crop: number): Square {
  const side = Math.trunc(crop * Math.min(width, height));
  if (!(side >= 1)) {
    throw new Fault(
      'UnsupportedInputError',
      `A picture of ${width} × ${height} pixels is too small to look at.`,
    );
  }
  const margin = (length: number) => Math.floor((length - side + 1) / 2);
  return { left: margin(width), top: margin(height), side };
}
