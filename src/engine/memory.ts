import type { LaneMemory } from '../core/race/runner.ts';
import type { Bytes } from '../core/units.ts';

/** The runtime's heap: the runtime does not hand it out, so its creation is watched. */
let heap: WebAssembly.Memory | null = null;
let gpuLive: Bytes = 0;
let gpuPeak: Bytes = 0;

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

function watchGpuBuffers(): void {
  if (typeof GPUDevice === 'undefined') return;
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const live = new WeakMap<GPUBuffer, Bytes>();
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    live.set(buffer, descriptor.size);
    gpuLive += descriptor.size;
    gpuPeak = Math.max(gpuPeak, gpuLive);
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    gpuLive -= live.get(this) ?? 0;
    live.delete(this);
    return destroy.call(this);
  };
}

/** Must run before the runtime is imported: it takes its own references to what is wrapped. */
export function watchMemory(): void {
  watchHeap();
  watchGpuBuffers();
}

/** The lane's memory now. `buffer` is read anew each time, because growing replaces it. */
export function readMemory(onGpu: boolean): LaneMemory {
  return {
    heap: heap?.buffer.byteLength ?? 0,
    gpu: onGpu ? gpuLive : null,
    gpuPeak: onGpu ? gpuPeak : null,
  };
}
