import { useStore } from 'zustand';
import { type ThinkingState, thinking } from '../state/thinking.ts';

/** Not with the page's other stores: it comes with the choice of such a model. */
export const useThinking = <T>(select: (state: ThinkingState) => T): T =>
  useStore(thinking, select);
