/** Fixtures for tests: models, lanes, outputs and records in a few characters each. */
import type { Model, Precision, Variant } from '../models/model.ts';
import type { LaneMemory, LaneOpened } from '../session/runner.ts';
import type { OutputTensor, TensorSpec } from '../tensors/tensors.ts';
import type { Lane } from './lane.ts';
import { emptyLane, type LaneRecord, type RaceRecord } from './record.ts';

const PRECISIONS: readonly Precision[] = ['fp32', 'fp16', 'int8', 'int4'];

/** A variant whose precision is the one that its id begins with. */
export function variant(id: string, more: Partial<Variant> = {}): Variant {
  return {
    id,
    title: id,
    precision: PRECISIONS.find((precision) => id.startsWith(precision)) ?? 'unknown',
    bytes: 1000,
    source: { kind: 'zoo', file: `${id}.onnx`, sha256: '0'.repeat(64) },
    ...more,
  };
}

export function digitModel(...variants: readonly Variant[]): Model {
  const labels = Array.from('0123456789');
  const task = { kind: 'digit', input: 'image', output: 'logits', labels } as const;
  return { id: 'digits', title: 'Digits', sentence: '', task, variants };
}

export function genericModel(...variants: readonly Variant[]): Model {
  const task = { kind: 'generic', seed: 1, inputs: [] } as const;
  return { id: 'custom', title: 'Custom', sentence: '', task, variants };
}

/** `fp32/wasm*`: the variant, the backend (`wasm` has 4 threads, `wasm1` one), `*` the reference. */
export function lane(text: string, more: Partial<Variant> = {}): Lane {
  const [, id = '', kind, threads, star] = /^(.+)\/(wasm|webgpu)(\d*)(\*?)$/.exec(text) ?? [];
  return {
    id: text.replace('*', ''),
    variant: variant(id, more),
    backend: kind === 'webgpu' ? { kind } : { kind: 'wasm', threads: Number(threads || 4) },
    reference: star === '*',
  };
}

export function tensor(name: string, ...data: readonly number[]): OutputTensor {
  return { name, dims: [data.length], data: Float64Array.from(data) };
}

/** One inference's outputs: one tensor of logits. */
export const logits = (...scores: readonly number[]): OutputTensor[] => [
  tensor('logits', ...scores),
];

export const spec = (name: string, type: string, ...shape: readonly (number | string)[]) =>
  ({ name, type, shape }) satisfies TensorSpec;

/** Of a lane on WASM. */
export const MEMORY: LaneMemory = { heap: 1e6, gpu: null, gpuPeak: null };

export function opened(more: Partial<LaneOpened> = {}): LaneOpened {
  return {
    fetched: [],
    runtimeMs: 1,
    runtimeMemory: MEMORY,
    sessionMs: 1,
    inputs: [spec('image', 'float32', 1, 1, 28, 28)],
    outputs: [spec('logits', 'float32', 1, 10)],
    placement: [],
    memory: MEMORY,
    ...more,
  };
}

export const times = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);

/** A lane's record whose turns hold one sample each, from round 0 on. */
export function laneRecord(
  text: string,
  turns: readonly number[],
  more: Partial<LaneRecord> & { readonly variant?: Partial<Variant> } = {},
): LaneRecord {
  const { variant: about, ...rest } = more;
  return {
    ...emptyLane(lane(text, about)),
    state: { name: 'racing' },
    turns: turns.map((ms, round) => ({
      round,
      at: round,
      batch: 1,
      ms: Float64Array.of(ms),
      median: ms,
    })),
    ...rest,
  };
}

export function raceRecord(lanes: readonly LaneRecord[], model?: Model): RaceRecord {
  const variants = lanes.map((one) => one.lane.variant);
  return {
    model: model ?? digitModel(...variants),
    phase: 'rounds',
    progress: 0,
    unlabelled: null,
    lanes,
  };
}
