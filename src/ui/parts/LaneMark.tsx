import type { Lane } from '../../core/race/lane.ts';
import { MarkShape } from './MarkShape.tsx';
import { useLaneLook } from './wrongLanes.tsx';

/** A lane's sign: a piece of its line with its marker. Decorative: the name stands beside it. */
export function LaneMark({ lane }: { lane: Lane }) {
  const { colour, dash, shape, fill } = useLaneLook()(lane);
  return (
    <svg
      width="1.75rem"
      height="0.875rem"
      viewBox="0 -7 28 14"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d="M0 0h28" stroke={colour} strokeWidth="2.4" strokeDasharray={dash} />
      <MarkShape shape={shape} fill={fill} colour={colour} x={14} />
    </svg>
  );
}
