import { argmax } from '../../classes/classify.ts';
import { Fault } from '../../errors.ts';
import type { RandomNode } from '../../models/model.ts';
import {
  addFidelity,
  compareOutputs,
  type Fidelity,
  NOTHING_COMPARED,
} from '../../race/fidelity.ts';
import { elementCount, type OutputTensor } from '../../tensors/tensors.ts';
import type { Answers, ClassAnswers, ClassChange, Flip } from './proof.ts';

/** Classes need this many columns: two may be a pair of coordinates, one a measurement. */
const MIN_CLASSES = 3;
/** Five of fewer than this would be half of all. */
const MIN_FOR_TOP5 = 10;
const TOP = 5;

/** What is known of the inputs. */
export interface AnswerFacts {
  /** Whether the model names classes; null where nobody knows. */
  readonly classifier: boolean | null;
  /** "400 labelled digits" */
  readonly title: string;
  readonly noise: boolean;
  /** A node that draws random numbers in every run; null where none does. */
  readonly random: RandomNode | null;
  /** True classes, one for each row of answers; null where nobody knows them. */
  readonly labels: ArrayLike<number> | null;
  /** Names of the classes; numbers stand in for them. */
  readonly classNames: readonly string[] | null;
}

/** Scores of one row of answers. */
type Scores = OutputTensor['data'];

/** The first output that looks as if it named classes: [batch, classes], or [classes]. */
function scoresOf(
  outputs: readonly OutputTensor[],
): readonly [name: string, rows: Scores[]] | null {
  for (const { name, dims, data } of outputs) {
    const columns = dims.at(-1) ?? 0;
    if (dims.length < 1 || dims.length > 2 || columns < MIN_CLASSES) continue;
    const rows = elementCount(dims) / columns;
    const rowAt = (_: unknown, row: number) => data.subarray(row * columns, (row + 1) * columns);
    return [name, Array.from({ length: rows }, rowAt)];
  }
  return null;
}

/** How many scores are higher; a NaN is below none and above none. */
function rankOf(scores: Scores, index: number): number {
  let above = 0;
  for (const score of scores) if (score > (scores[index] as number)) above++;
  return above;
}

/** Compares answers input by input; keeps sums and the inputs whose class changed. */
export class AnswerTally {
  private readonly facts: AnswerFacts;
  private fidelity: Fidelity = NOTHING_COMPARED;
  private dot = 0;
  private originalSquares = 0;
  private variantSquares = 0;
  private rows = 0;
  private isClassifier = false;
  private columns = 0;
  private same = 0;
  private inTop5 = 0;
  private readonly right = { original: 0, variant: 0 };
  private readonly classes = new Map<number, { inputs: number; changed: number }>();
  private readonly flipped: Flip[] = [];

  constructor(facts: AnswerFacts) {
    this.facts = facts;
  }

  /**
   * Takes all outputs of the next input.
   * @throws Fault AnswerError when the two models do not give the same outputs
   */
  add(original: readonly OutputTensor[], variant: readonly OutputTensor[]): void {
    const compared = compareOutputs(variant, original);
    if (!compared) {
      throw new Fault(
        'AnswerError',
        'The variant’s outputs have different names or shapes from the original’s, so they cannot be compared.',
      );
    }
    this.fidelity = addFidelity(this.fidelity, compared);
    for (const { name, data } of original) {
      this.addProducts(data, variant.find((each) => each.name === name)?.data ?? data);
    }
    this.addClasses(original, variant);
  }

  private addProducts(a: Scores, b: Scores): void {
    for (let i = 0; i < a.length; i++) {
      const x = a[i] as number;
      const y = b[i] as number;
      // What is not finite is counted by the fidelity.
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      this.dot += x * y;
      this.originalSquares += x * x;
      this.variantSquares += y * y;
    }
  }

  private addClasses(original: readonly OutputTensor[], variant: readonly OutputTensor[]): void {
    const scores = this.facts.classifier === false ? null : scoresOf(original);
    if (!scores) return;
    const [name, rows] = scores;
    const theirs = scoresOf(variant.filter((each) => each.name === name))?.[1] ?? [];
    this.isClassifier = true;
    rows.forEach((row, i) => {
      this.addRow(row, theirs[i] as Scores);
    });
  }

  private addRow(original: Scores, variant: Scores): void {
    const { labels } = this.facts;
    const input = this.rows++;
    this.columns = original.length;
    const was = argmax(original);
    const is = argmax(variant);
    const truth = labels?.[input] ?? null;
    if (was === is) this.same++;
    else {
      this.flipped.push({
        input,
        original: this.nameOf(was),
        variant: this.nameOf(is),
        truth: truth === null ? null : this.nameOf(truth),
      });
    }
    if (is >= 0 && was >= 0 && rankOf(variant, was) < TOP) this.inTop5++;
    if (truth !== null && was === truth) this.right.original++;
    if (truth !== null && is === truth) this.right.variant++;
    const counted = this.classes.get(truth ?? was) ?? { inputs: 0, changed: 0 };
    counted.inputs++;
    if (was !== is) counted.changed++;
    this.classes.set(truth ?? was, counted);
  }

  private nameOf(index: number): string {
    return this.facts.classNames?.[index] ?? (index < 0 ? 'not a number' : String(index));
  }

  result(): Answers {
    const { fidelity, dot, originalSquares, variantSquares } = this;
    const lengths = Math.sqrt(originalSquares) * Math.sqrt(variantSquares);
    return {
      fidelity,
      // Rounding may put it a little over 1.
      cosine: lengths > 0 ? Math.max(-1, Math.min(1, dot / lengths)) : null,
      classes: this.classAnswers(),
      inputs: this.facts.title,
      noise: this.facts.noise,
      random: this.facts.random,
    };
  }

  private classAnswers(): ClassAnswers | null {
    const { rows, right, facts } = this;
    if (!this.isClassifier || rows === 0) return null;
    const perClass = [...this.classes]
      .sort(([a], [b]) => a - b)
      .map(([index, counted]): ClassChange => ({ label: this.nameOf(index), ...counted }));
    return {
      known: facts.classifier === true,
      top1: this.same / rows,
      top5: this.columns < MIN_FOR_TOP5 ? null : this.inTop5 / rows,
      accuracy: facts.labels && {
        original: right.original / rows,
        variant: right.variant / rows,
      },
      perClass,
      flipped: this.flipped,
    };
  }
}
