import { createStore } from 'zustand/vanilla';
import type { ModelCard } from '../../core/models/card.ts';
import { type ErrorFacts, errorFacts } from '../../core/race/events.ts';
import { fetchCards } from '../../engine/files/cards.ts';

/** The zoo's cards, fetched when one is opened. */
export type CardsState =
  | { readonly state: 'waiting' }
  | { readonly state: 'ready'; readonly cards: readonly ModelCard[] }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export const cards = createStore<CardsState>(() => ({ state: 'waiting' }));

export async function openCards(): Promise<void> {
  if (cards.getState().state === 'ready') return;
  try {
    cards.setState({ state: 'ready', cards: await fetchCards(new AbortController().signal) }, true);
  } catch (thrown) {
    cards.setState({ state: 'failed', error: errorFacts(thrown) }, true);
  }
}
