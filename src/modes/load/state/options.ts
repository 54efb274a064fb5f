import { createStore } from 'zustand/vanilla';
import { lengthIn } from '../../../state/modes/length.ts';
import { LOAD_PLANS, type LoadLength } from '../core/plans.ts';

export interface LoadOptions {
  readonly length: LoadLength;
}

export const options = createStore<LoadOptions>(() => ({ length: 'usual' }));

export const length = lengthIn(
  options,
  (chosen) => chosen.length,
  (text) => (Object.hasOwn(LOAD_PLANS, text) ? { length: text as LoadLength } : null),
);
