import { createStore } from 'zustand/vanilla';
import { lengthIn, secondsIn } from '../../../state/modes/length.ts';

export interface BatchesOptions {
  /** How long sizes are timed, once it is known which run. */
  readonly seconds: number;
}

export const options = createStore<BatchesOptions>(() => ({ seconds: 20 }));

export const length = lengthIn(
  options,
  ({ seconds }) => `${seconds}`,
  (text) => {
    const seconds = secondsIn(text);
    return seconds === null ? null : { seconds };
  },
);
