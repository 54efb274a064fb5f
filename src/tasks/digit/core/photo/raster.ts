/** A square of numbers, row by row. */
export interface Raster {
  readonly side: number;
  readonly values: Float32Array;
}

type Pick = (a: number, b: number) => number;

/**
 * For each value of a line, `pick` of all within `radius`, with three picks each whatever the
 * radius (van Herk, Pattern Recognition Letters 13, 1992): every window is the end of one block
 * and the beginning of the next.
 */
function windowed(line: Float32Array, radius: number, pick: Pick): Float32Array {
  const block = 2 * radius + 1;
  const length = line.length + 2 * radius;
  // Beyond its ends a line goes on as it ends, which changes no pick.
  const at = (i: number) => line[Math.min(line.length - 1, Math.max(0, i - radius))] as number;
  const begins = new Float32Array(length);
  const ends = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    begins[i] = i % block === 0 ? at(i) : pick(begins[i - 1] as number, at(i));
    const j = length - 1 - i;
    const last = i === 0 || (j + 1) % block === 0;
    ends[j] = last ? at(j) : pick(ends[j + 1] as number, at(j));
  }
  return line.map((_, i) => pick(ends[i] as number, begins[i + 2 * radius] as number));
}

/** `pick` of all within a square of 2 * radius + 1: along rows, then along columns. */
function inSquares({ side, values }: Raster, radius: number, pick: Pick): Raster {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < side; y++) {
    rows.set(windowed(values.subarray(y * side, (y + 1) * side), radius, pick), y * side);
  }
  const both = new Float32Array(values.length);
  for (let x = 0; x < side; x++) {
    const column = Float32Array.from({ length: side }, (_, y) => rows[y * side + x] as number);
    windowed(column, radius, pick).forEach((value, y) => {
      both[y * side + x] = value;
    });
  }
  return { side, values: both };
}

/** The largest within a square of 2 * radius + 1. */
export const dilated = (raster: Raster, radius: number): Raster =>
  inSquares(raster, radius, Math.max);

/** The smallest within a square of 2 * radius + 1. */
const eroded = (raster: Raster, radius: number): Raster => inSquares(raster, radius, Math.min);

/**
 * What is left of a picture without its dark things thinner than 2 * radius + 1: shadows and
 * tables stay, strokes go (closing; Serra, "Image Analysis and Mathematical Morphology", 1982).
 */
export const closed = (raster: Raster, radius: number): Raster =>
  eroded(dilated(raster, radius), radius);
