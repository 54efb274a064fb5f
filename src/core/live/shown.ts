import { unreachable } from '../errors.ts';
import type { Picture } from '../pictures/picture.ts';
import type { Square } from '../pictures/resize.ts';

/** A small picture in shades of grey, a byte for each pixel. */
export interface Inset {
  readonly side: number;
  readonly ink: Uint8Array;
}

/** What a person sees of a frame. */
export type LiveShown =
  | {
      readonly kind: 'picture';
      readonly picture: Picture;
      /** The part that the network sees; null where it sees all. */
      readonly seen: Square | null;
      /** As the network sees it, where that is not the picture; null where it is, or was not found. */
      readonly inset: Inset | null;
    }
  | {
      readonly kind: 'sound';
      /** The frame's new samples, -1..1. */
      readonly samples: Float32Array;
      /** The last second, this frame included; a copy, made when asked for. */
      readonly recent: () => Float32Array;
      /** Whether somebody speaks in it; null where nobody knows. */
      readonly speech: boolean | null;
    };

/** What stays of a frame on which lanes disagreed. */
export type LiveKept =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'sound'; readonly samples: Float32Array };

/** The longer side of a picture that is kept, in pixels. */
const KEPT_SIDE = 160;

/** A picture small enough to keep: every nth pixel, the longer side at most 160 pixels. */
export function smallPicture({ width, height, data }: Picture): Picture {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / KEPT_SIDE));
  const across = Math.max(1, Math.floor(width / step));
  const down = Math.max(1, Math.floor(height / step));
  const out = new Uint8ClampedArray(4 * across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const from = 4 * (y * step * width + x * step);
      out.set(data.subarray(from, from + 4), 4 * (y * across + x));
    }
  }
  return { width: across, height: down, data: out };
}

export function keptOf(shown: LiveShown): LiveKept {
  switch (shown.kind) {
    case 'picture':
      return { kind: 'picture', picture: smallPicture(shown.picture) };
    case 'sound':
      return { kind: 'sound', samples: shown.recent() };
    default:
      return unreachable(shown);
  }
}
