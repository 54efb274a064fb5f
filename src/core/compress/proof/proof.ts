import type { RandomNode } from '../../models/model.ts';
import type { Fidelity } from '../../race/fidelity.ts';
import type { PairedRatio } from '../../stats/paired.ts';
import type { Bytes, Decibel, Fraction, Milliseconds } from '../../units.ts';

/** How a variant's answers compare with the original's, on inputs that were not used for calibration. */
export interface Answers {
  /** Over all outputs of all inputs. */
  readonly fidelity: Fidelity;
  /** Cosine of the angle between all outputs of the two, as one vector; null when one is zero. */
  readonly cosine: number | null;
  /**
   * For a classifier, null for anything else. Where nobody says what the outputs mean, one counts as
   * classes that has two dimensions or one, the first of them the batch, and at least 3 columns.
   */
  readonly classes: ClassAnswers | null;
  /** What the inputs were: "400 labelled digits", "16 of your files", "8 inputs of seeded noise". */
  readonly inputs: string;
  /** Noise: agreement on it says little of agreement on real inputs. */
  readonly noise: boolean;
  /** The model draws random numbers in every run, so that nothing above means anything. */
  readonly random: RandomNode | null;
}

/**
 * The classes that answers may be told and judged by. On noise classes change for next to nothing,
 * or are one and the same whatever happens; and an output that merely looks like classes may be
 * anything.
 */
export const meantClasses = ({ classes, noise, random }: Answers): ClassAnswers | null =>
  classes?.known && !noise && !random ? classes : null;

export interface ClassAnswers {
  /** The model is known to name classes; else only the shape of an output suggests it. */
  readonly known: boolean;
  /** Share of inputs on which both name the same class. */
  readonly top1: Fraction;
  /** Share of inputs on which the original's class is among the variant's five highest; null under 10 classes. */
  readonly top5: Fraction | null;
  /** True accuracy where inputs are labelled: the original's and the variant's. */
  readonly accuracy: { readonly original: Fraction; readonly variant: Fraction } | null;
  /** By the true class where inputs are labelled, else by the original's class; only classes that occur. */
  readonly perClass: readonly ClassChange[];
  readonly flipped: readonly Flip[];
}

export interface ClassChange {
  readonly label: string;
  readonly inputs: number;
  /** On so many the variant names another class than the original. */
  readonly changed: number;
}

/** An input for which the variant names another class. */
export interface Flip {
  /** Its place among the inputs compared. */
  readonly input: number;
  readonly original: string;
  readonly variant: string;
  /** The true class, where known. */
  readonly truth: string | null;
}

/** The error of one tensor that both models make. */
export interface LayerError {
  /** The tensor, and with it the node that makes it. */
  readonly tensor: string;
  readonly title: string;
  readonly operator: string;
  /** With everything before it compressed too, as it runs. */
  readonly sqnr: Decibel;
  /** With everything before it exact: what this node alone adds. Null where it was not compressed. */
  readonly alone: Decibel | null;
}

/** The variant raced against the original on one backend, in turns. */
export interface Timing {
  /** "WASM, 2 threads" */
  readonly backend: string;
  readonly originalMs: Milliseconds;
  readonly variantMs: Milliseconds;
  /** Original by variant, paired: over 1, the variant is faster. */
  readonly speedup: PairedRatio;
  /** Convolutions and matrix products that ran in integer arithmetic, and in float, as the profile says; null where no profile could be had. */
  readonly ran: { readonly int8: number; readonly float: number } | null;
}

export interface FileSize {
  readonly bytes: Bytes;
  /** As a server would send it. */
  readonly gzip: Bytes;
}
