import { type Model, modelOfKind } from '../../../core/models/model.ts';
import type { BenchState } from '../../../state/bench/bench.ts';
import type { RaceInputs, TaskState } from '../../../state/bench/taskState.ts';
import { digitAt, digitFeeds, type LabelledDigits } from '../core/digit.ts';
import type { DigitFacts } from '../core/kind.ts';
import type { DigitTask } from '../core/task.ts';
import { chooseDigit, digits, labelledDigits, needPreview } from './digits.ts';

const taskOf = (model: Model) => modelOfKind<Model<DigitTask>>(model, 'digit').task;

/** The chosen digit; of all labelled ones, the first. */
function image(): Uint8Array | null {
  const { digit, preview } = digits.getState();
  if ('image' in digit) return digit.image;
  return preview && digitAt(preview, digit.kind === 'sample' ? digit.index : 0);
}

const one: TaskState['one'] = (model) => {
  const chosen = image();
  if (!chosen) throw new RangeError('There is no digit to race on yet.');
  return () => digitFeeds(taskOf(model).input, chosen, 1);
};

async function race(model: Model, state: BenchState, signal: AbortSignal): Promise<RaceInputs> {
  const asFeeds = ({ images, count }: LabelledDigits) =>
    digitFeeds(taskOf(model).input, images, count);
  if (digits.getState().digit.kind === 'sweep' && model.samples) {
    const pack = await labelledDigits(model, signal);
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
    stop: state.stop,
    feeds: one(model, state),
    checks: model.samples
      ? async () => {
          const pack = await labelledDigits(model, signal);
          labels.check = pack.labels;
          return asFeeds(pack);
        }
      : null,
    labels,
  };
}

function facts(): DigitFacts {
  const { digit } = digits.getState();
  return digit.kind === 'sample' ? digit : { kind: digit.kind };
}

/** Drawings and the camera's pictures are in no report, so the first sample stands in. */
function recall(_: Model, found: DigitFacts | null): void {
  if (found?.kind === 'sweep') chooseDigit({ kind: found.kind });
  else {
    const index = found?.kind === 'sample' ? found.index : 0;
    const { count = 0 } = digits.getState().preview ?? {};
    chooseDigit({ kind: 'sample', index: index < count ? index : 0 });
  }
}

/** A labelled sample, a drawing, a digit before the camera, or all labelled images. */
export default {
  subscribe: (listener) => digits.subscribe(listener),
  selected: needPreview,
  ready: () => image() !== null,
  one,
  race,
  sweeps: () => digits.getState().digit.kind === 'sweep',
  facts,
  recall,
  samples: async (model, signal) => {
    const { images, labels, count } = await labelledDigits(model, signal);
    return { feeds: digitFeeds(taskOf(model).input, images, count), labels };
  },
} satisfies TaskState<DigitFacts>;
