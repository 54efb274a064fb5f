/** Stand-ins for tests, and the form of `fixtures/`, which zoo/spotting writes. */

import type { Picture } from '../../../core/pictures/picture.ts';
import type { TextMap } from './decode.ts';
import type { Quad } from './rectangle.ts';
import type { SpottingTask } from './task.ts';

/** As the zoo's manifest has it. */
export const TASK: SpottingTask = {
  kind: 'spotting',
  input: 'image',
  output: 'map',
  longest: 960,
  multiple: 32,
  channels: 'bgr',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  threshold: 0.3,
  boxThreshold: 0.6,
  unclip: 1.5,
  shortest: 3,
  mostBoxes: 1000,
};

/** A picture of one colour. */
export function blank(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number] = [255, 255, 255],
): Picture {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < data.length; i += 4) data.set([red, green, blue], i);
  return { width, height, data };
}

/** A map with 0.9 inside upright rectangles and 0.1 outside. */
export function drawn(
  width: number,
  height: number,
  ...areas: [number, number, number, number][]
): TextMap {
  const data = new Float32Array(width * height).fill(0.1);
  for (const [left, top, right, bottom] of areas) {
    for (let y = top; y < bottom; y++) data.fill(0.9, y * width + left, y * width + right);
  }
  return { width, height, data };
}

/** Row by row. */
interface Bytes {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: readonly number[];
}

type Boxes = readonly (readonly (readonly [x: number, y: number])[])[];

/** What the original makes of pictures and maps: `fixtures/original.json.gz`. */
export interface Original {
  readonly resized: readonly { longest: number; picture: Bytes; resized: Bytes }[];
  readonly tensor: { longest: number; picture: Bytes; dims: number[]; values: readonly number[] };
  readonly decoded: readonly {
    name: string;
    map: Bytes;
    picture: readonly [width: number, height: number];
    boxes: Boxes;
    scores: readonly number[];
  }[];
  readonly whole: readonly { name: string; picture: Bytes; map: Bytes; boxes: Boxes }[];
}

export function pictureFrom({ width, height, channels, data }: Bytes): Picture {
  const picture = blank(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      picture.data[i * 4 + c] = data[i * channels + (channels === 3 ? c : 0)] as number;
    }
  }
  return picture;
}

/** A map stored in 255ths. */
export const mapFrom = ({ width, height, data }: Bytes): TextMap => ({
  width,
  height,
  data: Float32Array.from(data, (code) => code / 255),
});

export const quadsOf = (boxes: Boxes): Quad[] =>
  boxes.map((box) => box.map(([x, y]) => ({ x, y })) as unknown as Quad);
