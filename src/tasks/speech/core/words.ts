import { count, figure, list } from '../../../core/format.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { Segment } from './segments.ts';
import { frameDuration, realTimeFactor, type SpeechTask } from './task.ts';

/** More places than these are not read. */
const MAX_SPANS = 4;

const spanText = ({ start, end }: Segment) => `${start.toFixed(1)} to ${end.toFixed(1)}`;

/** "Hears speech from 0.8 to 3.7 and 4.9 to 8.1 s." */
export function heardText(segments: readonly Segment[]): string {
  if (segments.length === 0) return 'Hears no speech.';
  const spans = segments.slice(0, MAX_SPANS).map(spanText);
  const more = segments.length - spans.length;
  const rest = more > 0 ? `, and at ${more} more ${more === 1 ? 'place' : 'places'}` : '';
  return `Hears speech from ${list(spans)} s${rest}.`;
}

/** How often a lane and the reference take different sides. */
export function differingText(frames: number, of: number, reference: string): string {
  if (frames === 0) return `All ${count(of)} frames agree with ${reference}.`;
  return `${count(frames)} of ${count(of)} frames disagree with ${reference}.`;
}

/** How a lane does against the deadline that a microphone sets; `perFrame` is its median. */
export function paceText(task: SpeechTask, perFrame: Milliseconds): string {
  const factor = realTimeFactor(task, perFrame);
  const each = Number(frameDuration(task).toPrecision(3));
  const takes = `Takes ${figure(perFrame)} ms for ${each} ms of sound`;
  return factor <= 1
    ? `${takes}: ${figure(1 / factor)} times as fast as real time.`
    : `${takes}: too slow for a microphone.`;
}
