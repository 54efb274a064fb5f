// One comparison in several sessions. Two sessions of the same model differ by some per cent for as long as they live, so one of
// each says little: each ratio is taken between new ones, opened in turn the one or the other first.

import { withModules } from '../scripts/modules.mjs';
import { countOf } from './product.mjs';

/** Even: half of them open the one side first, half the other. */
export const SESSIONS = 10;

/**
 * @template T
 * @param {(session: { index: number, backwards: boolean }) => Promise<T>} measure
 * @returns {Promise<T[]>} what each session found, in order
 */
export async function inSessions(measure) {
  const found = [];
  for (let index = 0; index < countOf(SESSIONS); index++) {
    found.push(await measure({ index, backwards: index % 2 === 1 }));
  }
  return found;
}

/** What sessions say together, as the self-test says it. @param {readonly (readonly number[])[]} all */
export const together = (all) =>
  withModules(['/src/core/selftest/races.ts'], ({ acrossSessions }) =>
    all.map((ratios) => /** @type {number} */ (acrossSessions(ratios).ratio)),
  );
