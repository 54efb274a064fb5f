import type { Lane } from '../race/lane.ts';
import type { LanePhase, LaneRecord } from '../race/record.ts';
import type { Bytes } from '../units.ts';

export const LANE_PHASES: readonly LanePhase[] = ['runtime', 'session', 'first', 'running'];

/** What one phase of a lane's life added. */
export interface LedgerStep {
  readonly phase: LanePhase;
  /** Growth of the WASM heap; never negative, since it never shrinks. */
  readonly heap: Bytes;
  /** GPU buffers that live now and have done since this phase; 0 on WASM. */
  readonly gpu: Bytes;
}

/** Where a lane's memory went. */
export interface LaneLedger {
  readonly lane: Lane;
  /** Phases that were reached. */
  readonly steps: readonly LedgerStep[];
  /** Now, which is also the most there ever was: a WASM heap never shrinks. */
  readonly heap: Bytes;
  /** Live and most at once; null on WASM. */
  readonly gpu: Bytes | null;
  readonly gpuPeak: Bytes | null;
}

/**
 * Splits the last of some levels by the step since which each part of it is there: what a later
 * step gave back is taken from the steps that had brought it, the latest first. The parts are
 * never negative and add up to the last level.
 */
export function heldSince(levels: readonly number[]): number[] {
  const kept = new Array<number>(levels.length);
  let floor = Number.POSITIVE_INFINITY;
  for (let i = levels.length - 1; i >= 0; i--) {
    floor = Math.min(floor, levels[i] as number);
    kept[i] = floor;
  }
  return kept.map((level, i) => level - (i === 0 ? 0 : (kept[i - 1] as number)));
}

/** null until the lane's runtime has started. */
export function laneLedger({ lane, ledger }: LaneRecord): LaneLedger | null {
  const reached = LANE_PHASES.flatMap((phase) => {
    const memory = ledger[phase];
    return memory ? [{ phase, memory }] : [];
  });
  const last = reached.at(-1)?.memory;
  if (!last) return null;
  const heap = heldSince(reached.map(({ memory }) => memory.heap));
  const gpu = heldSince(reached.map(({ memory }) => memory.gpu ?? 0));
  return {
    lane,
    steps: reached.map(({ phase }, i) => ({
      phase,
      heap: heap[i] as number,
      gpu: gpu[i] as number,
    })),
    heap: last.heap,
    gpu: last.gpu,
    gpuPeak: last.gpuPeak,
  };
}

/** Heap and GPU buffers that the lane holds now. */
export const heldBy = ({ heap, gpu }: LaneLedger): Bytes => heap + (gpu ?? 0);

/** What the lane holds beyond what the runtime holds before it knows of any model. */
export const addedByModel = (ledger: LaneLedger): Bytes =>
  heldBy(ledger) - (ledger.steps[0]?.heap ?? 0) - (ledger.steps[0]?.gpu ?? 0);
