import * as v from 'valibot';
import { Fault, unreachable } from '../../errors.ts';
import type { ModelProto } from '../../onnx/onnx_pb.ts';
import type { OutputTensor } from '../../tensors/tensors.ts';
import type { Interval } from '../../units.ts';
import type { Context, Dial } from '../technique.ts';
import { entropyObserver, mseObserver, percentileObserver } from './clipping.ts';
import { withExtremes } from './extremes.ts';
import { MinMax, MovingAverage, type Observer } from './observers.ts';

/** How ranges of activations are found; the options of a technique that calibrates include these. */
export const CalibrationEntries = {
  method: v.optional(v.picklist(['minmax', 'average', 'percentile', 'entropy', 'mse']), 'minmax'),
  percentile: v.optional(v.pipe(v.number(), v.minValue(90), v.maxValue(100)), 99.999),
  averaging: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.01),
};

export const CalibrationSchema = v.object(CalibrationEntries);
export type CalibrationOptions = v.InferOutput<typeof CalibrationSchema>;

export const CalibrationDials: { readonly [Key in keyof CalibrationOptions]: Dial } = {
  method: {
    kind: 'choice',
    title: 'Range',
    sentence:
      'How much of each activation’s range the 256 codes cover. Everything seen is safe; clipping rare outliers gives finer steps to the rest, which helps where activations have long tails.',
    choices: [
      { value: 'minmax', title: 'Everything seen' },
      { value: 'average', title: 'Averaged extremes' },
      { value: 'percentile', title: 'Percentile' },
      { value: 'entropy', title: 'Least information lost (entropy)' },
      { value: 'mse', title: 'Least squared error' },
    ],
  },
  percentile: {
    kind: 'number',
    title: 'Percentile',
    sentence: 'For the percentile range: the share of values that are not clipped.',
    min: 90,
    max: 100,
    step: 0.001,
    unit: '%',
  },
  averaging: {
    kind: 'number',
    title: 'Weight of each input',
    sentence:
      'For averaged extremes: how far each input moves the range; 1 forgets all but the last input.',
    min: 0.01,
    max: 1,
    step: 0.01,
  },
};

type MakeObserver = (extent: Interval) => Observer;

/** How to clip a tensor of which the extremes are known; null for methods that look at extremes alone. */
function clippingBy({ method, percentile }: CalibrationOptions): MakeObserver | null {
  switch (method) {
    case 'minmax':
    case 'average':
      return null;
    case 'percentile':
      return (extent) => percentileObserver(extent, percentile);
    case 'entropy':
      return entropyObserver;
    case 'mse':
      return mseObserver;
    default:
      return unreachable(method);
  }
}

/** Runs a model on all inputs and shows how far it is. */
type Pass = (
  doing: string,
  model: ModelProto,
  tensors: readonly string[],
  take: (tensor: OutputTensor) => void,
) => Promise<void>;

/**
 * The range that the codes of each tensor should span, found on the inputs that the context's
 * runner holds. A tensor of which no finite number was seen is left out. Methods that clip run the
 * model twice: bins need a range beforehand, and activations of all inputs together may be larger
 * than memory.
 * @throws Fault CompressError without inputs to run on; as `Runner.observe`
 */
export async function calibrate(
  model: ModelProto,
  tensors: readonly string[],
  options: CalibrationOptions,
  { runner, progress }: Context,
): Promise<ReadonlyMap<string, Interval>> {
  if (!runner || runner.count === 0) {
    throw new Fault(
      'CompressError',
      'Static int8 needs inputs for calibrating the ranges of activations, and there are none.',
    );
  }
  const pass: Pass = async (doing, on, looked, take) => {
    let shown = -1;
    await runner.observe(on, looked, (tensor, input) => {
      take(tensor);
      if (input !== shown) progress(doing, input, runner.count);
      shown = input;
    });
    progress(doing, runner.count, runner.count);
  };
  const { method, averaging } = options;
  const extremes = new Map(
    tensors.map((name) => [
      name,
      method === 'average' ? new MovingAverage(averaging) : new MinMax(),
    ]),
  );
  const clipped = clippingBy(options);
  await seeExtremes(clipped ? 'Finding extremes' : 'Calibrating', model, extremes, pass);
  const seen = rangesOf(extremes);
  if (!clipped) return seen;
  const observers = new Map([...seen].map(([name, extent]) => [name, clipped(extent)]));
  await seeWhole('Calibrating', model, observers, pass);
  return rangesOf(observers);
}

function rangesOf(observers: ReadonlyMap<string, Observer>): Map<string, Interval> {
  const ranges = new Map<string, Interval>();
  for (const [name, observer] of observers) {
    const range = observer.range();
    if (range) ranges.set(name, range);
  }
  return ranges;
}

async function seeWhole(
  doing: string,
  model: ModelProto,
  observers: ReadonlyMap<string, Observer>,
  pass: Pass,
): Promise<void> {
  if (observers.size === 0) return;
  await pass(doing, model, [...observers.keys()], ({ name, data }) =>
    observers.get(name)?.add(data),
  );
}

/**
 * Lets the model find its own extremes, each input's. Tensors whose extremes are not finite are
 * looked at number by number: what a reduction makes of NaN is anybody's guess.
 */
async function seeExtremes(
  doing: string,
  model: ModelProto,
  observers: ReadonlyMap<string, Observer>,
  pass: Pass,
): Promise<void> {
  const { model: reducing, extremes } = withExtremes(model, [...observers.keys()]);
  const seen = new Map<string, number[]>();
  await pass(
    doing,
    reducing,
    [...extremes.values()].flatMap(({ low, high }) => [low, high]),
    ({ name, data }) => {
      const numbers = seen.get(name);
      if (numbers) numbers.push(data[0] as number);
      else seen.set(name, [data[0] as number]);
    },
  );
  const odd = new Map<string, Observer>();
  for (const [name, observer] of observers) {
    const { low, high } = extremes.get(name) as { low: string; high: string };
    const lows = seen.get(low) ?? [];
    const highs = seen.get(high) ?? [];
    if (![...lows, ...highs].every(Number.isFinite)) odd.set(name, observer);
    else for (const [i, least] of lows.entries()) observer.add([least, highs[i] as number]);
  }
  await seeWhole(doing, model, odd, pass);
}
