import { asTyped, count } from '../../../core/format.ts';
import type { SustainedSettings } from './record.ts';

const SECONDS = { least: 10, most: 1800 } as const;
const DEADLINE = { least: 0.01, most: 60_000 } as const;

/** Why a run cannot be as typed, as a sentence that says what can; null when it can. */
export function settingsFault({
  seconds,
  deadlineMs,
}: Pick<SustainedSettings, 'seconds' | 'deadlineMs'>): string | null {
  const within = (value: number, { least, most }: { least: number; most: number }) =>
    value >= least && value <= most;
  if (!within(seconds, SECONDS)) {
    return `A run cannot last ${spoken(seconds)} seconds: type ${SECONDS.least} to ${count(SECONDS.most)}.`;
  }
  if (!within(deadlineMs, DEADLINE)) {
    return `A deadline cannot be ${spoken(deadlineMs)} ms: type ${DEADLINE.least} to ${count(DEADLINE.most)}.`;
  }
  return null;
}

const spoken = (value: number) => (Number.isNaN(value) ? 'no number of' : asTyped(value));
