import type { Backend, BackendKind, LaneConditions } from '../backends/backend.ts';
import { backendKinds, backendTitle } from '../backends/backends.ts';
import { type Model, referenceVariant, type Variant } from '../models/model.ts';

/** One variant on one backend. */
export interface Lane {
  readonly id: string;
  readonly variant: Variant;
  readonly backend: Backend;
  /** fp32 on WASM: the lane whose answers and speed the others are held against. */
  readonly reference: boolean;
}

export function laneTitle(lane: Lane): string {
  return `${lane.variant.title}, ${backendTitle(lane.backend)}`;
}

/** In a sentence: "int8 on WASM". */
export const laneName = ({ variant, backend }: Lane): string =>
  `${variant.title} on ${backendTitle(backend)}`;

/** A lane that can be chosen, or a sentence why not. */
export interface LaneOffer {
  readonly lane: Lane;
  readonly preselected: boolean;
  /** Why it cannot run here; null when it can. */
  readonly blocked: string | null;
  /** What is known before the run and would surprise after it. */
  readonly warning: string | null;
}

/**
 * Of the forms that lie ready those that may be faster: not one that the backend computes as
 * another, and not the reference over again. Whoever drops a file wants to race it.
 */
const isWorthRacing = (
  { source, precision }: Variant,
  { float16 }: BackendKind,
  compared: Variant | null,
): boolean =>
  source.kind === 'dropped' ||
  ((precision !== 'fp16' || float16) && precision !== compared?.precision);

/** Every lane of a model on this device, the reference first, sensible ones preselected. */
export function offerLanes(model: Model, here: LaneConditions): LaneOffer[] {
  const first = referenceVariant(model);
  return backendKinds().flatMap((kind, rank) => {
    const offered = kind.offers(here);
    const missing = kind.missing(here);
    return model.variants.flatMap((variant) =>
      offered.map(({ backend, id, usual }, i): LaneOffer => {
        const reference = rank === 0 && i === 0 && variant === first;
        const blocked = missing ?? kind.refuses(variant, here);
        const warning = kind.warning(variant, here);
        const worth = reference || isWorthRacing(variant, kind, rank === 0 ? first : null);
        return {
          lane: { id: `${variant.id}-${id}`, variant, backend, reference },
          preselected: usual && worth && blocked === null && warning === null,
          blocked,
          warning,
        };
      }),
    );
  });
}
