import { createStore } from 'zustand/vanilla';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { Check, SelfTest } from '../../core/selftest/selftest.ts';
import type { Fraction } from '../../core/units.ts';
import { storedSelfTest } from '../../engine/selftest/selftest.ts';
import { device } from '../device/device.ts';

export type SelfTestStatus =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      /** "Race 2 of 6: a model against itself" */
      readonly doing: string;
      readonly share: Fraction;
      /** What is known already. */
      readonly checks: readonly Check[];
    }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export interface SelfTestState {
  readonly status: SelfTestStatus;
  /** The latest that was run to its end on this device; undefined until storage was asked. */
  readonly latest: SelfTest | null | undefined;
}

export const selfTests = createStore<SelfTestState>(() => ({
  status: { state: 'idle' },
  latest: undefined,
}));

/** The latest self-test on this device, for reports and verdicts; null if there was none. */
export function latestSelfTest(): SelfTest | null {
  const { latest } = selfTests.getState();
  if (latest !== undefined) return latest;
  const { facts } = device.getState();
  if (!facts) return null;
  const kept = storedSelfTest(facts);
  selfTests.setState({ latest: kept });
  return kept;
}
