import type { LaneLine } from '../../core/backends/backend.ts';
import { backendKind } from '../../core/backends/backends.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { Shape, Tone, VariantLook } from '../../core/race/looks.ts';

/** One encoding everywhere: colour and shape are the variant, dash and fill are the backend. */
export interface LaneStyle extends LaneLine {
  readonly colour: string;
  readonly shape: Shape;
}

export const toneColour = (tone: Tone): string => `var(--${tone})`;

export const laneStyle = ({ backend }: Lane, { tone, shape }: VariantLook): LaneStyle => ({
  ...backendKind(backend).line(backend),
  colour: toneColour(tone),
  shape,
});
