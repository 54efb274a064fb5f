/** Pictures of paper for tests: what a camera would see of a digit under uneven light. */

import type { Picture } from '../../../../core/pictures/picture.ts';
import { type Random, seededRandom } from '../../../../core/tensors/random.ts';
import { DIGIT_SIDE } from '../digit.ts';

const [WIDTH, HEIGHT] = [640, 480];
/** Pixels of the picture across MNIST's 28. */
const EXTENT = 320;
const PAPER = 210;

/** How much ink there is at a place of the digit's square, both coordinates and the result 0..1. */
export type Ink = (x: number, y: number) => number;

interface Scene {
  /** What of the light is left in the darkest corner, 0..1. */
  readonly light?: number;
  /** What of the paper's light ink takes, 0..1. */
  readonly contrast?: number;
  /** Standard deviation of the sensor's noise, of 255. */
  readonly noise?: number;
  /** Pixels of dark table on the left. */
  readonly table?: number;
  readonly seed?: number;
}

/** One of MNIST's images, its pixels blended into each other and its edges sharp as a pen's. */
export function mnistInk(image: Uint8Array): Ink {
  const pixel = (x: number, y: number) =>
    x < 0 || y < 0 || x >= DIGIT_SIDE || y >= DIGIT_SIDE
      ? 0
      : (image[y * DIGIT_SIDE + x] as number) / 255;
  return (u, v) => {
    const [x, y] = [u * DIGIT_SIDE - 0.5, v * DIGIT_SIDE - 0.5];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [dx, dy] = [x - left, y - top];
    const upper = pixel(left, top) * (1 - dx) + pixel(left + 1, top) * dx;
    const lower = pixel(left, top + 1) * (1 - dx) + pixel(left + 1, top + 1) * dx;
    const value = upper * (1 - dy) + lower * dy;
    return Math.min(1, Math.max(0, (value - 0.35) / 0.3));
  };
}

type Point = readonly [number, number];

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - at * dx, y - ay - at * dy);
}

/** Lines of a pen of that width, all in shares of the digit's square. */
export const penInk =
  (lines: readonly (readonly Point[])[], width: number): Ink =>
  (x, y) =>
    lines.some((line) =>
      line.some((to, i) => i > 0 && distance([x, y], line[i - 1] as Point, to) < width / 2),
    )
      ? 1
      : 0;

/** Ten digits as one writes them, in shares of the digit's square. */
export const WRITTEN: readonly (readonly (readonly Point[])[])[] = [
  '.5 .2 .35 .3 .3 .5 .35 .7 .5 .8 .65 .7 .7 .5 .65 .3 .5 .2',
  '.42 .3 .52 .2 .52 .8',
  '.33 .33 .4 .22 .55 .2 .66 .3 .62 .45 .35 .78 .68 .78',
  '.35 .25 .5 .2 .63 .28 .62 .4 .48 .48 .64 .55 .66 .7 .52 .8 .34 .75',
  '.42 .2 .32 .55 .68 .55 / .6 .35 .58 .82',
  '.65 .2 .4 .2 .37 .45 .55 .43 .66 .55 .62 .72 .48 .8 .33 .74',
  '.6 .2 .42 .35 .35 .6 .42 .78 .57 .78 .64 .65 .55 .53 .38 .6',
  '.32 .22 .68 .22 .45 .8',
  '.5 .48 .37 .38 .4 .24 .55 .2 .64 .3 .5 .48 .36 .62 .4 .78 .55 .8 .65 .68 .5 .48',
  '.64 .35 .5 .48 .37 .4 .4 .25 .55 .2 .64 .35 .62 .6 .54 .8',
].map((lines) =>
  lines.split(' / ').map((line) => {
    const numbers = line.split(' ').map(Number);
    return numbers.flatMap((x, i): Point[] => (i % 2 === 0 ? [[x, numbers[i + 1] as number]] : []));
  }),
);

const noiseOf = (random: Random, sigma: number): number =>
  sigma * Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());

/** A photo of a paper with that ink in its middle. */
export function photoOf(
  ink: Ink,
  { light = 0.5, contrast = 0.7, noise = 6, table = 0, seed = 1 }: Scene = {},
): Picture {
  const random = seededRandom(seed);
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT).fill(255);
  const [left, top] = [(WIDTH - EXTENT) / 2, (HEIGHT - EXTENT) / 2];
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const lit = 1 - (1 - light) * ((x / WIDTH + y / HEIGHT) / 2);
    const inked = ink((x - left) / EXTENT, (y - top) / EXTENT);
    const reflected = x < table ? 0.2 : 1 - contrast * inked;
    const value = PAPER * lit * reflected + noiseOf(random, noise);
    data.fill(value, 4 * at, 4 * at + 3);
  }
  return { width: WIDTH, height: HEIGHT, data };
}
