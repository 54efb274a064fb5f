import { unreachable } from '../../core/errors.ts';
import { bytes, count, list, memoryChips, percent } from '../../core/format.ts';
import type { DeviceFacts, GpuFacts } from '../../engine/device/devices.ts';

/** One line of the device panel. */
export interface DeviceRow {
  readonly title: string;
  readonly value: string;
  /** `lacking` costs something; `info` is neither good nor bad. */
  readonly state: 'good' | 'lacking' | 'info';
  /** What the lack costs and how to get it, or what the value means. */
  readonly note: string;
}

const timer = (ms: number) =>
  ms < 1 ? `${Number((ms * 1000).toPrecision(2))} µs` : `${Number(ms.toPrecision(2))} ms`;

/** "8 threads, WebGPU, 5 µs timer" */
export function deviceLine({ threads, gpu, timerStep }: DeviceFacts): string {
  const kinds = { hardware: 'WebGPU', software: 'software WebGPU', missing: 'no WebGPU' };
  return `${threads} ${threads === 1 ? 'thread' : 'threads'}, ${kinds[gpu.state]}, ${timer(timerStep)} timer`;
}

function isolationRow({ isolated, secure }: DeviceFacts): DeviceRow {
  return {
    title: 'Cross-origin isolation',
    value: isolated ? 'yes' : 'no',
    state: isolated ? 'good' : 'lacking',
    note: isolated
      ? 'Enables threads, a fine clock and memory measurement.'
      : `Without it there is 1 thread instead of one per core, and only a coarse clock. ${
          secure
            ? 'The host must send COOP and COEP headers, or allow the service worker that adds them; then reload once.'
            : 'Open the page over https, or on localhost.'
        }`,
  };
}

function threadsRow({ threads, cores, isolated }: DeviceFacts): DeviceRow {
  const lacking = threads < cores;
  return {
    title: 'WASM threads',
    value: `${threads} of ${cores} cores`,
    state: lacking ? 'lacking' : 'good',
    note:
      lacking && !isolated
        ? 'Threads are off because the page is not cross-origin isolated: WASM is slower than it could be.'
        : 'Every WASM lane may use all of them. The number is what the browser reports.',
  };
}

function simdRow({ simd, relaxedSimd }: DeviceFacts): DeviceRow {
  return {
    title: 'SIMD',
    value: simd ? (relaxedSimd ? 'yes, relaxed too' : 'yes') : 'no',
    state: simd ? 'good' : 'lacking',
    note: simd
      ? '128-bit vectors; the runtime’s kernels do not use relaxed instructions yet.'
      : 'The runtime needs it: WASM lanes will not start. Update the browser.',
  };
}

function gpuRow(gpu: GpuFacts): DeviceRow {
  switch (gpu.state) {
    case 'missing':
      return {
        title: 'WebGPU',
        value: 'no',
        state: 'lacking',
        note: `${gpu.why} Without it there are no GPU lanes. Chrome, Edge, Safari 26 and Firefox 141 support it on most systems.`,
      };
    case 'software':
      return {
        title: 'WebGPU',
        value: `software adapter: ${gpu.name}`,
        state: 'lacking',
        note: 'The CPU stands in for the GPU: answers are right, but speeds say nothing about a GPU. Turn on hardware acceleration in the browser’s settings, or update the graphics driver.',
      };
    case 'hardware':
      return {
        title: 'WebGPU',
        value: gpu.name,
        state: 'good',
        note: `Largest buffer ${bytes(gpu.largestBuffer)}; GPU timestamps: ${gpu.timestamps ? 'yes' : 'no'}.`,
      };
    default:
      return unreachable(gpu);
  }
}

function halfRow(gpu: GpuFacts): DeviceRow {
  const has = gpu.state !== 'missing' && gpu.shaderF16;
  return {
    title: 'shader-f16',
    value: has ? 'yes' : 'no',
    state: has || gpu.state === 'missing' ? (has ? 'good' : 'info') : 'lacking',
    note: has
      ? 'fp16 models can run on this GPU.'
      : 'Without it, fp16 models do not run on the GPU; use fp32 or int8 weights there.',
  };
}

function webnnRow({ webnn }: DeviceFacts): DeviceRow {
  const usable = webnn.state === 'present' ? webnn.usable : [];
  return {
    title: 'WebNN',
    value:
      usable.length > 0 ? list(usable) : webnn.state === 'present' ? 'present but unusable' : 'no',
    state: usable.length > 0 ? 'good' : 'info',
    note:
      usable.length > 0
        ? 'A context could be created for these requested device types; browsers do not report which device they really use. Not raced yet.'
        : webnn.state === 'present'
          ? 'The interface exists, but no context could be created for cpu, gpu or npu.'
          : 'The only way for a page to use an NPU; behind a flag in Chrome and Edge.',
  };
}

function timerRow({ timerStep, isolated }: DeviceFacts): DeviceRow {
  const coarse = timerStep > 0.02;
  return {
    title: 'Clock resolution',
    value: timer(timerStep),
    state: coarse ? 'lacking' : 'good',
    note: coarse
      ? `Short inferences are timed several at a time, so that the resolution adds at most 4%; single spikes are averaged out.${isolated ? '' : ' Isolation would make the clock finer.'}`
      : 'Measured here by watching performance.now() change.',
  };
}

function memoryRow({ deviceMemory, heapLimit }: DeviceFacts): DeviceRow {
  const parts = [
    deviceMemory !== null ? `${memoryChips(deviceMemory)} in the device` : null,
    heapLimit !== null ? `${bytes(heapLimit)} of JavaScript` : null,
    '4.29 GB per WASM lane',
  ].filter((part) => part !== null);
  return {
    title: 'Memory limits',
    value: parts.join(', '),
    state: 'info',
    note: 'Device memory as the browser reports it, rounded and capped. A WASM heap is limited to 4 GiB, on phones to much less.',
  };
}

function batteryRow({ battery }: DeviceFacts): DeviceRow {
  return {
    title: 'Battery',
    value: battery
      ? `${percent(battery.level)}, ${battery.charging ? 'charging' : 'discharging'}`
      : 'not reported',
    state: 'info',
    note: battery
      ? 'On battery, many devices lower their clock speed: compare like with like.'
      : 'There is no battery, or the browser hides it (only Chromium-based browsers report it).',
  };
}

/** Everything found, in the order in which it matters for a race. */
export function deviceRows(facts: DeviceFacts): DeviceRow[] {
  return [
    isolationRow(facts),
    threadsRow(facts),
    gpuRow(facts.gpu),
    halfRow(facts.gpu),
    webnnRow(facts),
    simdRow(facts),
    {
      title: 'JSPI',
      value: facts.jspi ? 'yes' : 'no',
      state: facts.jspi ? 'good' : 'info',
      note: facts.jspi
        ? 'WebGPU lanes load the 17 MB build of the runtime.'
        : 'WebGPU lanes load the 27 MB build of the runtime instead of the 17 MB one.',
    },
    timerRow(facts),
    memoryRow(facts),
    batteryRow(facts),
    {
      title: 'Browser',
      value: `${facts.browser}, ${count(facts.cores)} cores`,
      state: 'info',
      note: 'Browsers may report fewer cores than there are.',
    },
  ];
}
