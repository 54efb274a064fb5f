import type { Backend } from '../backends/backend.ts';
import { deviceKey } from '../backends/backends.ts';
import { memoryProbe, type Probe, productProbe } from '../inspect/roofline/probes.ts';
import type { Model, Precision, Variant } from '../models/model.ts';
import type { Lane } from '../race/lane.ts';
import type { Bytes } from '../units.ts';
import { variantKey } from './calibration.ts';

/** Something to run under a meter: its arithmetic and bytes are known, and unlike the others'. */
export interface EnergyLoad {
  readonly id: string;
  /** "Digits fp32" */
  readonly title: string;
  /** What it keeps busy. */
  readonly keeps: string;
  readonly lane: Lane;
  /** See `variantKey`; null for a probe. */
  readonly variant: string | null;
  /** Of one inference. */
  readonly macs: number | null;
  readonly bytes: Bytes | null;
  /** Null for a model of the bench. */
  readonly probe: Probe | null;
}

export interface LoadConditions {
  readonly threads: number;
  /** A GPU of its own: one that the CPU plays is the CPU. */
  readonly gpu: boolean;
}

const idOf = (name: string, backend: Backend): string =>
  `${name}-${deviceKey(backend)}${backend.threads ?? ''}`;

function modelLoad(model: Model, variant: Variant, backend: Backend, keeps: string): EnergyLoad {
  const id = idOf(`${model.id}-${variant.id}`, backend);
  return {
    id,
    title: `${model.title} ${variant.title}`,
    keeps,
    lane: { id, variant, backend, reference: true },
    variant: variantKey(model, variant),
    macs: model.macs ?? null,
    // Weights, read once: as for every lane of a race.
    bytes: variant.bytes,
    probe: null,
  };
}

function probeLoad(
  name: string,
  title: string,
  keeps: string,
  precision: Precision,
  backend: Backend,
  probe: Probe,
  work: { readonly macs: number; readonly bytes: Bytes },
): EnergyLoad {
  const id = idOf(name, backend);
  const source = { kind: 'dropped', file: `${name}.onnx` } as const;
  const variant = { id: name, title, precision, bytes: 0, source };
  const lane = { id, variant, backend, reference: true };
  return { id, title, keeps, lane, variant: null, ...work, probe };
}

/** Sides and repetitions of the products: some 30 ms on two cores, less on faster ones. */
const [SIDE, TIMES] = [512, 4];
/** Three matrices each time: two read, one written. */
const productBytes = (each: Bytes) => 3 * SIDE ** 2 * TIMES * each;
/** More than the last cache of most devices holds. */
const STREAM: Bytes = 68e6;

function productLoad(precision: 'fp32' | 'int8', backend: Backend): EnergyLoad {
  const probe = productProbe(precision, SIDE, TIMES);
  const bytes = productBytes(precision === 'fp32' ? 4 : 1);
  return probeLoad(
    `product-${precision}`,
    `${precision} matrix products`,
    'the arithmetic',
    precision,
    backend,
    probe,
    { macs: probe.work / 2, bytes },
  );
}

function streamLoad(backend: Backend): EnergyLoad {
  const probe = memoryProbe(STREAM, 2);
  const work = { macs: 0, bytes: probe.work };
  return probeLoad('stream', 'Memory stream', 'the memory', 'fp32', backend, probe, work);
}

/**
 * Loads of different arithmetic for each byte, on every backend that there is; first the ones that
 * tell most. A model that the user races can be put under the meter itself.
 * @param digits the zoo's small model; null where the zoo could not be had
 * @param own the bench's model, where it is another one
 */
export function loadsFor(
  digits: Model | null,
  own: Model | null,
  { threads, gpu }: LoadConditions,
): readonly EnergyLoad[] {
  const all: Backend = { kind: 'wasm', threads };
  const one: Backend = { kind: 'wasm', threads: 1 };
  const small = (model: Model, id: string, backend: Backend, keeps: string) => {
    const variant = model.variants.find((each) => each.id === id);
    return variant ? [modelLoad(model, variant, backend, keeps)] : [];
  };
  const both = 'a bit of everything';
  const wasm = [
    ...(digits ? small(digits, 'fp32', all, both) : []),
    productLoad('fp32', all),
    streamLoad(all),
    ...(digits ? small(digits, 'int8', all, `${both}, in int8`) : []),
    productLoad('int8', all),
    ...(threads > 1 && digits ? small(digits, 'fp32', one, 'one core only') : []),
  ];
  const webgpu: Backend = { kind: 'webgpu' };
  const onGpu = gpu
    ? [
        ...(digits ? small(digits, 'fp32', webgpu, both) : []),
        productLoad('fp32', webgpu),
        streamLoad(webgpu),
      ]
    : [];
  const owned = own
    ? own.variants.slice(0, 2).map((variant) => modelLoad(own, variant, all, 'your own model'))
    : [];
  return [...wasm, ...onGpu, ...owned];
}
