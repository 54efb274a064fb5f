import { argmax } from '../classes/classify.ts';
import { figure } from '../format.ts';
import type { Precision } from '../models/model.ts';
import { addCounts, type Counts, f1 } from '../stats/counts.ts';
import type { CountedKind, SequenceKind } from '../tasks/kind.ts';
import type { AnyTask } from '../tasks/task.ts';
import type { OutputTensor } from '../tensors/tensors.ts';
import type { Fraction } from '../units.ts';

/** How far a lane's outputs lie from the reference's, summed over all inferences compared. */
export interface Fidelity {
  /** Inferences compared. */
  readonly compared: number;
  /** Of those, how many had the same largest score; meaningful for classifiers only. */
  readonly sameTop: number;
  /** Sum of squares of the reference's outputs. */
  readonly signal: number;
  /** Sum of squares of the differences. */
  readonly noise: number;
  readonly maxAbs: number;
  /** Output numbers that are finite in only one of the two, lane and reference. */
  readonly notFinite: number;
  /** Of a detector: its boxes against the reference's, over all inferences compared. */
  readonly boxes?: Counts;
}

export const NOTHING_COMPARED: Fidelity = {
  compared: 0,
  sameTop: 0,
  signal: 0,
  noise: 0,
  maxAbs: 0,
  notFinite: 0,
};

/**
 * Compares the outputs of one inference, tensor by tensor, matched by name.
 * @returns null when shapes or output counts differ, so that nothing can be compared
 */
export function compareOutputs(
  outputs: readonly OutputTensor[],
  reference: readonly OutputTensor[],
): Fidelity | null {
  if (outputs.length !== reference.length) return null;
  let sameTop = 1;
  let signal = 0;
  let noise = 0;
  let maxAbs = 0;
  let notFinite = 0;
  for (const expected of reference) {
    const got = outputs.find(({ name }) => name === expected.name);
    if (got?.data.length !== expected.data.length) return null;
    for (let i = 0; i < expected.data.length; i++) {
      const want = expected.data[i] as number;
      const have = got.data[i] as number;
      if (Object.is(want, have) || want === have) {
        if (Number.isFinite(want)) signal += want * want;
        continue;
      }
      if (!Number.isFinite(have) || !Number.isFinite(want)) {
        notFinite++;
        continue;
      }
      const difference = Math.abs(have - want);
      signal += want * want;
      noise += difference * difference;
      maxAbs = Math.max(maxAbs, difference);
    }
    if (argmax(got.data) !== argmax(expected.data)) sameTop = 0;
  }
  return { compared: 1, sameTop, signal, noise, maxAbs, notFinite };
}

export function addFidelity(a: Fidelity, b: Fidelity): Fidelity {
  return {
    compared: a.compared + b.compared,
    sameTop: a.sameTop + b.sameTop,
    signal: a.signal + b.signal,
    noise: a.noise + b.noise,
    maxAbs: Math.max(a.maxAbs, b.maxAbs),
    notFinite: a.notFinite + b.notFinite,
    ...addBoxes(a.boxes, b.boxes),
  };
}

function addBoxes(a: Counts | undefined, b: Counts | undefined): Pick<Fidelity, 'boxes'> {
  const boxes = a && b ? addCounts(a, b) : (a ?? b);
  return boxes ? { boxes } : {};
}

/** The same without what is counted: of an input that was compared before, and as it is now. */
export const uncounted = ({ boxes: _, ...numbers }: Fidelity): Fidelity => ({
  ...numbers,
  compared: 0,
  sameTop: 0,
  notFinite: 0,
});

/** Whether two comparisons came to the same counts. */
export const sameCounts = (a: Fidelity, b: Fidelity): boolean =>
  a.sameTop === b.sameTop &&
  a.notFinite === b.notFinite &&
  a.boxes?.matched === b.boxes?.matched &&
  a.boxes?.found === b.boxes?.found &&
  a.boxes?.expected === b.boxes?.expected;

/** Signal to quantization noise ratio, 10 log10(signal / noise), in decibel; Infinity when equal. */
export function sqnr({ signal, noise }: Fidelity): number {
  if (noise === 0) return Number.POSITIVE_INFINITY;
  return 10 * Math.log10(signal / noise);
}

/** "differ by 3.2% of their size": root of the differences' squares by that of the reference's. */
export function differenceWords({ signal, noise }: Fidelity): string {
  const share = Math.sqrt(noise / signal);
  return Number.isFinite(share)
    ? `differ by ${figure(100 * share)}% of their size`
    : 'differ without bound';
}

export function agreement({ sameTop, compared }: Fidelity): Fraction {
  return sameTop / compared;
}

/**
 * Below this SQNR a lane is called wrong, not merely coarse. 40 dB is 1% of the signal's size,
 * far more than any order of float32 sums explains; 30 dB leaves room for float16's 11 bits over
 * some hundred layers; a usable int8 classifier lies at 15 to 40 dB, int4 lower.
 */
const MIN_SQNR: Readonly<Record<Precision, number>> = {
  fp32: 40,
  fp16: 30,
  int8: 10,
  int4: 5,
  unknown: 10,
};

/** A classifier that names another class more often than this is wrong, however near its scores. */
const MIN_AGREEMENT: Fraction = 0.95;
/** Fewer comparisons than this say nothing about a share of 95%. */
const ENOUGH_FOR_AGREEMENT = 40;

