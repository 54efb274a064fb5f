import { createStore } from 'zustand/vanilla';
import { secondsLength } from '../../../state/modes/length.ts';

export interface BatchesOptions {
  /** How long sizes are timed, once it is known which run. */
  readonly seconds: number;
}

export const options = createStore<BatchesOptions>(() => ({ seconds: 20 }));

export const length = secondsLength(options);
