import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import { deviceFacts, HARDWARE_GPU } from '../../engine/device/testing.ts';
import { deviceLine, deviceRows } from './facts.ts';

const softwareGpu = { ...HARDWARE_GPU, state: 'software', name: 'SwiftShader' } as const;
const rowOf = (title: string, more: Partial<DeviceFacts>) => {
  const row = deviceRows(deviceFacts(more)).find((one) => one.title === title);
  if (!row) throw new Error(`no row ${title}`);
  return row;
};

describe('deviceLine', () => {
  it.each([
    [{}, '8 threads, WebGPU, 5 µs timer'],
    [{ threads: 1, timerStep: 0.1 }, '1 thread, WebGPU, 100 µs timer'],
    [{ gpu: softwareGpu, timerStep: 1 }, '8 threads, software WebGPU, 1 ms timer'],
    [
      { gpu: { state: 'missing', why: '' }, timerStep: 16.667 },
      '8 threads, no WebGPU, 17 ms timer',
    ],
  ] as const)('of %o is "%s"', (more, line) => {
    expect(deviceLine(deviceFacts(more))).toBe(line);
  });
});

describe('what a device lacks', () => {
  /** For each lack: what it costs, and what can be done. */
  const lacks: [string, Partial<DeviceFacts>, RegExp, RegExp][] = [
    [
      'Cross-origin isolation',
      { isolated: false },
      /Without it there is 1 thread/,
      /must send COOP and COEP/,
    ],
    [
      'Cross-origin isolation',
      { isolated: false, secure: false },
      /Without it there is 1 thread/,
      /over https/,
    ],
    ['WASM threads', { isolated: false, threads: 1 }, /slower/, /isolated/],
    ['SIMD', { simd: false }, /will not start/, /Update the browser/],
    [
      'WebGPU',
      { gpu: { state: 'missing', why: 'It has none.' } },
      /It has none\. Without it there are no GPU lanes/,
      /Chrome/,
    ],
    ['WebGPU', { gpu: softwareGpu }, /speeds say nothing about a GPU/, /hardware acceleration/],
    ['shader-f16', { gpu: { ...HARDWARE_GPU, shaderF16: false } }, /do not run/, /use fp32/],
    [
      'Clock resolution',
      { timerStep: 0.1, isolated: false },
      /spikes are averaged out/,
      /would make the clock finer/,
    ],
  ];

  it.each(lacks)('%s %o: is said with its cost and its remedy', (title, more, cost, remedy) => {
    const row = rowOf(title, more);
    expect(row.state).toBe('lacking');
    expect(row.note).toMatch(cost);
    expect(row.note).toMatch(remedy);
  });

  it('is nothing on a device that has everything', () => {
    const states = deviceRows(deviceFacts()).map(({ title, state }) => [title, state]);
    expect(states.filter(([, state]) => state === 'lacking')).toEqual([]);
  });

  it('is not counted twice: without WebGPU its shader-f16 is no lack of its own', () => {
    expect(rowOf('shader-f16', { gpu: { state: 'missing', why: '' } }).state).toBe('info');
  });

  it('does not promise isolation as a remedy to a page that is isolated', () => {
    expect(rowOf('Clock resolution', { timerStep: 0.1 }).note).not.toContain('Isolation');
  });
});

describe('deviceRows', () => {
  it('give a value and a full sentence for whatever there is', () => {
    const gpu = fc.oneof(
      fc.constant({ state: 'missing', why: 'This browser does not support WebGPU.' } as const),
      fc.record({
        state: fc.constantFrom('hardware' as const, 'software' as const),
        name: fc.constant('Some GPU'),
        shaderF16: fc.boolean(),
        timestamps: fc.boolean(),
        largestBuffer: fc.nat(),
      }),
    );
    const size = fc.option(fc.integer({ min: 1, max: 2 ** 36 }));
    const any = fc.record<Partial<DeviceFacts>>({
      gpu,
      isolated: fc.boolean(),
      secure: fc.boolean(),
      simd: fc.boolean(),
      jspi: fc.boolean(),
      webnn: fc.constantFrom(
        { state: 'missing' },
        { state: 'present', usable: [] },
        { state: 'present', usable: ['cpu', 'npu'] },
      ),
      deviceMemory: size,
      heapLimit: size,
      battery: fc.option(fc.record({ level: fc.constantFrom(0, 0.5, 1), charging: fc.boolean() })),
    });
    const titles = deviceRows(deviceFacts()).map(({ title }) => title);
    fc.assert(
      fc.property(any, (more) => {
        const rows = deviceRows(deviceFacts(more));
        expect(rows.map(({ title }) => title)).toEqual(titles);
        for (const { value, note } of rows) {
          expect(value).not.toMatch(/^$|undefined|null|NaN/);
          expect(note).toMatch(/^\S.*\.$/);
          expect(note).not.toMatch(/undefined|null|NaN/);
        }
      }),
    );
  });

  it('tell memory and battery as far as they are told', () => {
    expect(rowOf('Memory limits', {}).value).toBe('4.29 GB per WASM lane');
    expect(
      rowOf('Memory limits', { deviceMemory: 8 * 2 ** 30, heapLimit: 4_294_705_152 }).value,
    ).toBe('about 8 GB in the device, 4.29 GB of JavaScript, 4.29 GB per WASM lane');
    expect(rowOf('Battery', {}).value).toBe('not reported');
    expect(rowOf('Battery', { battery: { level: 0.5, charging: false } }).value).toBe(
      '50.0%, discharging',
    );
  });

  it('name the WebNN devices that could be used', () => {
    expect(rowOf('WebNN', { webnn: { state: 'present', usable: ['cpu', 'npu'] } })).toMatchObject({
      value: 'cpu and npu',
      state: 'good',
    });
    expect(rowOf('WebNN', { webnn: { state: 'present', usable: [] } }).value).toContain('unusable');
  });
});
