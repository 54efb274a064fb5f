import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SELF_TEST_VERSION, type SelfTest } from '../../core/selftest/selftest.ts';
import { watchClock } from '../device/clock.ts';
import { deviceFacts } from '../device/testing.ts';
import { BaselineRunner } from './baseline.ts';
import { storedSelfTest, storeSelfTest } from './selftest.ts';

const FACTS = deviceFacts();
const TEST: SelfTest = {
  version: SELF_TEST_VERSION,
  at: '2026-01-01T00:00:00.000Z',
  checks: [{ id: 'timer', title: 'The clock', passed: true, sentence: 'Fine.', figures: [] }],
};

afterEach(() => vi.unstubAllGlobals());

describe('a kept self-test', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('navigator', { userAgent: 'Some 1' });
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
  });

  it('comes back on the device that it is of, and on no other', () => {
    expect(storedSelfTest(FACTS)).toBeNull();
    storeSelfTest(FACTS, TEST);
    expect(storedSelfTest(FACTS)).toEqual(TEST);
    expect(storedSelfTest({ ...FACTS, cores: 2 })).toBeNull();
  });

  it('is not shown where storage holds something else', () => {
    storeSelfTest(FACTS, TEST);
    for (const [key, text] of kept) kept.set(key, text.replace('"timer"', '"thyme"'));
    expect(storedSelfTest(FACTS)).toBeNull();
  });
});

describe('watchClock', () => {
  /** A clock whose readings go on by these steps, over and over. */
  const clockOf = (...steps: readonly number[]) => {
    let [at, i] = [0, 0];
    vi.stubGlobal('performance', {
      now: () => {
        at += steps[i++ % steps.length] ?? 0;
        return at;
      },
    });
  };

  it('finds the smallest step and the cost of a reading', () => {
    clockOf(0, 0, 0, 1);
    const { step, backwards, cost } = watchClock();
    expect([step, backwards]).toEqual([1, 0]);
    expect(cost).toBeCloseTo(0.25, 1);
  });

  it('notices a clock that runs backwards', () => {
    clockOf(1, 1, 1, -0.5);
    expect(watchClock().backwards).toBeGreaterThan(0);
  });
});

describe('the baseline loop', () => {
  const files = async () => ({ build: 'wasm' as const, runtime: new Blob(), model: new Blob() });

  it('rejects what is pending when it is stopped, and starts no worker afterwards', async () => {
    const started = vi.fn();
    class SilentWorker {
      constructor() {
        started();
      }
      postMessage(): void {}
      terminate(): void {}
    }
    vi.stubGlobal('Worker', SilentWorker);
    const runner = new BaselineRunner(files, 2);
    const opening = runner.open();
    await vi.waitFor(() => expect(started).toHaveBeenCalledOnce());
    runner.terminate();
    await expect(opening).rejects.toThrow('stopped');
    await expect(runner.open()).rejects.toThrow('stopped');
    expect(started).toHaveBeenCalledOnce();
  });
});
