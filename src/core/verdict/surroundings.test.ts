import { describe, expect, it } from 'vitest';
import { figuresOf } from '../figures/figures.ts';
import type { LaneRecord } from '../race/record.ts';
import { laneRecord, MEMORY, raceRecord, times } from '../race/testing.ts';
import type { SelfTest } from '../selftest/selftest.ts';
import { verdictsOf } from './rules.ts';
import type { Evidence } from './verdict.ts';

const HERE = { isolated: true, cores: 4, softwareGpu: false, timerStep: 0.005 };
const equal = { compared: 9, sameTop: 9, signal: 1e4, noise: 1, maxAbs: 1, notFinite: 0 };

function said(lanes: readonly LaneRecord[], more: Partial<Evidence> = {}) {
  const record = { ...raceRecord(lanes), phase: 'done' as const };
  const conditions = { ...HERE, device: 'laptop', calibration: null } as const;
  const figures = figuresOf(record, conditions);
  const found = verdictsOf({ record, figures, device: HERE, ...more });
  return new Map(found.map(({ rule, sentence }) => [rule, sentence]));
}

const fp32 = (ms: readonly number[] = times(60, 5)) => laneRecord('fp32/wasm*', ms);
/** Turns that jitter by a few per cent around a pace that changes by a factor over the race. */
const turns = (factor: number) =>
  Array.from({ length: 90 }, (_, i) => 5 * factor ** (i / 90) * (1 + ((i * 7) % 5) / 200));

const check = (passed: boolean | null) =>
  ({ id: 'timer', title: 'the clock', passed, sentence: '', figures: [] }) as const;
const selfTest = (...checks: SelfTest['checks']): SelfTest => ({
  version: 1,
  at: '2026-11-25T00:00:00Z',
  checks,
});

describe('what surrounds a race', () => {
  it('is not worth a word in a quiet one', () => {
    const battery = { level: 0.9, charging: false };
    const quiet = {
      conditions: { battery, pressure: 'nominal' },
      selfTest: selfTest(check(true), check(null)),
    } as const;
    expect([...said([fp32(turns(1))], quiet).keys()]).toEqual([]);
  });

  it('slows all lanes down as heat does, and pairing still holds', () => {
    const int8 = laneRecord('int8/wasm', turns(1.4), { fidelity: equal });
    const found = said([fp32(turns(1.4)), int8]);
    expect(found.get('slowed-down')).toMatch(
      /fp32 on WASM by 2\d\.\d% and int8 on WASM by 2\d\.\d%, first to last third/,
    );
    expect(said([fp32(turns(0.7))]).has('slowed-down')).toBe(false);
  });

  it.each(['serious', 'critical'] as const)('may be busy before: %s', (pressure) => {
    const found = said([fp32()], { conditions: { battery: null, pressure } });
    expect(found.get('busy-before')).toContain(`“${pressure}”`);
  });

  it('may be a battery that is nearly empty, unless it is charged', () => {
    const on = (charging: boolean) =>
      said([fp32()], { conditions: { battery: { level: 0.15, charging }, pressure: null } });
    expect(on(false).get('battery-low')).toContain('15.0%');
    expect(on(true).has('battery-low')).toBe(false);
  });

  it('may be an instrument that failed its own test', () => {
    const found = said([fp32()], { selfTest: selfTest(check(true), check(false)) });
    expect(found.get('self-test-failed')).toContain(
      'failed its self-test on this device: the clock. No time measured in this browser can be trusted.',
    );
  });
});

describe('forms', () => {
  it('of half precision compute as fp32 on WASM', () => {
    const half = laneRecord('fp16/wasm', times(60, 6), { fidelity: equal });
    const found = said([fp32(), half]);
    expect([...found.keys()]).toEqual(['half-on-wasm']);
    expect(found.get('half-on-wasm')).toContain('(takes 1.20 times as long as fp32)');
  });

  it('may take far more memory than their file', () => {
    const heap = (mb: number) => ({ ...MEMORY, heap: mb * 1e6 });
    const grown = (mb: number) =>
      laneRecord('fp32/wasm*', times(60, 5), {
        variant: { bytes: 40e6 },
        ledger: { runtime: heap(20), first: heap(mb), running: heap(mb) },
      });
    expect(said([grown(320)]).get('memory-peak')).toContain(
      '300 MB of memory for a model of 40.0 MB',
    );
    expect(said([grown(150)]).has('memory-peak')).toBe(false);
  });
});
