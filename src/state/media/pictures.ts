/** Pictures to run on, for every kind of task that looks at one: samples, the user's own, the camera's. */
import type { Model } from '../../core/models/model.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { PictureSample } from '../../core/pictures/sample.ts';
import { errorFacts } from '../../core/race/events.ts';
import { decodePicture } from '../../engine/media/pictures.ts';
import { type BenchState, bench, type PictureInput } from '../bench/bench.ts';
import { selectedModel } from '../bench/selectors.ts';
import type { TaskInputs } from '../bench/taskInputs.ts';
import { fetchFile } from '../files/downloads.ts';

const NOTHING: PictureInput = { from: { kind: 'sample', index: 0 }, picture: null };

/** What is chosen for a model. */
export const pictureInput = ({ pictures }: BenchState, { id }: Model): PictureInput =>
  pictures[id] ?? NOTHING;

/** @throws RangeError while there is none */
export function chosenPicture(state: BenchState, model: Model): Picture {
  const { picture } = pictureInput(state, model);
  if (!picture) throw new RangeError('There is no picture to race on yet.');
  return picture;
}

const NO_SAMPLES: readonly PictureSample[] = [];

/** A model's samples; none until they are known. */
export const pictureSamples = (
  { pictureSamples: known }: BenchState,
  { id }: Model,
): readonly PictureSample[] => known[id] ?? NO_SAMPLES;

/** @throws Fault as downloads do, and FileFormatError for what is no picture */
export const samplePicture = async (sample: PictureSample, signal: AbortSignal): Promise<Picture> =>
  decodePicture(await fetchFile(sample, signal), sample.title);

function setInput({ id }: Model, input: PictureInput): void {
  bench.setState(({ pictures }) => ({ pictures: { ...pictures, [id]: input } }));
}

/** Shows a picture, or says why it cannot; of two asked for in a row only the last is shown. */
async function show(
  model: Model,
  from: PictureInput['from'],
  picture: () => Promise<Picture>,
): Promise<boolean> {
  setInput(model, { from, picture: null });
  bench.setState({ refusal: null });
  const isLast = () => pictureInput(bench.getState(), model).from === from;
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
    const sample = pictureSamples(bench.getState(), model)[index];
    if (!sample) throw new RangeError(`${model.title} has no sample ${index + 1}.`);
    return samplePicture(sample, new AbortController().signal);
  });
}

/** Takes the user's own picture; what is no picture is refused in `refusal`. */
export async function takePicture(model: Model, file: File): Promise<void> {
  const before = pictureInput(bench.getState(), model);
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
  bench.setState(({ pictureSamples: known }) => ({
    pictureSamples: { ...known, [model.id]: samples },
  }));
  if (!pictureInput(bench.getState(), model).picture) await chooseSample(model, 0);
}

function says(model: Model, state: BenchState): string {
  const { from } = pictureInput(state, model);
  if (from.kind === 'own') return 'a picture of one’s own';
  if (from.kind === 'camera') return 'a picture from the camera';
  return `sample: ${pictureSamples(state, model)[from.index]?.title ?? from.index + 1}`;
}

/** What is the same for all tasks that look at a picture. */
export const pictureInputs = {
  dropped: {
    says: 'Drop a picture to see what the lanes see in it, or .onnx files to race them',
    take: takePicture,
  },
  ready: (state) => {
    const model = selectedModel(state);
    return model !== null && pictureInput(state, model).picture !== null;
  },
  says,
} satisfies Partial<TaskInputs>;
