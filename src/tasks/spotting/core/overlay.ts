import type { Picture } from '../../../core/pictures/picture.ts';
import type { TextMap } from './decode.ts';
import type { Quad } from './rectangle.ts';

/** A colour as bytes of red, green and blue. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The map as a picture to lay over the one it is of: one colour, opaque where all is text. */
export function overlay({ width, height, data }: TextMap, [red, green, blue]: Colour): Picture {
  const out = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    out[i * 4] = red;
    out[i * 4 + 1] = green;
    out[i * 4 + 2] = blue;
    out[i * 4 + 3] = (data[i] as number) * 255;
  }
  return { width, height, data: out };
}

/** Corners as the `points` of an SVG polygon, to a tenth of a pixel. */
export const svgPoints = (quad: Quad): string =>
  quad.map(({ x, y }) => `${+x.toFixed(1)},${+y.toFixed(1)}`).join(' ');
