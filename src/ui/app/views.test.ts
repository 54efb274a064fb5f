import { describe, expect, it } from 'vitest';
import { META_POLICY, SITE_HEADERS } from '../../../site/headers.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import { deviceFacts } from '../../engine/device/testing.ts';
import { memoLast } from '../../state/page/memo.ts';
import { spreadApart } from '../charts/spread.ts';
import { niceTicks, roundUp } from '../charts/ticks.ts';
import { deviceLine, deviceRows } from '../parts/facts.ts';

const facts = (more: Partial<DeviceFacts> = {}) =>
  deviceFacts({ gpu: { state: 'missing', why: 'This browser does not support WebGPU.' }, ...more });
const lacking = (of: DeviceFacts) =>
  deviceRows(of)
    .filter(({ state }) => state === 'lacking')
    .map(({ title }) => title);

describe('the device panel', () => {
  it('says in a line what matters', () => {
    expect(deviceLine(facts())).toBe('8 threads, no WebGPU, 5 µs timer');
    expect(deviceLine(facts({ threads: 1, timerStep: 1 }))).toContain('1 thread, ');
  });

  it('counts what is missing, with its cost', () => {
    expect(lacking(facts())).toEqual(['WebGPU']);
    const poor = facts({ isolated: false, threads: 1, timerStep: 0.1, simd: false });
    expect(lacking(poor)).toEqual([
      'Cross-origin isolation',
      'WASM threads',
      'WebGPU',
      'SIMD',
      'Clock resolution',
    ]);
    for (const { note } of deviceRows(poor)) expect(note.length).toBeGreaterThan(20);
  });
});

describe('labels on a chart', () => {
  it('keep their gap, order and bounds', () => {
    expect(spreadApart([50, 52, 51], 10, 0, 100)).toEqual([50, 70, 60]);
    expect(spreadApart([98, 99], 10, 0, 100)).toEqual([90, 100]);
  });

  it('stand at numbers that read well, inside the axis', () => {
    expect(niceTicks(0, 10, false)).toEqual([0, 5, 10]);
    expect(niceTicks(0.2, 120, true)).toEqual([1, 10, 100]);
    expect(niceTicks(3, 3, false)).toEqual([3]);
    expect([roundUp(0.423), roundUp(120), roundUp(0)]).toEqual([0.43, 120, 0]);
  });
});

it('remembers the last result only while the arguments stay', () => {
  let calls = 0;
  const twice = memoLast((value: number) => {
    calls += 1;
    return value * 2;
  });
  expect([twice(1), twice(1), twice(2), twice(1)]).toEqual([2, 2, 4, 2]);
  expect(calls).toBe(3);
});

describe('the content security policy', () => {
  it('allows no inline code or style and no eval', () => {
    expect(META_POLICY).not.toContain("'unsafe-inline'");
    expect(META_POLICY.split("'wasm-unsafe-eval'").join('')).not.toContain('unsafe-eval');
  });

  it('forbids frames where a header may say so, and only there', () => {
    expect(SITE_HEADERS['Content-Security-Policy']).toContain("frame-ancestors 'none'");
    expect(META_POLICY).not.toContain('frame-ancestors');
  });
});
