import { backendKind, processorOf } from '../backends/backends.ts';
import { count, duration, figure, percent } from '../format.ts';
import type { CostedNode, NodeArithmetic } from '../inspect/profile/executed.ts';
import type { Ceilings } from '../inspect/roofline/ceilings.ts';
import { type Limit, leastMs, limitOf, roofOf } from '../inspect/roofline/roofline.ts';
import type { Milliseconds } from '../units.ts';
import { named } from './answers.ts';
import { costedOf, msOf, ofInside } from './inside.ts';

/** From this share of what the device can do on, the device itself is the limit. */
const AT_THE_ROOF = 0.5;
/**
 * A node that takes no longer than this does hardly more than start. On WASM one of a chain of 200
 * took 0.3 µs, of 40 0.6 µs (onnxruntime-web 1.30, one thread, a server's core); ten times that
 * leaves room for phones and for threads that must be woken. On WebGPU encoding and submitting a
 * kernel takes some tens of µs; it was not measured here on a real GPU.
 */
/** Nothing is faster than the device: where it seems so, its ceilings were measured at a bad time. */
const ABOVE_THE_ROOF = 1.25;
/** A GPU that is busy for less than this share of a run waits for its orders. */
const IDLE = 0.5;

/** The least time that the device needs for the arithmetic and the bytes of all nodes, by limit. */
function leastOf(costed: readonly CostedNode[], ceilings: Ceilings) {
  const least: Record<Limit, Milliseconds> = { compute: 0, memory: 0 };
  const flops: Record<NodeArithmetic, number> = { fp32: 0, fp16: 0, int8: 0 };
  for (const { cost, arithmetic } of costed) {
    const own = ceilings.compute[arithmetic] ? arithmetic : 'fp32';
    const roof = roofOf(ceilings, own);
    if (!cost || !roof || cost.flops + cost.read + cost.written === 0) continue;
    least[limitOf(roof, cost)] += leastMs(roof, cost);
    flops[own] += cost.flops;
  }
  const mostly = flops.int8 > flops.fp32 ? 'int8' : flops.fp16 > flops.fp32 ? 'fp16' : 'fp32';
  return { least, mostly } as const;
}

/** "measured here: 12 GFLOP/s in fp32, 6.5 GB/s" */
function ceilingsText({ compute, bandwidth }: Ceilings, arithmetic: NodeArithmetic): string {
  const { value, unit } = compute[arithmetic] ?? compute.fp32;
  return `measured here: ${figure(value)} ${unit} in ${arithmetic}, ${figure(bandwidth.value)} ${bandwidth.unit}`;
}

/** What holds a lane back: the device's arithmetic, its memory, starting kernels, or the kernels. */
export const bound = ofInside((lane, inside, { device }) => {
  const { backend } = lane.lane;
  // A processor that plays GPU says nothing about one.
  if (processorOf(backend) === 'gpu' && device.softwareGpu) return null;
  const { profile, plainMs, ceilings } = inside;
  const costed = costedOf(inside);
  const about = (rule: string, severity: 'slow' | 'note', sentence: string, advice: string) =>
    ({ rule, lane: lane.lane.id, severity, sentence, advice, remedy: null }) as const;
  const runs = Math.max(1, profile.runs.length);
  const started = profile.nodes.reduce((sum, node) => sum + node.count / runs, 0);
  const each = started > 0 ? plainMs / started : 0;
  const starting = `it starts ${count(started)} nodes in each run, ${duration(each)} for each`;
  if (profile.gpuMs !== null && profile.gpuMs < IDLE * plainMs) {
    return about(
      'dispatch-bound',
      'slow',
      `${named(lane)} is dispatch-bound: the GPU is busy for ${duration(profile.gpuMs)} of the ${duration(plainMs)} that a run takes; ${starting}, and the answer is read back.`,
      'Give the GPU more work at a time: a larger batch or model. For one small input, WASM may be faster.',
    );
  }
  if (!ceilings) return null;
  const { least, mostly } = leastOf(costed, ceilings);
  const share = (least.compute + least.memory) / plainMs;
  const measured = ceilingsText(ceilings, mostly);
  if (share > ABOVE_THE_ROOF) {
    return about(
      'above-the-roof',
      'note',
      `What limits ${named(lane)} cannot be determined: it runs ${figure(share)} times as fast as this device’s ceilings allow (${measured}), so something else ran when they were measured.`,
      'Close other programs, measure the device again on Inspect, and look again.',
    );
  }
  if (share >= AT_THE_ROOF) {
    const limit: Limit = least.compute >= least.memory ? 'compute' : 'memory';
    const part = least[limit] / (least.compute + least.memory);
    return about(
      `${limit}-bound`,
      'note',
      `${named(lane)} is ${limit}-bound: at its best this device needs about ${share >= 1 ? 'all' : percent(share)} of the time it takes, ${percent(part)} of that for ${limit === 'compute' ? 'arithmetic' : 'reading and writing memory'} (${measured}).`,
      limit === 'compute'
        ? 'Fewer or cheaper operations make it faster: int8, pruned channels, a smaller model.'
        : 'Fewer bytes make it faster: narrower types, fused operators, smaller activations.',
    );
  }
  if (each < backendKind(backend).tinyKernel) {
    return about(
      'dispatch-bound',
      'slow',
      `${named(lane)} is dispatch-bound: ${starting}, while its arithmetic and memory need ${percent(share)} of the time at best (${measured}).`,
      'Narrower types will not make it faster; fewer nodes, or several inputs at a time, will.',
    );
  }
  const [top] = [...costed].sort((a, b) => b.executed.ms - a.executed.ms);
  const most = top
    ? ` Most of it goes into ${top.executed.operator} “${top.file?.name || top.executed.name}”, ${percent(top.executed.ms / msOf(costed))} of the time.`
    : '';
  return about(
    'below-the-roof',
    'note',
    `${named(lane)} is limited by its kernels: arithmetic and memory need only ${percent(share)} of its time at best (${measured}).${most}`,
    'Inspect shows its slowest nodes below the roofline; other variants run other kernels.',
  );
});
