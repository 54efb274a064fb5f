/** Fixtures for tests: reports in a few characters. */

import type { Conditions } from '../conditions/conditions.ts';
import type { AnyFound } from '../modes/found.ts';
import type { OneLaneFound } from '../modes/oneLane.ts';
import { isRace, type RaceFound } from '../race/found.ts';
import { digitModel, laneRecord, MEMORY, opened, raceRecord } from '../race/testing.ts';
import type { Report } from './report.ts';

export const CONDITIONS: Conditions = {
  browser: 'Chromium 156',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
  instrument: 'Inferometer 0.1.0',
  runtime: 'onnxruntime-web 1.30.0',
  isolated: true,
  cores: 4,
  threads: 4,
  gpu: { state: 'missing', name: 'This browser does not support WebGPU.', shaderF16: false },
  timerStep: 0.005,
  deviceMemory: 8 * 2 ** 30,
  deviceClass: 'laptop',
  battery: { level: 0.8, charging: true },
  calibration: null,
  pressure: 'nominal',
};

/** A race of fp32 against int8, all done, of so many rounds; the other takes a share of the time. */
export function raced(rounds: number, share = 0.5, ms = 2): RaceFound {
  const wobble = (round: number) => 1 + 0.01 * Math.sin(round * 7.3);
  const own = (factor: number) =>
    Array.from({ length: rounds }, (_, round) => ms * factor * wobble(round));
  const more = {
    state: { name: 'finished' },
    opened: opened(),
    coldMs: 9,
    memory: MEMORY,
    ledger: { runtime: MEMORY, session: MEMORY },
  } as const;
  const lanes = [
    laneRecord('fp32/wasm*', own(1), more),
    laneRecord('int8/wasm', own(share), {
      ...more,
      fidelity: { compared: 50, sameTop: 50, signal: 100, noise: 0.1, maxAbs: 0.1, notFinite: 0 },
    }),
  ];
  return {
    kind: 'race',
    settings: {
      stop: { kind: 'rounds', rounds },
      seed: 1,
      input: 'test image 1',
      dimensions: {},
    },
    record: {
      ...raceRecord(lanes, digitModel(...lanes.map(({ lane }) => lane.variant))),
      phase: 'done',
    },
  };
}

/** Of a race, or of what one lane was put through. */
export function report<F extends AnyFound>(
  more: Partial<Omit<Report, 'found'>> & { readonly found?: F } = {},
): Report {
  const found: AnyFound = more.found ?? raced(40);
  return {
    id: '7d0f6a52-0001',
    startedAt: '2026-11-25T09:00:00.000Z',
    endedAt: '2026-11-25T09:00:08.000Z',
    status: 'done',
    error: null,
    conditions: CONDITIONS,
    model: isRace(found)
      ? found.record.model
      : digitModel((found as OneLaneFound).record.lane.variant),
    found,
    verdicts: [],
    selfTest: null,
    note: '',
    ...more,
  };
}
