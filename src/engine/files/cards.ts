import { Fault } from '../../core/errors.ts';
import { type ModelCard, readCards } from '../../core/models/card.ts';
import { request } from './download.ts';
import { modelUrl } from './models.ts';

/** @throws Fault DownloadError or ManifestError; the signal's reason on abort */
export async function fetchCards(signal: AbortSignal): Promise<ModelCard[]> {
  const response = await request(modelUrl('cards.json'), signal);
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    throw new Fault('ManifestError', 'models/cards.json is not valid JSON.');
  }
  return readCards(json);
}
