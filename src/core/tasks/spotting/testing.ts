/** Stand-ins for tests. */
import type { Picture } from './prepare.ts';
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
