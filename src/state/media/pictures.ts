/** Pictures to run on, for every kind of task that looks at one: samples, the user's own, the camera's. */
import { createStore } from 'zustand/vanilla';
import type { Model } from '../../core/models/model.ts';
import type { PictureFacts } from '../../core/pictures/input.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { PictureSample } from '../../core/pictures/sample.ts';
import { errorFacts } from '../../core/race/events.ts';
import { decodePicture } from '../../engine/media/pictures.ts';
import { bench } from '../bench/bench.ts';
import type { TaskState } from '../bench/taskState.ts';
import { fetchFile } from '../files/downloads.ts';

/** The picture that a race runs on. */
export interface PictureInput {
  readonly from:
    | { readonly kind: 'sample'; readonly index: number }
    | { readonly kind: 'own'; readonly name: string }
    | { readonly kind: 'camera' };
  /** null until it was fetched and decoded, or taken. */
  readonly picture: Picture | null;
}

export interface PicturesState {
  /** What was chosen for models that look at a picture, by the model's id. */
  readonly chosen: Readonly<Record<string, PictureInput>>;
  /** Pictures to try, by the model's id. */
  readonly samples: Readonly<Record<string, readonly PictureSample[]>>;
}

export const pictures = createStore<PicturesState>(() => ({ chosen: {}, samples: {} }));

const NOTHING: PictureInput = { from: { kind: 'sample', index: 0 }, picture: null };

/** What is chosen for a model. */
export const pictureInput = ({ chosen }: PicturesState, { id }: Model): PictureInput =>
  chosen[id] ?? NOTHING;

/** @throws RangeError while there is none */
export function chosenPicture(model: Model): Picture {
  const { picture } = pictureInput(pictures.getState(), model);
  if (!picture) throw new RangeError('There is no picture to race on yet.');
  return picture;
}

const NO_SAMPLES: readonly PictureSample[] = [];

/** A model's samples; none until they are known. */
export const pictureSamples = (
  { samples }: PicturesState,
  { id }: Model,
): readonly PictureSample[] => samples[id] ?? NO_SAMPLES;

/** @throws Fault as downloads do, and FileFormatError for what is no picture */
export const samplePicture = async (sample: PictureSample, signal: AbortSignal): Promise<Picture> =>
  decodePicture(await fetchFile(sample, signal), sample.title);

function setInput({ id }: Model, input: PictureInput): void {
  pictures.setState(({ chosen }) => ({ chosen: { ...chosen, [id]: input } }));
}

/** Shows a picture, or says why it cannot; of two asked for in a row only the last is shown. */
async function show(
  model: Model,
  from: PictureInput['from'],
  picture: () => Promise<Picture>,
): Promise<boolean> {
  setInput(model, { from, picture: null });
  bench.setState({ refusal: null });
  const isLast = () => pictureInput(pictures.getState(), model).from === from;
  try {
    const found = await picture();
    if (isLast()) setInput(model, { from, picture: found });
    return true;
  } catch (thrown) {
    bench.setState({ refusal: errorFacts(thrown) });
    return !isLast();
  }
}

export async function chooseSample(model: Model, index: number): Promise<void> {
  await show(model, { kind: 'sample', index }, async () => {
    const sample = pictureSamples(pictures.getState(), model)[index];
    if (!sample) throw new RangeError(`${model.title} has no sample ${index + 1}.`);
    return samplePicture(sample, new AbortController().signal);
  });
}

/** Takes the user's own picture; what is no picture is refused in `refusal`. */
export async function takePicture(model: Model, file: File): Promise<void> {
  const before = pictureInput(pictures.getState(), model);
  const from = { kind: 'own', name: file.name } as const;
  if (!(await show(model, from, () => decodePicture(file, file.name)))) setInput(model, before);
}

const FROM_CAMERA = { kind: 'camera' } as const;

/** Makes room for a picture of the camera, which is open where that room is shown. */
export function chooseCamera(model: Model): void {
  setInput(model, { from: FROM_CAMERA, picture: null });
  bench.setState({ refusal: null });
}

export const takeFrame = (model: Model, picture: Picture): void =>
  setInput(model, { from: FROM_CAMERA, picture });

/** Makes samples known, and shows the first where nothing else was chosen. */
export async function offerSamples(model: Model, samples: readonly PictureSample[]): Promise<void> {
  pictures.setState((known) => ({ samples: { ...known.samples, [model.id]: samples } }));
  if (!pictureInput(pictures.getState(), model).picture) await chooseSample(model, 0);
}

/** Which picture is chosen, as a report keeps it. */
export function pictureFacts(model: Model): PictureFacts {
  const { from } = pictureInput(pictures.getState(), model);
  if (from.kind !== 'sample') return { kind: from.kind };
  const sample = pictureSamples(pictures.getState(), model)[from.index];
  return { kind: 'sample', title: sample?.title ?? `${from.index + 1}` };
}

/** Chooses the sample of a report's race; the user's own pictures are in no report. */
export async function recallPicture(model: Model, facts: PictureFacts | null): Promise<void> {
  if (facts?.kind !== 'sample') return;
  const index = pictureSamples(pictures.getState(), model).findIndex(
    ({ title }) => title === facts.title,
  );
  if (index >= 0) await chooseSample(model, index);
}

/** What is the same for all tasks that look at a picture. */
export const pictureState = {
  subscribe: (listener) => pictures.subscribe(listener),
  dropped: {
    says: 'Drop a picture to see what the lanes find in it, or .onnx files to race them',
    take: takePicture,
  },
  ready: (model) => pictureInput(pictures.getState(), model).picture !== null,
} satisfies Partial<TaskState>;
