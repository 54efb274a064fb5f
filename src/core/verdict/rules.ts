import { isWrong, lessAccurate } from './answers.ts';
import { fellBack, notIsolated, softwareAdapter } from './device.ts';
import { coarseClock, droppedOut, leftOut, memoryGrows, noisy, notWarmed } from './doubt.ts';
import { gpuSlower, slowFirstRun, smallerNotFaster, spiky, weightsOnly } from './speed.ts';
import type { Evidence, Rule, Severity, Verdict } from './verdict.ts';

const RULES: readonly Rule[] = [
  isWrong,
  droppedOut,
  lessAccurate,
  softwareAdapter,
  notWarmed,
  noisy,
  leftOut,
  coarseClock,
  memoryGrows,
  notIsolated,
  fellBack,
  gpuSlower,
  weightsOnly,
  smallerNotFaster,
  spiky,
  slowFirstRun,
];

const ORDER: readonly Severity[] = ['wrong', 'doubt', 'slow'];

/** What is to be said against a race's figures, and why they are what they are; the worst first. */
export function verdictsOf(evidence: Evidence): readonly Verdict[] {
  return RULES.flatMap((rule) => rule(evidence)).sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
}
