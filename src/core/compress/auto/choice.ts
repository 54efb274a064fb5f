import type { PairedRatio } from '../../stats/paired.ts';
import type { Decibel, Fraction, Milliseconds } from '../../units.ts';
import type { Recipe } from '../recipe.ts';

/** Arithmetic that a node can be given. */
export type Form = 'float' | 'static' | 'dynamic';

/** The least that a variant's answers must keep of the original's. */
export interface Budget {
  /** Share of inputs on which both name the same class; for classifiers. */
  readonly agreement: Fraction;
  /** For everything else, and wherever noise stands in for inputs. */
  readonly sqnr: Decibel;
}

/** One node in one form, as measured on this device. */
export interface FormFacts {
  /** Its own time in one run, with the conversions to and from codes that the runtime keeps around it. */
  readonly ms: Milliseconds;
  /** Error that it adds by itself, all before it exact; null where it was not measured. */
  readonly alone: Decibel | null;
}

/** A node that could be quantized, with what was measured and what was chosen. */
export interface NodeChoice {
  /** Its first output. */
  readonly node: string;
  readonly title: string;
  readonly operator: string;
  readonly floatMs: Milliseconds;
  /** Null where the technique leaves the node in float. */
  readonly static: FormFacts | null;
  readonly dynamic: FormFacts | null;
  readonly choice: Form;
  /** A clause without a full stop: "static int8 saves 0.42 ms of 1.10 ms". */
  readonly why: string;
}

/** One whole model that was raced: the original, an all-int8 form, or a mix. */
export interface Candidate {
  readonly title: string;
  /** Null for the original as it is. */
  readonly recipe: Recipe | null;
  /** Nodes in each form, of those that could be quantized. */
  readonly nodes: Readonly<Record<Form, number>>;
  /** Median time of one run in the race. */
  readonly ms: Milliseconds;
  /** Original by candidate, paired; over 1, the candidate is faster. */
  readonly speedup: PairedRatio;
  /** Null where the model is no classifier. */
  readonly agreement: Fraction | null;
  readonly sqnr: Decibel;
  /** Its answers are within the budget. */
  readonly keeps: boolean;
}

/** What Auto measured and chose. */
export interface AutoResult {
  /** "WASM, 2 threads" */
  readonly backend: string;
  readonly budget: Budget;
  /** Held-out inputs that the answers were compared on. */
  readonly compared: number;
  /** Noise stood in for inputs: agreement on it says little of agreement on real ones. */
  readonly noise: boolean;
  /** In the order of the graph; the plan of the chosen candidate. */
  readonly choices: readonly NodeChoice[];
  /** The original first. */
  readonly candidates: readonly Candidate[];
  /** Place of the one that won among the candidates; 0 means: keep fp32. */
  readonly chosen: number;
  /** "Mixed int8 runs 1.42 times as fast as fp32, and agrees on 99.5% of 400 inputs." */
  readonly sentence: string;
}
