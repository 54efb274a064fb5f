/**
 * Two elements of 4 bits to a byte, the first in the low half, as ONNX stores int4 and uint4. The
 * last half byte of an odd count is 0. `tensorNumbers` reads them back.
 * @param values of which the lowest 4 bits are taken
 */
export function packNibbles(values: ArrayLike<number>): Uint8Array {
  const count = values.length;
  const packed = new Uint8Array((count + 1) >> 1);
  for (let i = 0; i + 1 < count; i += 2) {
    packed[i >> 1] = ((values[i] as number) & 15) | ((values[i + 1] as number) << 4);
  }
  if (count % 2 === 1) packed[count >> 1] = (values[count - 1] as number) & 15;
  return packed;
}
