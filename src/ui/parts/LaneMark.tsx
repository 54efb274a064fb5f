import type { Lane } from '../../core/race/lane.ts';
import { useLaneLook } from './wrongLanes.tsx';

/** A lane's sign: a piece of its line with its marker. Decorative: the name stands beside it. */
export function LaneMark({ lane }: { lane: Lane }) {
  const { colour, dash, shape, open } = useLaneLook()(lane);
  const fill = open ? 'var(--card)' : colour;
  const marker =
    shape === 'triangle' ? (
      <path d="M14 1.5l5 9H9z" fill={fill} stroke={colour} strokeWidth="1.6" />
    ) : (
      <circle cx="14" cy="6.5" r="3.8" fill={fill} stroke={colour} strokeWidth="1.6" />
    );
  return (
    <svg width="28" height="13" viewBox="0 0 28 13" aria-hidden="true" focusable="false">
      <path d="M0 6.5h28" stroke={colour} strokeWidth="2.4" strokeDasharray={dash} />
      {marker}
    </svg>
  );
}
