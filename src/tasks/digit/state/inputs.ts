import type { Model } from '../../../core/models/model.ts';
import type { BenchState } from '../../../state/bench/bench.ts';
import { type RaceInputs, type TaskInputs, taskOf } from '../../../state/bench/taskInputs.ts';
import { digitPack } from '../../../state/files/downloads.ts';
import { digitAt, digitFeeds, type LabelledDigits } from '../core/digit.ts';

/** As reports call the sweep's input. */
export const ALL_IMAGES = 'all labelled test images';

/** The chosen digit; of all labelled ones, the first. */
function image({ digit, preview }: BenchState): Uint8Array | null {
  if ('image' in digit) return digit.image;
  return preview && digitAt(preview, digit.kind === 'sample' ? digit.index : 0);
}

const one: TaskInputs['one'] = (model, state) => {
  const chosen = image(state);
  if (!chosen) throw new RangeError('There is no digit to race on yet.');
  return () => digitFeeds(taskOf(model, 'digit').input, chosen, 1);
};

async function race(model: Model, state: BenchState, signal: AbortSignal): Promise<RaceInputs> {
  const { samples } = model;
  const { digit, stop } = state;
  const asFeeds = ({ images, count }: LabelledDigits) =>
    digitFeeds(taskOf(model, 'digit').input, images, count);
  if (digit.kind === 'sweep' && samples) {
    const pack = await digitPack(samples, signal);
    const feeds = asFeeds(pack);
    return {
      stop: { kind: 'sweep' },
      feeds: () => feeds,
      checks: null,
      labels: { race: pack.labels },
    };
  }
  const labels: { check?: Uint8Array } = {};
  return {
    stop,
    feeds: one(model, state),
    checks: samples
      ? async () => {
          const pack = await digitPack(samples, signal);
          labels.check = pack.labels;
          return asFeeds(pack);
        }
      : null,
    labels,
  };
}

function says(_: Model, { digit }: BenchState): string {
  switch (digit.kind) {
    case 'sample':
      return `test image ${digit.index + 1}`;
    case 'drawn':
      return 'a drawing';
    case 'camera':
      return 'a digit before the camera';
    case 'sweep':
      return ALL_IMAGES;
    default:
      return digit satisfies never;
  }
}

/** A labelled sample, a drawing, a digit before the camera, or all labelled images. */
export const digitInputs: TaskInputs = {
  ready: (state) => image(state) !== null,
  one,
  race,
  sweeps: ({ digit }) => digit.kind === 'sweep',
  says,
};
