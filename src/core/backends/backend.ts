import type { Variant } from '../models/model.ts';
import type { Milliseconds } from '../units.ts';

/** Where a variant runs. */
export interface Backend {
  /** A registered kind, see `BackendKind`. */
  readonly kind: string;
  /** Threads of the CPU; absent on backends that have none to choose. */
  readonly threads?: number;
  /** The device that is asked for, where a backend has several (cpu, gpu, npu). */
  readonly device?: string;
}

/** What decides which lanes a device can run. */
export interface LaneConditions {
  /** Threads a WASM lane gets: the cores when isolated, else 1. */
  readonly threads: number;
  readonly webgpu: 'hardware' | 'software' | 'missing';
  readonly shaderF16: boolean;
}

/** A backend as a device offers it. */
export interface OfferedBackend {
  readonly backend: Backend;
  /** Part of the ids of lanes, so that it must never change: "wasm", "wasm-1", "webgpu". */
  readonly id: string;
  /** Whether lanes on it are chosen before the user chooses. */
  readonly usual: boolean;
}

/** What tells lanes of one variant apart: the dash of their lines, the inside of their marks. */
export interface LaneLine {
  /** As in SVG's `stroke-dasharray`; empty for none. */
  readonly dash: string;
  readonly fill: 'full' | 'open' | 'dotted';
}

/** Everything that the rest of the product needs to know of one kind of backend. */
export interface BackendKind {
  readonly kind: string;
  /** "WASM", in tables too: two kinds never share one. */
  readonly title: string;
  /** Whose power it draws. */
  readonly processor: 'cpu' | 'gpu';
  /** Whether a number of threads belongs to it. */
  readonly threaded: boolean;
  /** Devices that can be asked for; empty where there is nothing to ask. */
  readonly devices: readonly string[];
  /** Which of the runtime's builds serve it: the small one, or one with a GPU. */
  readonly build: 'cpu' | 'gpu';
  /** Name of the runtime's execution provider, or the name with its options. */
  readonly provider: (
    backend: Backend,
  ) => string | { readonly name: string; readonly deviceType?: string };
  /** Backends of this kind that are offered here, the usual one first. */
  readonly offers: (here: LaneConditions) => readonly OfferedBackend[];
  /** Why nothing runs on it here, as a sentence; null where it is there. */
  readonly missing: (here: LaneConditions) => string | null;
  /** Why a variant cannot run on it here although it is there; null where it can. */
  readonly refuses: (variant: Variant, here: LaneConditions) => string | null;
  /** What is known before a run and would surprise after it, as a sentence; null where nothing is. */
  readonly warning: (variant: Variant, here: LaneConditions) => string | null;
  /** Computes in float16 where the model does; elsewhere it is computed as fp32. */
  readonly float16: boolean;
  /** A kernel below this takes longer to start than to compute. */
  readonly tinyKernel: Milliseconds;
  /** How lanes on it are drawn, each of its backends unlike all others; the variant adds colour and shape. */
  readonly line: (backend: Backend) => LaneLine;
}
