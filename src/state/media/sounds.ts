/** Choosing what a race of speech runs on. */
import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import { resample } from '../../core/sound/resample.ts';
import type { Sound } from '../../core/sound/wav.ts';
import type { Seconds } from '../../core/units.ts';
import { decodeSound } from '../../engine/media/sounds.ts';
import type { Segment } from '../../tasks/speech/core/segments.ts';
import { heardSound, MOST_SECONDS } from '../../tasks/speech/core/sound.ts';
import { bench, type SoundInput } from '../bench/bench.ts';
import { taskOf } from '../bench/taskInputs.ts';
import { fetchFile } from '../files/downloads.ts';

/** Sound with what is known of it. */
interface Source {
  /** As the user knows it. */
  readonly name: string;
  readonly sound: Blob | Sound;
  readonly speech: readonly Segment[] | null;
}

/** A second more than is heard, so that it shows that something was left out. */
const ENOUGH: Seconds = MOST_SECONDS + 1;

const samplesOf = ({ name, sound }: Source, sampleRate: number) =>
  sound instanceof Blob
    ? decodeSound(sound, name, { sampleRate, seconds: ENOUGH })
    : resample(sound.samples, sound.sampleRate, sampleRate);

/** Of two asked for in a row only the last is shown; what is no sound leaves what was there. */
async function show(
  model: Model,
  from: SoundInput['from'],
  source: () => Promise<Source>,
): Promise<void> {
  const task = taskOf(model, 'speech');
  const before = bench.getState().sound;
  bench.setState({ sound: { from, sound: null }, refusal: null });
  const isLast = () => bench.getState().sound.from === from;
  try {
    const found = await source();
    const samples = await samplesOf(found, task.sampleRate);
    const sound = heardSound(task, samples, found.speech, found.name);
    if (isLast()) bench.setState({ sound: { from, sound } });
  } catch (thrown) {
    if (isLast()) bench.setState({ refusal: errorFacts(thrown), sound: before });
  }
}

/** Shows a clip that ships with the model. */
export async function chooseClip(model: Model, index: number): Promise<void> {
  const clip = model.clips?.[index];
  if (!clip) return;
  await show(model, { kind: 'clip', index }, async () => ({
    name: clip.title,
    sound: await fetchFile(clip, new AbortController().signal),
    speech: clip.speech,
  }));
}

/** Takes a sound file of the user's; what is no sound is refused in `refusal`. */
export async function takeSound(model: Model, file: File): Promise<void> {
  const { name } = file;
  await show(model, { kind: 'own', name }, async () => ({ name, sound: file, speech: null }));
}

/** Takes what the microphone recorded. */
export async function takeRecording(model: Model, sound: Sound): Promise<void> {
  const name = 'Your recording';
  await show(model, { kind: 'recorded' }, async () => ({ name, sound, speech: null }));
}
