import type { Model } from '../../../core/models/model.ts';
import { readWav } from '../../../core/sound/wav.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { openMicrophone } from '../../../engine/media/microphone.ts';
import { fetchFile } from '../../../state/files/downloads.ts';
import type { LiveKind, LiveSource } from '../../../state/live/source.ts';
import { speechModel } from '../core/kind.ts';
import { LiveSound, speechAnswers } from '../core/live.ts';
import { frameDuration, type SpeechClip, type SpeechTask } from '../core/task.ts';

const clock = () => performance.now();

/** Waits for a moment of the page's clock. @throws the signal's reason */
function until(moment: Milliseconds, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, moment - clock());
    signal.addEventListener('abort', stop, { once: true });
  });
}

async function openMicrophoneFor(task: SpeechTask, signal: AbortSignal): Promise<LiveSource> {
  const microphone = await openMicrophone();
  try {
    signal.throwIfAborted();
    const { label, sampleRate } = microphone;
    const sound = new LiveSound(task, { sampleRate, clock });
    const frameSamples = (task.frame * sampleRate) / task.sampleRate;
    let lost = 0;
    let silent = true;
    return {
      label,
      interval: frameDuration(task),
      next: async () => {
        // What came before anybody asked is not live.
        if (silent) await microphone.next(signal);
        silent = false;
        for (;;) {
          const frame = sound.take();
          if (frame) return frame;
          sound.push(await microphone.next(signal), clock());
          const frames = Math.floor((microphone.lost - lost) / frameSamples);
          sound.drop(frames);
          lost += frames * frameSamples;
        }
      },
      restart: () => {
        sound.restart();
        silent = true;
        lost = microphone.lost;
      },
      close: () => microphone.close(),
    };
  } catch (thrown) {
    microphone.close();
    throw thrown;
  }
}

/** Whether somebody speaks in the middle of a frame of a clip. */
const speechIn =
  ({ speech }: SpeechClip, task: SpeechTask) =>
  (frame: number): boolean => {
    const middle = ((frame + 0.5) * task.frame) / task.sampleRate;
    return speech.some(({ start, end }) => middle >= start && middle < end);
  };

async function openClip(
  task: SpeechTask,
  clip: SpeechClip,
  signal: AbortSignal,
): Promise<LiveSource> {
  const file = await fetchFile(clip, signal);
  const { samples, sampleRate } = readWav(new Uint8Array(await file.arrayBuffer()));
  const sound = new LiveSound(task, { sampleRate, clock, speech: speechIn(clip, task) });
  /** When the clip's first sample played, or would have without pauses. */
  let began: number | null = null;
  let given = 0;
  return {
    label: `the clip “${clip.title}”`,
    interval: frameDuration(task),
    next: async () => {
      began ??= clock() - (1000 * given) / sampleRate;
      for (;;) {
        const frame = sound.take();
        if (frame) return frame;
        if (given === samples.length) return null;
        const piece = Math.ceil((task.frame * sampleRate) / task.sampleRate);
        const end = Math.min(samples.length, given + piece);
        const due = began + (1000 * end) / sampleRate;
        await until(due, signal);
        // A timer that came late has more sound to give than one piece.
        const upTo = Math.floor(((clock() - began) * sampleRate) / 1000);
        const to = Math.min(samples.length, Math.max(end, upTo));
        sound.push(samples.subarray(given, to), began + (1000 * to) / sampleRate);
        given = to;
      }
    },
    restart: () => {
      // It goes on where it was, and is numbered on: only its lanes forget.
      sound.restart();
      began = null;
    },
    close: () => {},
  };
}

const clipsOf = (model: Model) => speechModel(model).clips ?? [];

/** What listens: to a microphone, or to a clip at the pace of real time. */
export const soundLive: LiveKind = {
  answers: speechAnswers,
  deadline: (model) => frameDuration(speechModel(model).task),
  sources: (model) => [
    { from: { kind: 'microphone' }, title: 'Microphone' },
    ...clipsOf(model).map(({ id, title }) => ({
      from: { kind: 'clip', id } as const,
      title: `Clip: ${title}`,
    })),
  ],
  open: async ({ model, from, signal }) => {
    const task = speechModel(model).task;
    const clip = from.kind === 'clip' ? clipsOf(model).find(({ id }) => id === from.id) : undefined;
    return clip ? openClip(task, clip, signal) : openMicrophoneFor(task, signal);
  },
};
