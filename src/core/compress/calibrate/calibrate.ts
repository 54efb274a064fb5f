import * as v from 'valibot';
import { Fault, unreachable } from '../../errors.ts';
import type { ModelProto } from '../../onnx/onnx_pb.ts';
import type { Interval } from '../../units.ts';
import type { Context, Dial } from '../technique.ts';
import { entropyObserver, mseObserver, percentileObserver } from './clipping.ts';
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
  let shown = -1;
  await runner.observe(model, tensors, ({ name, data }, input) => {
    observers.get(name)?.add(data);
    if (input !== shown) progress('Calibrating', input, runner.count);
    shown = input;
  });
  progress('Calibrating', runner.count, runner.count);
  const ranges = new Map<string, Interval>();
  for (const [name, observer] of observers) {
    const range = observer.range();
    if (range) ranges.set(name, range);
  }
  return ranges;
}
