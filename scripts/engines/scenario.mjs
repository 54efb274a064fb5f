// What is asked of every engine: run the default race, with right answers in every lane. The functions below are sent to
// the page as source, so they use nothing from this file.

import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {{ lane: string, state: string, answer: string, right: string, median: string, text: string }} Lane
 * @typedef {{ isolated: boolean, race: string, lanes: Lane[], missing: string[] }} Outcome
 */

/**
 * @param {import('./puppeteer.mjs').Driver} driver
 * @param {string} url
 * @param {number} [limit] seconds for the race
 * @returns {Promise<Outcome>}
 */
export async function race(driver, url, limit = 120) {
  await driver.open(url);
  await until(
    driver,
    startRace,
    (started) => started === true,
    60,
    'an enabled button "Run the race"',
  );
  await until(
    driver,
    raceState,
    (state) => state === 'done' || state === 'failed',
    limit,
    'the end of the race',
  );
  return driver.evaluate(String(readOutcome));
}

/**
 * @param {Outcome} outcome
 * @returns {string[]} what is wrong with it, as sentences
 */
export function faults({ race, lanes }) {
  const unfinished = lanes.filter(({ state }) => state !== 'finished');
  const wrong = lanes.filter(({ state, right }) => state === 'finished' && right !== 'true');
  return [
    ...(race === 'done' ? [] : [`The race ended as "${race}".`]),
    ...(lanes.length > 0 ? [] : ['The race had no lanes.']),
    ...unfinished.map(({ lane, state, text }) => `Lane ${lane} ended as "${state}": ${text}`),
    ...wrong.map(({ lane, answer }) => `Lane ${lane} gave a wrong answer: ${answer || 'none'}.`),
  ];
}

/**
 * @param {import('./puppeteer.mjs').Driver} driver
 * @param {() => unknown} question
 * @param {(answer: unknown) => boolean} enough
 * @param {number} seconds
 * @param {string} what
 */
async function until(driver, question, enough, seconds, what) {
  const end = performance.now() + seconds * 1000;
  /** @type {unknown} */
  let last;
  while (performance.now() < end) {
    try {
      last = await driver.evaluate(String(question));
      if (enough(last)) return;
    } catch (error) {
      last = error; // a page that reloads itself, as for a service worker, cannot answer for a moment
    }
    await sleep(250);
  }
  throw new Error(`Waited ${seconds} s for ${what}; the last answer was: ${last}`);
}

function startRace() {
  const button = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent?.trim() === 'Run the race',
  );
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

function raceState() {
  return (
    /** @type {HTMLElement | null} */ (document.querySelector('[data-race-state]'))?.dataset
      .raceState ?? 'none'
  );
}

/** @returns {Outcome} */
function readOutcome() {
  const all = (/** @type {string} */ selector) =>
    /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
  const text = (/** @type {HTMLElement | null} */ element) =>
    // biome-ignore lint/performance/useDomNodeTextContent: textContent runs the lines of a cell together
    (element?.innerText ?? '').replace(/\s+/g, ' ').trim();
  return {
    isolated: crossOriginIsolated,
    race: all('[data-race-state]')[0]?.dataset.raceState ?? 'none',
    lanes: all('[data-lane]').map((lane) => ({
      lane: lane.dataset.lane ?? '',
      state: lane.dataset.laneState ?? '',
      answer: lane.dataset.answer ?? '',
      right: lane.dataset.right ?? '',
      median: text(lane.querySelector('[data-figure="median"]')),
      text: text(lane),
    })),
    missing: all('[data-missing]').map(text),
  };
}
