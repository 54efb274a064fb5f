import { useStore } from 'zustand';
import { percent } from '../../../core/format.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import { answerOf } from '../../../state/bench/answers.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LaneMark } from '../../../ui/parts/LaneMark.tsx';
import type { RaceView } from '../../../ui/parts/raceView.ts';
import { digits } from '../state/digits.ts';
import styles from './DigitAnswers.module.css';

/** What the lanes name the digit that they raced on: what a person who drew one asks first. */
export function DigitAnswers({ view: { record } }: { readonly view: RaceView }) {
  const many = useStore(digits, ({ digit }) => digit.kind === 'sweep');
  const named = record.lanes.flatMap(({ lane }) => {
    const answer = answerOf(record, lane.id);
    return answer ? [{ lane, answer }] : [];
  });
  const labels = [...new Set(named.map(({ answer }) => answer.label ?? '?'))];
  if (many || labels.length === 0) return null;
  return (
    <Card>
      <div className={styles['answer']} data-digit={labels.join(' ')}>
        <b>{labels.join(' or ')}</b>
        <p>
          {labels.length > 1
            ? 'The lanes disagree about this digit.'
            : named.length > 1
              ? 'All lanes agree about this digit.'
              : 'The answer to this digit.'}
          <span className={styles['lanes']}>
            {named.map(({ lane, answer }) => (
              <span key={lane.id} className={styles['lane']}>
                <LaneMark lane={lane} />
                {laneTitle(lane)} {labels.length > 1 && answer.label} {percent(answer.probability)}
              </span>
            ))}
          </span>
        </p>
      </div>
    </Card>
  );
}
