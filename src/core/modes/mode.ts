import type { FoundKind } from './found.ts';

/** A way of measuring, as the page names it before its code is there. */
export interface ModeKind {
  /** As in reports; never changed once it was released. */
  readonly kind: string;
  /** Where modes are chosen: "Load". */
  readonly title: string;
  /** The question that it answers. */
  readonly asks: string;
  /** What it does and what a person sees of it, in a sentence or two. */
  readonly how: string;
  /** How it is stored; null for one of which nothing is. */
  readonly report: {
    /** In a sentence: "load test". */
    readonly noun: string;
    /** What is known of such a report comes with the first one. */
    readonly load: () => Promise<FoundKind>;
  } | null;
}
