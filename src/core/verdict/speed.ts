import { unpacksWeights } from '../backends/fallbacks.ts';
import { duration, figure } from '../format.ts';
import { speedWords } from '../stats/speedWords.ts';
import { againstFp32, named } from './answers.ts';
import type { Rule } from './verdict.ts';

export const weightsOnly: Rule = ({ figures }) =>
  figures.flatMap((lane) => {
    const { variant, backend } = lane.lane;
    if (backend.kind !== 'wasm' || !unpacksWeights(variant)) return [];
    return [
      {
        rule: 'weights-only',
        lane: lane.lane.id,
        severity: 'slow' as const,
        sentence: `${named(lane)} stores small weights and unpacks them to float in every run: a smaller download, not a faster run${againstFp32(lane)}.`,
        advice: 'For speed on WASM, use static int8, which computes in integers.',
        remedy: { kind: 'open', path: '/compress', title: 'Make static int8' } as const,
      },
    ];
  });

export const smallerNotFaster: Rule = ({ figures }) =>
  figures.flatMap((lane) => {
    const { precision } = lane.lane.variant;
    if (precision === 'fp32' || precision === 'unknown' || !lane.speedup) return [];
    // Says of itself why: see `halfOnWasm`.
    if (precision === 'fp16' && lane.lane.backend.kind === 'wasm') return [];
    const { speed, interval } = speedWords(lane.speedup);
    if (speed === 'faster' || speed === 'unclear' || unpacksWeights(lane.lane.variant)) return [];
    return [
      {
        rule: 'smaller-not-faster',
        lane: lane.lane.id,
        severity: 'slow' as const,
        sentence: `${named(lane)} is ${speed === 'same' ? 'no faster than' : 'slower than'} fp32 on WASM (${interval}): its narrower types shrank the file, not the time.`,
        advice:
          'Look inside to see which nodes ran in int8 and what takes the time. Auto on Compress leaves those nodes in float that are faster that way.',
        remedy: { kind: 'look-inside', lane: lane.lane.id } as const,
      },
    ];
  });

/** A GPU pays per kernel it is sent, whatever the kernel does. */
export const gpuSlower: Rule = ({ figures, device }) => {
  if (device.softwareGpu) return [];
  return figures.flatMap((lane) => {
    const { backend, variant } = lane.lane;
    const onWasm = figures.find(
      (other) => other.lane.backend.kind === 'wasm' && other.lane.variant.id === variant.id,
    );
    if (backend.kind !== 'webgpu' || !lane.steady || !onWasm?.steady) return [];
    const times = lane.steady.median / onWasm.steady.median;
    if (times < 1.1) return [];
    return [
      {
        rule: 'gpu-slower',
        lane: lane.lane.id,
        severity: 'slow' as const,
        sentence: `${named(lane)} takes ${figure(times)} times as long as on WASM: dispatching kernels to the GPU and reading the answer back costs more than this model’s arithmetic.`,
        advice: 'Look inside, or give the GPU more work at a time: a larger model or batch.',
        remedy: { kind: 'look-inside', lane: lane.lane.id } as const,
      },
    ];
  });
};

/** A first run this many times as long as the others is worth a word. */
const FAR_ABOVE = 20;

export const slowFirstRun: Rule = ({ figures }) =>
  figures.flatMap((lane) => {
    if (!lane.steady || lane.first === null || lane.first < 20) return [];
    const times = lane.first / lane.steady.median;
    if (times < FAR_ABOVE) return [];
    return [
      {
        rule: 'slow-first-run',
        lane: lane.lane.id,
        severity: 'slow' as const,
        sentence: `The first run of ${named(lane)} took ${duration(lane.first)}, ${figure(times)} times the median: ${lane.lane.backend.kind === 'webgpu' ? 'shaders were compiled' : 'code was compiled and memory touched for the first time'}.`,
        advice: 'Run the model once with any input before a user waits for it.',
        remedy: null,
      },
    ];
  });
