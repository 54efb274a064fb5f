/** The order in which com.microsoft.MatMulNBits wants a matrix B [K, N]: column by column. */
import type { Bits, BlockFormat, Blocks, Runs } from './blocks.ts';

export interface PackedMatrix {
  /** [N, blocks, bytes of a block], the first of two codes in the low half of its byte. */
  readonly codes: Uint8Array;
  /** [N, blocks] */
  readonly scales: Float32Array;
  /** [N, bytes], packed as the codes are. */
  readonly zeroPoints: Uint8Array;
  readonly blockBytes: number;
  readonly zeroPointBytes: number;
}

/** Where element k of column n stands in a tensor of runs. */
const elementAt = ({ length, inner }: Runs, n: number, k: number): number =>
  inner === 1 ? n * length + k : k * inner + n;

/** Writes one code into a row of packed ones. */
function put(into: Uint8Array, row: number, i: number, code: number, bits: Bits): void {
  if (bits === 8) into[row + i] = code;
  else into[row + (i >> 1)] = (into[row + (i >> 1)] as number) | (code << ((i & 1) * 4));
}

/**
 * @param runs of one matrix: [1, K, N], or its transpose [N, K, 1]
 */
export function packMatrix(
  { codes, scales, zeroPoints, count }: Blocks,
  runs: Runs,
  { bits, block, symmetric }: BlockFormat,
): PackedMatrix {
  const { length: rows } = runs;
  const columns = runs.outer * runs.inner;
  const blockBytes = (block * bits) / 8;
  const zeroPointBytes = Math.ceil((count * bits) / 8);
  const packed = {
    codes: new Uint8Array(columns * count * blockBytes),
    scales: new Float32Array(columns * count),
    zeroPoints: new Uint8Array(columns * zeroPointBytes),
    blockBytes,
    zeroPointBytes,
  };
  const blocks: Runs = { ...runs, length: count };
  // An odd end shares its byte with what stood in this half of the one before, as in onnxruntime's files.
  const repeats = bits === 4 && rows % 2 === 1 && rows % (2 * block) !== 1;
  for (let n = 0; n < columns; n++) {
    const row = n * count * blockBytes;
    for (let k = 0; k < rows; k++) {
      put(packed.codes, row, k, codes[elementAt(runs, n, k)] as number, bits);
    }
    if (repeats) put(packed.codes, row, rows, codes[elementAt(runs, n, rows - 2)] as number, bits);
    for (let b = 0; b < count; b++) {
      const at = elementAt(blocks, n, b);
      packed.scales[n * count + b] = scales[at] as number;
      put(packed.zeroPoints, n * zeroPointBytes, b, zeroPoints[at] as number, bits);
    }
    if (!symmetric && bits === 4 && count % 2 === 1) {
      put(packed.zeroPoints, n * zeroPointBytes, count, 8, bits);
    }
  }
  return packed;
}
