/** What looks or listens live: one entry for each kind of task. */
import type { Model } from '../../../core/models/model.ts';
import { cameraLive } from './camera.ts';
import type { LiveFrom } from './live.ts';
import { soundLive } from './sound.ts';
import type { LiveKind } from './source.ts';

/** A sentence where there is no live mode. */
const KINDS: Readonly<Record<string, LiveKind | string>> = {
  photos: cameraLive,
  spotting: cameraLive,
  speech: soundLive,
  digit: cameraLive,
  files:
    'A file does not change while you look: there is nothing to follow live. Run the race on it.',
  arithmetic:
    'A multiplication is asked once: there is nothing to follow live. Run the race on it.',
  generic:
    'Nobody knows what this model looks at or listens to, so neither a camera nor a microphone can feed it. Run the race on it.',
};

/** How a model is fed live, or why it cannot be, as a sentence. */
export const liveKind = ({ task }: Model): LiveKind | string => KINDS[task.kind] ?? '';

const same = (a: LiveFrom, b: LiveFrom) => JSON.stringify(a) === JSON.stringify(b);

/** The source that was picked, where the model has it; else its usual one; null without any. */
export function liveFrom(model: Model, picked: LiveFrom | null): LiveFrom | null {
  const kind = liveKind(model);
  if (typeof kind === 'string') return null;
  const sources = kind.sources(model);
  return (sources.find(({ from }) => picked && same(from, picked)) ?? sources[0])?.from ?? null;
}
