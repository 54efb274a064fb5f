import type { LaneMemory } from '../../core/session/runner.ts';
import type { Bytes } from '../../core/units.ts';

/** The runtime's heap: the runtime does not hand it out, so its creation is watched. */
let heap: WebAssembly.Memory | null = null;
let gpu: GpuLedger | null = null;

function watchHeap(): void {
  const Original = WebAssembly.Memory;
  class WatchedMemory extends Original {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      // Feature tests create memories too, but none that may grow.
      if ((descriptor.maximum ?? 0) > descriptor.initial) heap = this;
    }
  }
  WebAssembly.Memory = WatchedMemory;
}

/** What GPU buffers hold, as asked for: drivers round up, and tell nobody. */
export interface GpuLedger {
  readonly live: () => Bytes;
  /** The most that lived at once since the watch began. */
  readonly peak: () => Bytes;
}

/** The classes whose methods are wrapped; a worker's globals are such. */
export interface GpuClasses {
  readonly GPUDevice: Pick<typeof GPUDevice, 'prototype'>;
  readonly GPUBuffer: Pick<typeof GPUBuffer, 'prototype'>;
}

/**
 * Counts buffers from now on. One ends when it is destroyed, with its device (destroyed or
 * lost), or when nothing refers to it any more and it is collected. A buffer mapped at its
 * creation counts like any other, since it lies in the GPU process too. Textures are not
 * counted: the runtime makes none (1.30: no build's glue calls createTexture).
 */
export function watchGpuBuffers({ GPUDevice, GPUBuffer }: GpuClasses): GpuLedger {
  const { createBuffer, destroy: destroyDevice } = GPUDevice.prototype;
  const { destroy: destroyBuffer } = GPUBuffer.prototype;
  interface Tally {
    held: Bytes;
  }
  const tallies = new WeakMap<GPUDevice, Tally>();
  const owned = new WeakMap<GPUBuffer, { readonly tally: Tally; readonly size: Bytes }>();
  let live: Bytes = 0;
  let peak: Bytes = 0;

  const change = (tally: Tally, by: Bytes) => {
    // What is left of a device that is gone was given back with it.
    const applied = Math.max(by, -tally.held);
    tally.held += applied;
    live += applied;
    peak = Math.max(peak, live);
  };
  const endAll = (tally: Tally) => change(tally, -tally.held);
  const tallyOf = (device: GPUDevice): Tally => {
    const known = tallies.get(device);
    if (known) return known;
    const tally = { held: 0 };
    tallies.set(device, tally);
    void device.lost.then(() => endAll(tally));
    return tally;
  };
  const collected = new FinalizationRegistry<{ readonly tally: Tally; readonly size: Bytes }>(
    ({ tally, size }) => change(tally, -size),
  );

  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    const entry = { tally: tallyOf(this), size: descriptor.size };
    owned.set(buffer, entry);
    collected.register(buffer, entry, buffer);
    change(entry.tally, entry.size);
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    const entry = owned.get(this);
    if (entry) {
      owned.delete(this);
      collected.unregister(this);
      change(entry.tally, -entry.size);
    }
    return destroyBuffer.call(this);
  };
  GPUDevice.prototype.destroy = function () {
    endAll(tallyOf(this));
    return destroyDevice.call(this);
  };
  return { live: () => live, peak: () => peak };
}

/** Must run before the runtime is imported: it takes its own references to what is wrapped. */
export function watchMemory(): void {
  watchHeap();
  if (typeof GPUDevice !== 'undefined') gpu = watchGpuBuffers(globalThis);
}

/** The lane's memory now. `buffer` is read anew each time, because growing replaces it. */
export function readMemory(onGpu: boolean): LaneMemory {
  return {
    heap: heap?.buffer.byteLength ?? 0,
    gpu: onGpu ? (gpu?.live() ?? 0) : null,
    gpuPeak: onGpu ? (gpu?.peak() ?? 0) : null,
  };
}
