import { isWrong, lessAccurate, randomInside } from './answers.ts';
import { bound } from './bound.ts';
import { fellBack, notIsolated, softwareAdapter } from './device.ts';
import { coarseClock, droppedOut, leftOut, memoryGrows, noisy, notWarmed } from './doubt.ts';
import { halfOnWasm, memoryPeak } from './forms.ts';
import { copies, depthwise, notFused, quantizedUnasked } from './kernels.ts';
import { gpuSlower, slowFirstRun, smallerNotFaster, weightsOnly } from './speed.ts';
import { spiky } from './spikes.ts';
import { busyBefore, onBattery, selfTestFailed, slowedDown } from './surroundings.ts';
import type { Evidence, Rule, Severity, Verdict } from './verdict.ts';

const RULES: readonly Rule[] = [
  isWrong,
  droppedOut,
  lessAccurate,
  randomInside,
  softwareAdapter,
  selfTestFailed,
  slowedDown,
  busyBefore,
  onBattery,
  notWarmed,
  noisy,
  leftOut,
  coarseClock,
  memoryGrows,
  quantizedUnasked,
  notIsolated,
  fellBack,
  copies,
  notFused,
  depthwise,
  gpuSlower,
  weightsOnly,
  halfOnWasm,
  smallerNotFaster,
  spiky,
  slowFirstRun,
  memoryPeak,
  bound,
];

const ORDER: readonly Severity[] = ['wrong', 'doubt', 'slow', 'note'];

/** What is to be said against a race's figures, and why they are what they are; the worst first. */
export function verdictsOf(evidence: Evidence): readonly Verdict[] {
  return RULES.flatMap((rule) => rule(evidence)).sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
}
