import type { Model } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { type BenchState, bench } from '../../../state/bench/bench.ts';
import { type RaceInputs, type TaskInputs, taskOf } from '../../../state/bench/taskInputs.ts';
import { fetchJson } from '../../../state/files/downloads.ts';
import {
  chosenPicture,
  offerSamples,
  pictureInputs,
  samplePicture,
} from '../../../state/media/pictures.ts';
import { readLabels } from '../core/decode.ts';
import { photoFeeds } from '../core/preprocess.ts';

/** A class that nobody named: a race counts no accuracy for it. */
const UNKNOWN = -1;

/** Names of a model's classes, in their order. @throws Fault as downloads do, ManifestError */
export async function classNamesOf(model: Model, signal: AbortSignal): Promise<readonly string[]> {
  const known = bench.getState().classNames[model.id];
  if (known) return known;
  const { labels, classes } = taskOf(model, 'photos');
  const names = readLabels(await fetchJson(labels, signal), classes);
  bench.setState(({ classNames }) => ({ classNames: { ...classNames, [model.id]: names } }));
  return names;
}

/** Fetches the names of a model's classes for those who show its answers. */
export async function needClassNames(model: Model): Promise<void> {
  try {
    await classNamesOf(model, new AbortController().signal);
  } catch (thrown) {
    bench.setState({ refusal: errorFacts(thrown) });
  }
}

function samplesOf({ photos: listed }: Model) {
  const { folder, photos } = listed ?? { folder: '', photos: [] };
  return photos.map((photo) => ({ ...photo, file: `${folder}/${photo.file}` }));
}

/** The first sample and the names of the classes, once somebody wants to see this model. */
async function selected(model: Model): Promise<void> {
  void offerSamples(model, samplesOf(model));
  await needClassNames(model);
}

const one: TaskInputs['one'] = (model, state) => {
  const feeds = photoFeeds(taskOf(model, 'photos'), [chosenPicture(state, model)]);
  return () => feeds;
};

/** After the rounds every lane names all samples: agreement, and accuracy where the class is known. */
async function race(model: Model, state: BenchState, signal: AbortSignal): Promise<RaceInputs> {
  const labels: { check?: Int16Array } = {};
  return {
    stop: state.stop,
    feeds: one(model, state),
    checks: async () => {
      const names = await classNamesOf(model, signal);
      labels.check = Int16Array.from(samplesOf(model), ({ class: known }) =>
        known === null ? UNKNOWN : names.indexOf(known),
      );
      return photoSampleFeeds(model, signal);
    },
    labels,
  };
}

/** All samples, in the order of the manifest. @throws Fault as downloads do */
export async function photoSampleFeeds(model: Model, signal: AbortSignal): Promise<FeedSet> {
  // A proof names the classes whose answers changed.
  const [pictures] = await Promise.all([
    Promise.all(samplesOf(model).map((sample) => samplePicture(sample, signal))),
    classNamesOf(model, signal),
  ]);
  return photoFeeds(taskOf(model, 'photos'), pictures);
}

/** A sample, or the user's own picture. */
export const photoInputs: TaskInputs = { ...pictureInputs, selected, one, race };
