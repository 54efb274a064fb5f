import { list } from '../format.ts';
import type { Check, CheckId, SelfTest } from './selftest.ts';

/** What a failed check means for the figures of this device. */
export const MEANING: Readonly<Record<CheckId, string>> = {
  timer: 'No time measured in this browser can be trusted.',
  'null-race':
    'Small differences between lanes are called significant too often: believe only those much larger than a model shows against itself.',
  'known-cost':
    'Times do not scale with the work: they include something other than the model, or the device changes its speed with the load.',
  overhead:
    'Latencies include some of the harness’s own time: ratios between lanes come out too close to 1.',
};

const NAMES: Readonly<Record<CheckId, string>> = {
  timer: 'its clock',
  'null-race': 'a model against itself',
  'known-cost': 'twice the work',
  overhead: 'the harness against the baseline loop',
};

const names = (checks: readonly Check[]) => list(checks.map(({ id }) => NAMES[id]));

/** How far ratios of a model to itself lay from 1, in per cent; null where that was not found. */
export function reproducibility({ checks }: SelfTest): number | null {
  const figures = checks.find(({ id }) => id === 'null-race')?.figures ?? [];
  return figures.find(({ unit }) => unit === '%')?.value ?? null;
}

/** The whole test in a sentence: what it says about figures measured on this device. */
export function selfTestSentence({ checks }: SelfTest): string {
  const failed = checks.filter(({ passed }) => passed === false);
  const open = checks.filter(({ passed }) => passed === null);
  const passed = checks.length - failed.length - open.length;
  const [first] = failed;
  if (first) {
    const means = failed.map(({ id }) => MEANING[id]).join(' ');
    return `The instrument fails ${failed.length} of ${checks.length} checks on this device: ${names(failed)}. ${means}`;
  }
  if (open.length > 0) {
    return `The instrument passes ${passed} of ${checks.length} checks on this device; this device is too noisy to judge ${names(open)}.`;
  }
  return `The instrument passes ${passed} of ${checks.length} checks on this device: its figures can be trusted here.`;
}
