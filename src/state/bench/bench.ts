import { createStore } from 'zustand/vanilla';
import type { Model } from '../../core/models/model.ts';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { ChosenStop } from '../../core/race/stop.ts';

export type Catalogue =
  | { readonly state: 'loading' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export interface BenchState {
  /** Whether the zoo's manifest has been read. */
  readonly catalogue: Catalogue;
  /** All models that can be raced: the zoo's, then the user's. */
  readonly models: readonly Model[];
  readonly modelId: string | null;
  /** Kinds of task for which the code is here. */
  readonly inputKinds: ReadonlySet<string>;
  /** Counts changes of what was chosen to run on, which the kinds keep in stores of their own. */
  readonly inputChanges: number;
  /** Ids of the lanes the user chose; null while the preselected ones stand. */
  readonly chosen: ReadonlySet<string> | null;
  /** Sizes typed in for a custom model's dynamic dimensions. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly stop: ChosenStop;
  /** Names of the user's files that are being taken in: what is chosen changes when they are. */
  readonly reading: readonly string[];
  /** The last thing that was refused (a dropped file), until it is dismissed. */
  readonly refusal: ErrorFacts | null;
}

export const bench = createStore<BenchState>(() => ({
  catalogue: { state: 'loading' },
  models: [],
  modelId: null,
  inputKinds: new Set(),
  inputChanges: 0,
  chosen: null,
  dimensions: {},
  stop: { kind: 'enough', seconds: 30 },
  reading: [],
  refusal: null,
}));
