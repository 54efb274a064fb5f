import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import { readLabels } from '../../core/tasks/photos/decode.ts';
import { photoFeeds } from '../../core/tasks/photos/preprocess.ts';
import type { Picture } from '../../core/tasks/picture.ts';
import { decodePicture } from '../../engine/pictures.ts';
import { bench, type PhotoInput } from '../bench.ts';
import { fetchFile, fetchJson } from '../downloads.ts';
import { type RaceInputs, type TaskInputs, taskOf } from './taskInputs.ts';

/** A class that nobody named: a race counts no accuracy for it. */
const UNKNOWN = -1;

const samplesOf = ({ photos }: Model) => photos?.photos ?? [];

async function samplePicture(model: Model, index: number, signal: AbortSignal): Promise<Picture> {
  const sample = samplesOf(model)[index];
  if (!sample) throw new RangeError(`${model.title} has no sample ${index + 1}.`);
  const file = `${model.photos?.folder}/${sample.file}`;
  return decodePicture(await fetchFile({ ...sample, file }, signal), sample.title);
}

/** Shows a sample, or says why it cannot; of two asked for in a row only the last is shown. */
export async function choosePhoto(model: Model, index: number): Promise<void> {
  const from: PhotoInput['from'] = { kind: 'sample', index };
  bench.setState({ photo: { from, picture: null }, refusal: null });
  await show(from, () => samplePicture(model, index, new AbortController().signal));
}

/** Takes the user's own picture; what is no picture is refused in `refusal`. */
export async function takePhoto(file: File): Promise<void> {
  const from: PhotoInput['from'] = { kind: 'own', name: file.name };
  const before = bench.getState().photo;
  bench.setState({ photo: { from, picture: null }, refusal: null });
  if (!(await show(from, () => decodePicture(file, file.name)))) {
    bench.setState({ photo: before });
  }
}

async function show(from: PhotoInput['from'], picture: () => Promise<Picture>): Promise<boolean> {
  try {
    const found = await picture();
    if (bench.getState().photo.from === from) bench.setState({ photo: { from, picture: found } });
    return true;
  } catch (thrown) {
    bench.setState({ refusal: errorFacts(thrown) });
    return false;
  }
}

async function classNamesOf(model: Model, signal: AbortSignal): Promise<readonly string[]> {
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

/** The first sample and the names of the classes, once somebody wants to see this model. */
async function selected(model: Model): Promise<void> {
  const { picture } = bench.getState().photo;
  if (!picture) void choosePhoto(model, 0);
  await needClassNames(model);
}

const one: TaskInputs['one'] = (model, { photo: { picture } }) => {
  if (!picture) throw new RangeError('There is no photo to race on yet.');
  const feeds = photoFeeds(taskOf(model, 'photos'), [picture]);
  return () => feeds;
};

/** After the rounds every lane names all samples: agreement, and accuracy where the class is known. */
async function race(
  model: Model,
  state: ReturnType<typeof bench.getState>,
  signal: AbortSignal,
): Promise<RaceInputs> {
  const labels: { check?: Int16Array } = {};
  return {
    stop: state.stop,
    feeds: one(model, state),
    checks: async () => {
      const names = await classNamesOf(model, signal);
      const samples = samplesOf(model);
      labels.check = Int16Array.from(samples, ({ class: known }) =>
        known === null ? UNKNOWN : names.indexOf(known),
      );
      const pictures = await Promise.all(samples.map((_, i) => samplePicture(model, i, signal)));
      return photoFeeds(taskOf(model, 'photos'), pictures);
    },
    labels,
  };
}

/** A sample, or the user's own picture. */
export const photoInputs: TaskInputs = {
  ready: ({ photo }) => photo.picture !== null,
  selected,
  dropped: {
    says: 'Drop a picture to see what the lanes see in it, or .onnx files to race them',
    take: (_, file) => takePhoto(file),
  },
  one,
  race,
  says: (model, { photo: { from } }) =>
    from.kind === 'own'
      ? 'a picture of one’s own'
      : `sample: ${samplesOf(model)[from.index]?.title ?? from.index + 1}`,
};
