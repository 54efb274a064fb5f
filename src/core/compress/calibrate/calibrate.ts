import * as v from 'valibot';
import { Fault, unreachable } from '../../errors.ts';
import type { ModelProto } from '../../onnx/onnx_pb.ts';
import type { OutputTensor } from '../../race/tensors.ts';
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
      'How much of each activation the 256 codes span. Everything seen is safe; clipping rare outliers gives the rest finer steps, which helps where activations have long tails.',
    choices: [
      { value: 'minmax', title: 'Everything seen' },
      { value: 'average', title: 'Averaged extremes' },
      { value: 'percentile', title: 'Percentile' },
      { value: 'entropy', title: 'Least information lost' },
      { value: 'mse', title: 'Least squared error' },
    ],
  },
  percentile: {
    kind: 'number',
    title: 'Percentile kept',
    sentence: 'For the percentile range: the share of numbers that is not clipped.',
    min: 90,
    max: 100,
    step: 0.001,
    unit: '%',
  },
  averaging: {
    kind: 'number',
    title: 'Weight of each input',
    sentence:
      'For averaged extremes: how far each input moves the range; 1 forgets all inputs but the last.',
    min: 0.01,
    max: 1,
    step: 0.01,
  },
};

function observerFor({ method, percentile, averaging }: CalibrationOptions): Observer {
  switch (method) {
    case 'minmax':
      return new MinMax();
    case 'average':
      return new MovingAverage(averaging);
    case 'percentile':
      return percentileObserver(percentile);
    case 'entropy':
      return entropyObserver();
    case 'mse':
      return mseObserver();
    default:
      return unreachable(method);
  }
}

/**
 * The range that the codes of each tensor should span, found on the inputs that the context's
 * runner holds. A tensor of which no finite number was seen is left out.
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
      'Static int8 needs inputs to learn the ranges of activations from, and there are none.',
    );
  }
  const observers = new Map(tensors.map((name) => [name, observerFor(options)]));
  const pass = async (on: ModelProto, looked: readonly string[], take: Take) => {
    let shown = -1;
    await runner.observe(on, looked, (tensor, input) => {
      take(tensor);
      if (input !== shown) progress('Calibrating', input, runner.count);
      shown = input;
    });
    progress('Calibrating', runner.count, runner.count);
  };
  const whole = EXTREMES.has(options.method)
    ? await seenByExtremes(model, observers, pass)
    : tensors;
  if (whole.length > 0) {
    await pass(model, whole, ({ name, data }) => observers.get(name)?.add(data));
  }
  const ranges = new Map<string, Interval>();
  for (const [name, observer] of observers) {
    const range = observer.range();
    if (range) ranges.set(name, range);
  }
  return ranges;
}

type Take = (tensor: OutputTensor) => void;

/** Methods that look at nothing but the extremes of each input. */
const EXTREMES: ReadonlySet<CalibrationOptions['method']> = new Set(['minmax', 'average']);

/**
 * Lets the model find its own extremes.
 * @returns tensors whose extremes are not finite: their numbers must be looked at one by one, since
 *   what a reduction makes of NaN is anybody's guess
 */
async function seenByExtremes(
  model: ModelProto,
  observers: Map<string, Observer>,
  pass: (model: ModelProto, looked: readonly string[], take: Take) => Promise<void>,
): Promise<string[]> {
  const { model: reducing, extremes } = withExtremes(model, [...observers.keys()]);
  const seen = new Map<string, number[]>();
  await pass(
    reducing,
    [...extremes.values()].flatMap(({ low, high }) => [low, high]),
    ({ name, data }) => {
      const numbers = seen.get(name);
      if (numbers) numbers.push(data[0] as number);
      else seen.set(name, [data[0] as number]);
    },
  );
  const odd: string[] = [];
  for (const [name, { low, high }] of extremes) {
    const lows = seen.get(low) ?? [];
    const highs = seen.get(high) ?? [];
    if (![...lows, ...highs].every(Number.isFinite)) odd.push(name);
    else
      lows.forEach((least, i) => {
        observers.get(name)?.add([least, highs[i] as number]);
      });
  }
  return odd;
}
