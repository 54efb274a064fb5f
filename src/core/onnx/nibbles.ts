/**
 * Two elements of 4 bits to a byte, the first in the low half, as ONNX stores int4 and uint4. The
 * last half byte of an odd count is 0. `tensorNumbers` reads them back.
 * @param values of which the lowest 4 bits are taken
 */
export function packNibbles(values: ArrayLike<number>): Uint8Array {
  const packed = new Uint8Array(Math.ceil(values.length / 2));
  for (let i = 0; i < values.length; i++) {
    packed[i >> 1] = (packed[i >> 1] as number) | (((values[i] as number) & 15) << ((i & 1) * 4));
  }
  return packed;
}
