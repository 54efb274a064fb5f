import { beforeEach, describe, expect, it } from 'vitest';
import { type GpuClasses, type GpuLedger, watchGpuBuffers } from './memory.ts';

let device: { createBuffer(descriptor: { size: number }): { destroy(): void }; destroy(): void };
let another: typeof device;
let lose: () => void;
let gpu: GpuLedger;
let destroyed = 0;

beforeEach(() => {
  destroyed = 0;
  class FakeBuffer {
    destroy() {
      destroyed++;
    }
  }
  class FakeDevice {
    readonly lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    createBuffer() {
      return new FakeBuffer();
    }
    destroy() {}
  }
  gpu = watchGpuBuffers({
    GPUDevice: FakeDevice,
    GPUBuffer: FakeBuffer,
  } as unknown as GpuClasses);
  another = new FakeDevice() as unknown as typeof device;
  device = new FakeDevice() as unknown as typeof device;
});

describe('GPU buffers', () => {
  it('count from their creation to their end, and the peak stays', () => {
    const first = device.createBuffer({ size: 100 });
    device.createBuffer({ size: 30 });
    first.destroy();
    device.createBuffer({ size: 50 });
    expect([gpu.live(), gpu.peak()]).toEqual([80, 130]);
  });

  it('end once, and the browser hears of every call', () => {
    const buffer = device.createBuffer({ size: 100 });
    device.createBuffer({ size: 1 });
    buffer.destroy();
    buffer.destroy();
    expect([gpu.live(), destroyed]).toEqual([1, 2]);
  });

  it('end with their device, and no other’s do', () => {
    const buffer = device.createBuffer({ size: 100 });
    another.createBuffer({ size: 7 });
    device.destroy();
    buffer.destroy();
    device.destroy();
    expect([gpu.live(), gpu.peak()]).toEqual([7, 107]);
  });

  it('end when their device is lost', async () => {
    const buffer = device.createBuffer({ size: 100 });
    lose();
    await Promise.resolve();
    expect(gpu.live()).toBe(0);
    buffer.destroy();
    expect(gpu.live()).toBe(0);
  });
});

it('a buffer of another device, made before the watch, is not subtracted', () => {
  const { prototype } = device.createBuffer({ size: 0 }).constructor as { prototype: object };
  (Object.create(prototype) as { destroy(): void }).destroy();
  expect([gpu.live(), destroyed]).toEqual([0, 1]);
});
