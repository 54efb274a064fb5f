import type { BackendKind } from '../../core/backends/backend.ts';
import { backendKind } from '../../core/backends/backends.ts';
import { expectedFallbacks } from '../../core/backends/fallbacks.ts';
import type { Precision } from '../../core/models/model.ts';
import type { Lane } from '../../core/race/lane.ts';

/** One encoding everywhere: colour is precision, shape and dash are the backend. */
export interface LaneStyle {
  readonly colour: string;
  readonly dash: string;
  readonly shape: BackendKind['mark']['shape'];
  /** Weights-only variants and single threads are drawn open: same colour, less inside. */
  readonly open: boolean;
}

export const PRECISION_COLOURS: Readonly<Record<Precision, string>> = {
  fp32: 'var(--fp32)',
  fp16: 'var(--fp16)',
  int8: 'var(--int8)',
  int4: 'var(--int4)',
  unknown: 'var(--unknown)',
};

export function laneStyle({ variant, backend }: Lane): LaneStyle {
  const { mark } = backendKind(backend);
  const single = backend.threads === 1;
  const weightsOnly = variant.precision !== 'fp32' && !expectedFallbacks(variant);
  return {
    colour: PRECISION_COLOURS[variant.precision],
    dash: single ? '1.5 3' : mark.dash,
    shape: mark.shape,
    open: weightsOnly || single,
  };
}
