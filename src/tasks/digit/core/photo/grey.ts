import type { Picture } from '../../../../core/pictures/picture.ts';
import type { Raster } from './raster.ts';

/** Luma of a pixel, 0..255 (ITU-R BT.601, as MNIST's scans and JPEG have it). */
const luma = (data: Picture['data'], at: number): number =>
  0.299 * (data[at] as number) +
  0.587 * (data[at + 1] as number) +
  0.114 * (data[at + 2] as number);

/** The middle square of a picture in grey, as means of equal cells, which takes noise away too. */
export function greySquare({ width, height, data }: Picture, most: number): Raster {
  const extent = Math.min(width, height);
  const side = Math.min(most, extent);
  const left = Math.floor((width - extent) / 2);
  const top = Math.floor((height - extent) / 2);
  const sums = new Float32Array(side * side);
  const counts = new Uint32Array(side * side);
  for (let y = 0; y < extent; y++) {
    const row = Math.floor((y * side) / extent) * side;
    for (let x = 0; x < extent; x++) {
      const cell = row + Math.floor((x * side) / extent);
      sums[cell] = (sums[cell] as number) + luma(data, 4 * ((top + y) * width + left + x));
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return { side, values: sums.map((sum, cell) => sum / (counts[cell] as number)) };
}
