import { createStore } from 'zustand/vanilla';
import type { Model } from '../../../core/models/model.ts';
import type { PictureFacts } from '../../../core/pictures/input.ts';
import { errorFacts } from '../../../core/race/events.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { type BenchState, bench } from '../../../state/bench/bench.ts';
import type { RaceInputs, TaskState } from '../../../state/bench/taskState.ts';
import { fetchJson } from '../../../state/files/downloads.ts';
import {
  chosenPicture,
  offerSamples,
  pictureFacts,
  pictureState,
  pictures,
  recallPicture,
  samplePicture,
} from '../../../state/media/pictures.ts';
import { readLabels } from '../core/decode.ts';
import { photosModel, photosOf } from '../core/kind.ts';
import { photoFeeds } from '../core/preprocess.ts';

/** Names of models' classes, by the model's id. */
export const classNames = createStore<Readonly<Record<string, readonly string[]>>>(() => ({}));

/** A class that nobody named: a race counts no accuracy for it. */
const UNKNOWN = -1;

/** Names of a model's classes, in their order. @throws Fault as downloads do, ManifestError */
export async function classNamesOf(model: Model, signal: AbortSignal): Promise<readonly string[]> {
  const known = classNames.getState()[model.id];
  if (known) return known;
  const { labels, classes } = photosModel(model).task;
  const names = readLabels(await fetchJson(labels, signal), classes);
  classNames.setState({ [model.id]: names });
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

/** The first sample and the names of the classes, once somebody wants to see this model. */
async function selected(model: Model): Promise<void> {
  void offerSamples(model, photosOf(photosModel(model)));
  await needClassNames(model);
}

const one: TaskState['one'] = (model) => {
  const feeds = photoFeeds(photosModel(model).task, [chosenPicture(model)]);
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
      labels.check = Int16Array.from(photosOf(photosModel(model)), ({ class: known }) =>
        known === null ? UNKNOWN : names.indexOf(known),
      );
      return sampleFeeds(model, signal);
    },
    labels,
  };
}

/** All samples, in the order of the manifest. @throws Fault as downloads do */
async function sampleFeeds(model: Model, signal: AbortSignal): Promise<FeedSet> {
  // A proof names the classes whose answers changed.
  const [pictures] = await Promise.all([
    Promise.all(photosOf(photosModel(model)).map((sample) => samplePicture(sample, signal))),
    classNamesOf(model, signal),
  ]);
  return photoFeeds(photosModel(model).task, pictures);
}

/** A sample, or the user's own picture. */
export default {
  ...pictureState,
  subscribe: (listener) => {
    const stops = [pictures.subscribe(listener), classNames.subscribe(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  },
  selected,
  one,
  race,
  facts: pictureFacts,
  recall: recallPicture,
  classNames: ({ id }) => classNames.getState()[id] ?? null,
  samples: async (model, signal) => ({ feeds: await sampleFeeds(model, signal), labels: null }),
} satisfies TaskState<PictureFacts>;
