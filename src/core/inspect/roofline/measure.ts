import type { Backend } from '../../backends/backend.ts';
import { processorOf } from '../../backends/backends.ts';
import type { LaneRunner } from '../../session/runner.ts';
import { quantile, sorted } from '../../stats/quantiles.ts';
import type { Milliseconds } from '../../units.ts';
import type { Ceiling, Ceilings, CeilingUnit } from './ceilings.ts';
import { memoryProbe, type Probe, type ProbePrecision, productProbe } from './probes.ts';

/**
 * Probes from small to large, each 8 to 16 times the work of the one before. Phones stay below,
 * fast GPUs end above; only on WebGPU, which may be played by the CPU, the first is needed.
 */
const products = (precision: ProbePrecision, gpu: boolean): readonly Probe[] => [
  ...(gpu ? [productProbe(precision, 128, 2)] : []),
  productProbe(precision, 256, 4),
  productProbe(precision, 512, 4),
  productProbe(precision, 1024, 4),
  productProbe(precision, 1024, 32),
  productProbe(precision, 2048, 32),
];

/**
 * Past the first, a tensor of 68 MB: more than the last cache of all but a few desktops (96 MB)
 * holds, and no power of two, at which addresses of different tensors collide in caches.
 */
const MEMORY: readonly Probe[] = [
  memoryProbe(4e6, 2),
  memoryProbe(68e6, 2),
  memoryProbe(68e6, 8),
  memoryProbe(68e6, 128),
];

/** Long enough for what surrounds the work, up to 2 ms on WebGPU, not to matter. */
const LONG_ENOUGH: Milliseconds = 20;
/** No single run may take longer, as far as the run before can tell. */
const MAX_MS: Milliseconds = 200;
const WARM: Milliseconds = 100;
const SAMPLING: Milliseconds = 400;
const [MIN_SAMPLES, MAX_SAMPLES] = [6, 40];

/** A lane that runs one probe. */
export interface ProbeLane {
  readonly runner: LaneRunner;
  readonly end: () => void;
}

export interface CeilingOptions {
  readonly backend: Backend;
  /** The runtime's build. */
  readonly build: string;
  /** Whether the GPU computes in float16. */
  readonly shaderF16: boolean;
  readonly start: (probe: Probe) => ProbeLane;
  readonly now: () => Date;
  readonly signal: { throwIfAborted(): void };
}

const clamped = (value: number, low: number, high: number) =>
  Math.min(high, Math.max(low, Math.round(value)));

/** The largest probe that takes no longer than it may, if time grows as the work does. */
function furthest(ladder: readonly Probe[], at: number, ms: Milliseconds): number {
  const { work } = ladder[at] as Probe;
  const last = ladder.findLastIndex((probe) => (probe.work / work) * Math.max(ms, 1) <= MAX_MS);
  return Math.max(at, last);
}

/** Runs a probe in a lane of its own, or says which larger one, at most `top`, should run instead. */
async function samplesOf(
  ladder: readonly Probe[],
  at: number,
  top: number,
  { start, signal }: CeilingOptions,
): Promise<{ readonly next: number } | { readonly ms: Float64Array }> {
  const probe = ladder[at] as Probe;
  signal.throwIfAborted();
  const { runner, end } = start(probe);
  const run = async (repeat: number) => {
    signal.throwIfAborted();
    const request = { slot: 'race', from: 0, count: 1, repeat, batch: 1, keep: false } as const;
    return (await runner.turn(request)).ms;
  };
  try {
    await runner.open();
    await runner.load('race', probe.feeds);
    // The first run compiles shaders and touches memory for the first time.
    await run(1);
    const ms = Math.min(...(await run(2)));
    const next = Math.min(top, furthest(ladder, at, ms));
    if (ms < LONG_ENOUGH && next > at) return { next };
    await run(clamped(WARM / ms, 1, MAX_SAMPLES));
    return { ms: await run(clamped(SAMPLING / ms, MIN_SAMPLES, MAX_SAMPLES)) };
  } finally {
    end();
  }
}

async function measure(
  ladder: readonly Probe[],
  unit: CeilingUnit,
  options: CeilingOptions,
): Promise<Ceiling> {
  let at = 0;
  let below = 0;
  let top = ladder.length - 1;
  for (;;) {
    try {
      const result = await samplesOf(ladder, at, top, options);
      if ('ms' in result) return ceilingOf(ladder[at] as Probe, unit, result.ms);
      below = at;
      at = result.next;
    } catch (thrown) {
      options.signal.throwIfAborted();
      // Too large for this device's memory: from the last one that ran, not so far.
      if (at === below) throw thrown;
      top = at - 1;
      at = below;
    }
  }
}

function ceilingOf({ work, title }: Probe, unit: CeilingUnit, ms: Float64Array): Ceiling {
  // A clock with steps of 1 ms may show less than it took, never nothing.
  const rates = sorted(ms.map((each) => work / Math.max(each, 1e-3) / 1e6));
  return {
    value: quantile(rates, 0.75),
    low: rates[0] as number,
    high: rates.at(-1) as number,
    samples: rates.length,
    unit,
    probe: title,
  };
}

/**
 * Measures what a backend can do: some 5 s on WASM, with several workers' starts; longer on WebGPU, where every probe compiles
 * its shaders. One at a time, while nothing else runs.
 * @throws what the first, smallest probe of any kind rejects with; the signal's reason
 */
export async function measureCeilings(options: CeilingOptions): Promise<Ceilings> {
  const { backend, build, shaderF16, now } = options;
  const gpu = processorOf(backend) === 'gpu';
  const compute: { -readonly [K in keyof Ceilings['compute']]: Ceilings['compute'][K] } = {
    fp32: await measure(products('fp32', gpu), 'GFLOP/s', options),
  };
  if (!gpu) compute.int8 = await measure(products('int8', gpu), 'GOP/s', options);
  else if (shaderF16) compute.fp16 = await measure(products('fp16', gpu), 'GFLOP/s', options);
  const bandwidth = await measure(MEMORY, 'GB/s', options);
  return { backend, build, compute, bandwidth, measuredAt: now().toISOString() };
}
