/** Sentences that answer: why is it slow, no faster, wrong or not to be trusted? */

/** `wrong`: its answers are. `doubt`: its figures are. `slow`: why it takes so long. */
export type Severity = 'wrong' | 'doubt' | 'slow' | 'note';

/** What a press of the remedy's button does. */
export type Remedy =
  /** Reload the page with the service worker that adds isolation headers. */
  | { readonly kind: 'isolate' }
  | { readonly kind: 'race-again' }
  | { readonly kind: 'race-longer'; readonly seconds: number }
  /** Adds a lane to the choice and races again. */
  | { readonly kind: 'race-with'; readonly lane: string }
  /** Profiles a lane, so that the rules that need a profile can speak. */
  | { readonly kind: 'profile'; readonly lane: string }
  /** Opens another page: a hash route, such as "/compress". */
  | { readonly kind: 'open'; readonly path: string };

/** A finding with what it rests on. */
export interface Verdict {
  /** Which rule says so: "qdq-not-fused". */
  readonly rule: string;
  /** Id of the lane that it is about; null for the whole race. */
  readonly lane: string | null;
  readonly severity: Severity;
  /** What is the matter, with the figures that matter. */
  readonly sentence: string;
  /** The numbers it rests on, each with its unit. */
  readonly evidence: readonly { readonly title: string; readonly value: string }[];
  /** Where these numbers stand: a hash route, or the id of an element of this page. */
  readonly see: string | null;
  /** What to try; null where nothing helps. */
  readonly advice: { readonly sentence: string; readonly remedy: Remedy | null } | null;
}
