import { bytes, figure } from '../format.ts';
import { againstFp32, named } from './answers.ts';
import type { Rule } from './verdict.ts';

/** onnxruntime's CPU kernels compute half precision as float32, with a Cast before and after. */
export const halfOnWasm: Rule = ({ figures }) =>
  figures.flatMap((lane) => {
    const { variant, backend } = lane.lane;
    if (variant.precision !== 'fp16' || backend.kind !== 'wasm') return [];
    return [
      {
        rule: 'half-on-wasm',
        lane: lane.lane.id,
        severity: 'slow' as const,
        sentence: `${named(lane)} computes in fp32: WASM has no half-precision arithmetic, so values are converted back and forth${againstFp32(lane)}.`,
        advice: 'fp16 halves the download, and the time on GPUs with shader-f16; race it there.',
        remedy: null,
      },
    ];
  });

/** Below this nobody runs out of memory. */
const MUCH = 100e6;
/** A model inside its file lies in memory about three times while it is read (294 MB took 841). */
const TIMES = 4;

export const memoryPeak: Rule = ({ record }) =>
  record.lanes.flatMap(({ lane, ledger: { runtime, running, first } }) => {
    const last = running ?? first;
    if (!runtime || !last) return [];
    const taken = last.heap - runtime.heap;
    if (taken < MUCH || taken < TIMES * lane.variant.bytes) return [];
    return [
      {
        rule: 'memory-peak',
        lane: lane.id,
        severity: 'note' as const,
        sentence: `${lane.variant.title} took ${bytes(taken)} of memory for a model of ${bytes(lane.variant.bytes)}, ${figure(taken / lane.variant.bytes)} times as much, and a WASM heap releases nothing.`,
        advice:
          'Store weights as external data beside the model, and use small inputs: the rest is activations.',
        remedy: null,
      },
    ];
  });