export type Correctness =
  | { readonly state: 'reference' }
  | { readonly state: 'unchecked' }
  | { readonly state: 'right' }
  /** The model draws random numbers, so that its answers cannot be compared. */
  | { readonly state: 'random'; readonly reason: string }
  | { readonly state: 'wrong'; readonly reason: string };

/**
 * A detector whose boxes agree with the reference's less than this (F1) is wrong. Edges of a map
 * may differ a lot (6 dB on photographs) while nearly all boxes are the same, so that a coarse
 * detector is judged by its boxes alone.
 */
const MIN_F1: Fraction = 0.9;
/** Fewer boxes than this say nothing about a share of 90%. */
const ENOUGH_BOXES = 40;
/** These compute the reference's own function, and their numbers must be near, too. */
const FINE: readonly Precision[] = ['fp32', 'fp16'];

/** A pruned file is as coarse as what it lost, whatever its numbers' precision. */
const MIN_PRUNED_SQNR = 10;

/**
 * A lane's later answers to the same input against its first: threads may add floats in another
 * order, nothing more.
 * @returns what is wrong; null when nothing is, or nothing was repeated
 */
export function changedAnswer(repeats: Fidelity): string | null {
  if (repeats.compared === 0) return null;
  const ratio = sqnr(repeats);
  if (repeats.notFinite === 0 && ratio >= MIN_SQNR.fp32) return null;
  const how =
    repeats.notFinite > 0
      ? 'numbers became NaN or infinite, or ceased to be'
      : `SQNR of only ${decibel(ratio)} dB`;
  return `its answer to the same input changed while it ran (${how})`;
}

const decibel = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1);

const wrong = (reason: string): Correctness => ({ state: 'wrong', reason });

/** @returns null where there are too few boxes to tell */
function judgeBoxes(boxes: Counts, differs: (counts: Counts) => string): Correctness | null {
  const { found, expected } = boxes;
  if ((found + expected) / 2 < ENOUGH_BOXES) return null;
  const share = f1(boxes);
  if (share >= MIN_F1) return { state: 'right' };
  return wrong(
    `${differs(boxes)} (F1 ${(Math.floor(share * 100) / 100).toFixed(2)}; at least ${MIN_F1.toFixed(2)} is required)`,
  );
}

/** What is special about a lane's answers. */
export interface Judged {
  /**
   * Weights were taken out: a classifier whose scores shrink but keep their order is judged by its
   * classes, where enough were compared.
   */
  readonly pruned?: boolean;
  /**
   * The inputs were one sequence, and each lane had its own memory of it: one rounding on the
   * threshold leads to other numbers for a while. Coarse forms are judged by their classes, where
   * enough were compared; float ones stay near the reference all the same (measured: 70 dB in fp16).
   */
  readonly sequence?: Pick<SequenceKind<AnyTask>, 'differs'> | undefined;
  /** Answers held several things, which were counted. */
  readonly counted?: Pick<CountedKind, 'differs'> | undefined;
}

const differing = ({ matched, found, expected }: Counts): string =>
  `of the ${found} things in its answers and the reference's ${expected}, only ${matched} are the same`;

/** Is a lane right enough to be allowed to win? */
export function judge(
  fidelity: Fidelity,
  precision: Precision,
  classifier: boolean,
  { pruned = false, sequence, counted }: Judged = {},
): Correctness {
  if (fidelity.notFinite > 0) {
    return wrong(
      `${fidelity.notFinite} output values are NaN or infinite in only one of the two, this lane or the reference`,
    );
  }
  if (fidelity.compared === 0) return { state: 'unchecked' };
  const ratio = sqnr(fidelity);
  const byBoxes = fidelity.boxes ? judgeBoxes(fidelity.boxes, counted?.differs ?? differing) : null;
  if (byBoxes?.state === 'wrong') return byBoxes;
  if (fidelity.boxes && (pruned || !FINE.includes(precision))) {
    if (byBoxes) return byBoxes;
    // An empty answer has 0 dB: until there are enough boxes, only what is no nearer is wrong.
    return ratio > 0
      ? { state: 'unchecked' }
      : wrong(
          `outputs ${differenceWords(fidelity)}, no closer to the reference's than an empty answer`,
        );
  }
  const countsClasses = classifier && fidelity.compared >= ENOUGH_FOR_AGREEMENT;
  const least = pruned ? Math.min(MIN_PRUNED_SQNR, MIN_SQNR[precision]) : MIN_SQNR[precision];
  const kind = pruned ? 'a pruned file' : precision;
  const byClass =
    countsClasses && (pruned || (sequence !== undefined && !FINE.includes(precision)));
  // A signal of zero with noise, or NaN, fails too.
  if (!byClass && !(ratio >= least)) {
    const found = Number.isFinite(ratio) ? `${decibel(ratio)} dB; ` : '';
    return wrong(`outputs ${differenceWords(fidelity)} (${found}${kind} must reach ${least} dB)`);
  }
  if (countsClasses) {
    const share = agreement(fidelity);
    if (share < MIN_AGREEMENT) {
      const much = `${(share * 100).toFixed(1)}% of ${fidelity.compared}`;
      return wrong(
        sequence?.differs(much) ?? `it predicts the reference's class for only ${much} inputs`,
      );
    }
  }
  return { state: 'right' };
}
