import * as v from 'valibot';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const PerChannel = v.strictTuple([v.number(), v.number(), v.number()]);

/** The schema of a `SpottingTask`, for manifests that came over the network. */
export const SpottingTaskSchema = v.object({
  kind: v.literal('spotting'),
  input: v.string(),
  output: v.string(),
  longest: size,
  multiple: size,
  channels: v.picklist(['rgb', 'bgr']),
  mean: PerChannel,
  std: v.strictTuple([positive, positive, positive]),
  threshold: share,
  boxThreshold: share,
  unclip: positive,
  shortest: positive,
  mostBoxes: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** A picture of any size to a map of the share of text in every pixel, and boxes around its lines. */
export interface SpottingTask {
  readonly kind: 'spotting';
  /** Takes float32 [1, 3, height, width]. */
  readonly input: string;
  /** Gives float32 [1, 1, height, width], 0..1. */
  readonly output: string;
  /** A picture's longer side is made this many pixels long, if it is longer. */
  readonly longest: number;
  /** Both sides are rounded to a multiple of this, which the network halves down to. */
  readonly multiple: number;
  /** The order of the input's three channels. */
  readonly channels: 'rgb' | 'bgr';
  /** Of the input's channels, in their order, where 255 is 1: taken away … */
  readonly mean: readonly [number, number, number];
  /** … and then divided by. */
  readonly std: readonly [number, number, number];
  /** A pixel of the map above this is text. */
  readonly threshold: number;
  /** A box is kept where the mean of the map inside it is at least this. */
  readonly boxThreshold: number;
  /** A box grows on all sides by this times its area over its perimeter. */
  readonly unclip: number;
  /** Regions less wide than this many pixels of the map make no box. */
  readonly shortest: number;
  /** Regions beyond this number are not looked at. */
  readonly mostBoxes: number;
}

/** The size at which the zoo's recipe counts multiplications, in pixels. */
export const COSTED = { width: 640, height: 480 } as const;
