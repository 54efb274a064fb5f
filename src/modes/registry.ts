/** All modes that the page has: one line each, in the order in which they are offered. */
import { registerModes } from '../core/modes/register.ts';
import { batchesKind } from './batches/index.ts';
import { liveKind } from './live/index.ts';
import { loadKind } from './load/index.ts';
import { raceKind } from './race/index.ts';
import { sustainedKind } from './sustained/index.ts';

/** To be called before anything else of the page. */
export function registerAllModes(): void {
  registerModes([raceKind, sustainedKind, loadKind, batchesKind, liveKind]);
}
