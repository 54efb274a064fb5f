import { type ModelCard, readCards } from '../../core/models/card.ts';
import { fetchList } from './models.ts';

/** @throws Fault DownloadError or ManifestError; the signal's reason on abort */
export const fetchCards = (signal: AbortSignal): Promise<ModelCard[]> =>
  fetchList('cards.json', readCards, signal);
