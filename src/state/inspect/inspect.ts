import { createStore } from 'zustand/vanilla';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { Bytes } from '../../core/units.ts';
import type { Inspected } from '../../engine/protocol.ts';

/** A file opened for inspection; its bytes lie beside the store. */
export interface OpenedFile {
  /** What it is chosen by, as `sourceId` makes it. */
  readonly id: string;
  readonly name: string;
  readonly bytes: Bytes;
}

/** One model on its way to the page. */
export type Opened =
  | { readonly state: 'none' }
  | { readonly state: 'opening'; readonly title: string }
  | (Inspected & {
      readonly state: 'ready';
      readonly title: string;
    })
  | { readonly state: 'failed'; readonly title: string; readonly error: ErrorFacts };

/** The model that is looked at, and the one it is held against. */
export type Seat = 'subject' | 'other';

export interface InspectState {
  /** Files opened on this page, besides the variants that the bench knows. */
  readonly files: readonly OpenedFile[];
  /** What is inspected: a variant or a file; null until something was chosen. */
  readonly subject: string | null;
  /** What it is compared with; null for no comparison. */
  readonly other: string | null;
  /** Sizes typed in for dynamic dimensions, by name; they hold for both models. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly opened: Readonly<Record<Seat, Opened>>;
  /** The node whose details are shown. */
  readonly node: number | null;
  /** Files that could not be taken in, until dismissed. */
  readonly refusal: ErrorFacts | null;
}

export const inspection = createStore<InspectState>(() => ({
  files: [],
  subject: null,
  other: null,
  sizes: {},
  opened: { subject: { state: 'none' }, other: { state: 'none' } },
  node: null,
  refusal: null,
}));
