/** A sound of the user's own from the microphone, for a race of speech. */
import type { Model } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import type { Sound } from '../../../core/sound/wav.ts';
import type { Seconds } from '../../../core/units.ts';
import { type Microphone, openMicrophone } from '../../../engine/media/microphone.ts';
import { bench } from '../../../state/bench/bench.ts';
import { Stoppable } from '../../../state/page/measurementLock.ts';
import { sounds, takeRecording } from './sounds.ts';

/** A recording ends by itself after so long. */
export const MAX_RECORDED: Seconds = 10;

const stoppable = new Stoppable();

/** Ends a recording; what was recorded until then is taken. */
export const stopRecording = stoppable.stop;

/** All that comes until the signal, or until it is long enough. */
async function listenTo(microphone: Microphone, signal: AbortSignal): Promise<Sound> {
  const { sampleRate } = microphone;
  const samples = new Float32Array(MAX_RECORDED * sampleRate);
  let filled = 0;
  try {
    while (filled < samples.length) {
      const piece = await microphone.next(signal);
      samples.set(piece.subarray(0, samples.length - filled), filled);
      filled = Math.min(samples.length, filled + piece.length);
      sounds.setState({ recording: filled / sampleRate });
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  return { samples: samples.subarray(0, filled), sampleRate };
}

/** Records until it is stopped, 10 s at most; why it could not is said in `refusal`. */
export async function recordSound(model: Model): Promise<void> {
  sounds.setState({ recording: 0 });
  bench.setState({ refusal: null });
  try {
    await stoppable.run('The microphone is recording.', async (signal) => {
      const microphone = await openMicrophone();
      const hearing = listenTo(microphone, signal);
      const sound = await hearing.finally(() => microphone.close());
      if (sound.samples.length > 0) await takeRecording(model, sound);
    });
  } catch (thrown) {
    bench.setState({ refusal: errorFacts(thrown) });
  } finally {
    sounds.setState({ recording: null });
  }
}
