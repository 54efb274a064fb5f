import type { Picture } from '../../../core/pictures/picture.ts';
import type { Square } from '../../../core/pictures/resize.ts';
import type { PhotosTask } from './task.ts';

/** The task as the zoo's entry has it. */
export const TASK: PhotosTask = {
  kind: 'photos',
  input: 'image',
  output: 'logits',
  side: 224,
  crop: 0.875,
  mean: 127,
  std: 128,
  classes: 1000,
  labels: { file: 'photos-labels.json', bytes: 1, sha256: '0'.repeat(64) },
};

/** A photo of the fixtures, and what Pillow and PyTorch made of it. */
export interface OriginalPhotos {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** That the network sees. */
  readonly square: Square;
  /** Hexadecimal: the middle row of what the network sees, red, green, blue of each pixel. */
  readonly row: string;
  /** Of all bytes that the network sees. */
  readonly sum: number;
  /** Hexadecimal: float32, little-endian. */
  readonly logits: string;
}

export const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );

export const floatsOf = (hex: string): Float32Array => new Float32Array(bytesOf(hex).buffer);

/** The fixtures' pictures from their bytes: red, green, blue, each less the one in the row above it. */
export function picturesOf(bytes: Uint8Array, originals: readonly OriginalPhotos[]): Picture[] {
  let from = 0;
  return originals.map(({ width, height }) => {
    const rgb = bytes.slice(from, from + width * height * 3);
    from += rgb.length;
    for (let i = width * 3; i < rgb.length; i++) {
      rgb[i] = (rgb[i] as number) + (rgb[i - width * 3] as number);
    }
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    rgb.forEach((byte, i) => {
      data[Math.floor(i / 3) * 4 + (i % 3)] = byte;
    });
    return { width, height, data };
  });
}
