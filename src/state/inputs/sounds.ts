/** Choosing what a race of speech runs on. */
import type { Model } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import type { Segment } from '../../core/tasks/speech/segments.ts';
import { heardSound, MOST_SECONDS } from '../../core/tasks/speech/sound.ts';
import { decodeSound } from '../../engine/sounds.ts';
import { bench, type SoundInput } from '../bench.ts';
import { fetchFile } from '../downloads.ts';
import { taskOf } from './taskInputs.ts';

/** Sound with what is known of it. */
interface Source {
  readonly file: Blob;
  readonly name: string;
  readonly speech: readonly Segment[] | null;
}

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
    const { file, name, speech } = await source();
    const { sampleRate } = task;
    // A second more than is heard, so that it shows that something was left out.
    const samples = await decodeSound(file, name, { sampleRate, seconds: MOST_SECONDS + 1 });
    const sound = heardSound(task, samples, speech, name);
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
    file: await fetchFile(clip, new AbortController().signal),
    name: clip.title,
    speech: clip.speech,
  }));
}

/** Takes a sound file of the user's; what is no sound is refused in `refusal`. */
export async function takeSound(model: Model, file: File): Promise<void> {
  const { name } = file;
  await show(model, { kind: 'own', name }, async () => ({ file, name, speech: null }));
}
