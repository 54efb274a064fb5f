import { captureFault } from '../../core/capture/faults.ts';
import { SampleQueue } from '../../core/capture/sampleQueue.ts';
import { toError } from '../../core/errors.ts';
import recorderUrl from './recorder.worklet.ts?worker&url';
import { arrival, type CaptureSource, openSource } from './source.ts';

/** An open microphone; it listens until `close`. */
export interface Microphone {
  /** The device's own name. */
  readonly label: string;
  /** Samples per second, as the browser's audio really runs. */
  readonly sampleRate: number;
  /** Samples dropped since it was opened, because nobody asked for more than 10 s. */
  readonly lost: number;
  /**
   * All mono samples since the last call, about -1..1; waits for a block (512 samples) where there
   * are none. Nothing is lost between calls up to 10 s; beyond, the oldest are, and count as `lost`.
   * @throws the signal's reason; Fault CaptureError when the microphone was taken away or stays silent
   */
  next(signal: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
  close(): void;
}

/** Samples that wait for whoever asks next, at most. */
const HELD_SECONDS = 10;

/**
 * As the microphone hears it: what browsers do for calls (echoes, noise and loudness) changes the
 * samples in ways of their own, so that no two devices would feed a network alike.
 */
const UNPROCESSED: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  channelCount: { ideal: 1 },
};

/** From the stream to the worklet, and on to the speakers, which pull it and are given silence. */
async function recorderOf(
  context: AudioContext,
  { stream }: CaptureSource,
): Promise<AudioWorkletNode> {
  await context.audioWorklet.addModule(recorderUrl);
  const recorder = new AudioWorkletNode(context, 'recorder', {
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  context.createMediaStreamSource(stream).connect(recorder).connect(context.destination);
  // Browsers let a page that listens play, too; one that waits for a click goes on with it.
  context.resume().catch(() => {});
  return recorder;
}

/**
 * Opens the microphone; the browser asks the user.
 * @throws Fault CaptureError
 */
export async function openMicrophone(): Promise<Microphone> {
  const source = await openSource('microphone', UNPROCESSED);
  const context = new AudioContext();
  source.ended.addEventListener('abort', () => void context.close());
  const recorder = await recorderOf(context, source).catch((thrown) => {
    source.close();
    throw captureFault('microphone', 'failed', toError(thrown).message);
  });
  const died = () => source.end(captureFault('microphone', 'failed', 'its recorder broke down'));
  recorder.addEventListener('processorerror', died);
  const queue = new SampleQueue(HELD_SECONDS * context.sampleRate);
  const { port } = recorder;
  port.addEventListener('message', ({ data }: MessageEvent<Float32Array>) => queue.push(data));
  port.start();
  return {
    label: source.track.label,
    sampleRate: context.sampleRate,
    get lost() {
      return queue.lost;
    },
    next: async (signal) => {
      signal.throwIfAborted();
      if (queue.held === 0) {
        await arrival<void>(source, signal, (give) => {
          const came = () => give();
          // Listens after the queue, and so hears of a block that is in it.
          port.addEventListener('message', came);
          return () => port.removeEventListener('message', came);
        });
      }
      return queue.take();
    },
    close: () => source.close(),
  };
}
