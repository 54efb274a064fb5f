/** Which sound is chosen. */
import { createStore } from 'zustand/vanilla';
import type { Model } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import { resample } from '../../../core/sound/resample.ts';
import type { Sound } from '../../../core/sound/wav.ts';
import type { Seconds } from '../../../core/units.ts';
import { decodeSound } from '../../../engine/media/sounds.ts';
import { bench } from '../../../state/bench/bench.ts';
import { fetchFile } from '../../../state/files/downloads.ts';
import { speechModel } from '../core/kind.ts';
import type { Segment } from '../core/segments.ts';
import { type HeardSound, heardSound, MAX_SECONDS } from '../core/sound.ts';

/** What a race of speech runs on. */
export interface SoundInput {
  readonly from:
    | { readonly kind: 'clip'; readonly index: number }
    | { readonly kind: 'own'; readonly name: string }
    | { readonly kind: 'recorded' };
  /** null until it was fetched and decoded. */
  readonly sound: HeardSound | null;
}

export interface SoundsState {
  readonly input: SoundInput;
  /** How much the microphone has recorded; null while it is shut. */
  readonly recording: Seconds | null;
  /** What the latest race ran on, to be drawn beside its answers. */
  readonly raced: HeardSound | null;
}

export const sounds = createStore<SoundsState>(() => ({
  input: { from: { kind: 'clip', index: 0 }, sound: null },
  recording: null,
  raced: null,
}));

/** Sound with what is known of it. */
interface Source {
  /** As the user knows it. */
  readonly name: string;
  readonly sound: Blob | Sound;
  readonly speech: readonly Segment[] | null;
}

/** A second more than is heard, so that it shows that something was left out. */
const ENOUGH: Seconds = MAX_SECONDS + 1;

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
  const { task } = speechModel(model);
  const before = sounds.getState().input;
  sounds.setState({ input: { from, sound: null } });
  bench.setState({ refusal: null });
  const isLast = () => sounds.getState().input.from === from;
  try {
    const found = await source();
    const samples = await samplesOf(found, task.sampleRate);
    const sound = heardSound(task, samples, found.speech, found.name);
    if (isLast()) sounds.setState({ input: { from, sound } });
  } catch (thrown) {
    if (!isLast()) return;
    bench.setState({ refusal: errorFacts(thrown) });
    sounds.setState({ input: before });
  }
}

/** Shows a clip that ships with the model. */
export async function chooseClip(model: Model, index: number): Promise<void> {
  const clip = speechModel(model).clips?.[index];
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
