import { type Model, modelOfKind } from '../../../core/models/model.ts';
import type { Picture, Size } from '../../../core/pictures/picture.ts';
import { joinedFeeds } from '../../../core/race/feeds.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { type BenchState, bench } from '../../../state/bench/bench.ts';
import type { RaceInputs, TaskState } from '../../../state/bench/taskState.ts';
import { fetchJson } from '../../../state/files/downloads.ts';
import {
  chosenPicture,
  offerSamples,
  pictureFacts,
  pictureInput,
  pictureState,
  pictures,
  recallPicture,
  samplePicture,
} from '../../../state/media/pictures.ts';
import { BoxCounter } from '../core/counter.ts';
import type { SpottingFacts } from '../core/kind.ts';
import { fittedSize, spottingFeeds } from '../core/prepare.ts';
import type { Quad } from '../core/rectangle.ts';
import { linesAt, readSpottingSamples, type SpottingSample } from '../core/samples.ts';
import { COSTED, type SpottingTask } from '../core/task.ts';

export const taskOf = (model: Model) => modelOfKind<Model<SpottingTask>>(model, 'spotting').task;

/** Under this name a chosen longest side stands among the sizes of a report. */
const LONGEST = 'longest side';
/** Some hundred milliseconds each: the usual time would not do for as many boxes as must be counted. */
const CHECK_MS: Milliseconds = 10_000;

const known = new Map<string, readonly SpottingSample[]>();

async function samplesOf(
  { id, title, samples }: Model,
  signal: AbortSignal,
): Promise<readonly SpottingSample[]> {
  const before = known.get(id);
  if (before) return before;
  if (!samples) throw new RangeError(`${title} has no samples.`);
  const found = readSpottingSamples(await fetchJson(samples, signal));
  known.set(id, found);
  return found;
}

/** The samples, once somebody wants to see this model. */
const selected = async (model: Model): Promise<void> =>
  offerSamples(model, await samplesOf(model, new AbortController().signal));

export const setLongest = (longest: number): void =>
  bench.setState({ dimensions: { [LONGEST]: longest } });

/** The pixels that the network runs on, of a picture. */
const runSize = (model: Model, picture: Size): Size => fittedSize(picture, taskOf(model));

/** With the longest side and the multiplications that the chosen picture comes to. */
export function spottingAsRun(
  model: Model,
  state: BenchState,
): Model & { readonly task: SpottingTask } {
  const task = taskOf(model);
  const sized = { ...model, task: { ...task, longest: state.dimensions[LONGEST] ?? task.longest } };
  const { picture } = pictureInput(pictures.getState(), model);
  if (!picture || model.macs === undefined) return sized;
  const { width, height } = runSize(sized, picture);
  // Convolutions have them all but a few thousandths, the same in each pixel.
  const macs = Math.round((model.macs * width * height) / (COSTED.width * COSTED.height));
  return { ...sized, macs };
}

/** The picture that a race ran on, by the model as it ran; never in a report. */
const raced = new WeakMap<Model, Picture>();

export const racedPicture = (model: Model): Picture | null => raced.get(model) ?? null;

const one: TaskState['one'] = (model) => {
  const feeds = spottingFeeds(taskOf(model), [chosenPicture(model)]);
  return () => feeds;
};

const linesOf = (model: Model, { lines }: SpottingSample, picture: Picture): Quad[] | null =>
  lines && linesAt(lines, picture, runSize(model, picture));

/** After the rounds every lane looks at all other samples: boxes in common, and known lines. */
async function race(model: Model, state: BenchState, signal: AbortSignal): Promise<RaceInputs> {
  const task = taskOf(model);
  const picture = chosenPicture(model);
  raced.set(model, picture);
  const { from } = pictureInput(pictures.getState(), model);
  const sample = from.kind === 'sample' ? known.get(model.id)?.[from.index] : undefined;
  const lines = {
    race: [sample ? linesOf(model, sample, picture) : null],
    check: [] as (Quad[] | null)[],
  };
  return {
    stop: state.stop,
    feeds: one(model, state),
    checks: async () => {
      const feeds = [];
      for (const other of await samplesOf(model, signal)) {
        if (other === sample) continue;
        // One after the other: each is some milliseconds of work for the page.
        const pixels = await samplePicture(other, signal);
        feeds.push(spottingFeeds(task, [pixels]));
        lines.check.push(linesOf(model, other, pixels));
      }
      return joinedFeeds(feeds);
    },
    labels: {},
    counter: new BoxCounter(task, lines),
    checkMs: CHECK_MS,
  };
}

/** The model as it runs: its longest side is the one that was chosen. */
function facts(model: Model): SpottingFacts | null {
  const { picture } = pictureInput(pictures.getState(), model);
  return picture && { picture: pictureFacts(model), ...runSize(model, picture) };
}

/** A sample, or the user's own picture, at the longest side that was chosen. */
export default {
  ...pictureState,
  selected,
  asRun: spottingAsRun,
  one,
  race,
  facts,
  // The longest side is among the sizes that a report keeps.
  recall: (model, found) => recallPicture(model, found?.picture ?? null),
} satisfies TaskState<SpottingFacts>;
