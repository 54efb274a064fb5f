import type { Lane } from '../../core/race/lane.ts';
import styles from './LaneHeading.module.css';
import { LaneMark } from './LaneMark.tsx';

/** A lane's sign and name, above what it answered. */
export function LaneHeading({ lane, title }: { readonly lane: Lane; readonly title: string }) {
  return (
    <h3 className={styles['name']}>
      <LaneMark lane={lane} /> {title}
    </h3>
  );
}
