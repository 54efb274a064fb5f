import type { ReactNode } from 'react';
import { percent } from '../../core/format.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import type { Fraction } from '../../core/units.ts';
import styles from './LaneCandidates.module.css';
import { LaneHeading } from './LaneHeading.tsx';
import { useLaneLook } from './wrongLanes.tsx';

interface Candidate {
  readonly label: string;
  readonly probability: Fraction;
}

interface LaneCandidatesProps {
  readonly lane: Lane;
  /** The most probable first; none where the answer holds something that is no number. */
  readonly candidates: readonly Candidate[];
  /** What is to be said above them. */
  readonly children?: ReactNode;
}

/** One lane's most probable classes, each with a bar of its probability. */
export function LaneCandidates({ lane, candidates, children }: LaneCandidatesProps) {
  const { colour } = useLaneLook()(lane);
  return (
    <section className={styles['lane']} data-answers={lane.id}>
      <LaneHeading lane={lane} title={laneTitle(lane)} />
      {children}
      {candidates.length === 0 && <p>Its answer contains something that is not a number.</p>}
      <ol>
        {candidates.map(({ label, probability }) => (
          <li key={label}>
            <span
              className={styles['bar']}
              style={{ width: `${100 * probability}%`, background: colour }}
            />
            <span className={styles['label']}>{label}</span>
            <span>{percent(probability)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Lanes beside each other, where there is room. */
export function LanesBeside({ children }: { readonly children: ReactNode }) {
  return <div className={styles['lanes']}>{children}</div>;
}
