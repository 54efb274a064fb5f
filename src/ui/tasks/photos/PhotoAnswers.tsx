import { useEffect } from 'react';
import { percent } from '../../../core/format.ts';
import { type Lane, laneTitle } from '../../../core/race/lane.ts';
import type { RaceRecord } from '../../../core/race/record.ts';
import { topClasses } from '../../../core/tasks/photos/decode.ts';
import type { PhotosTask } from '../../../core/tasks/photos/task.ts';
import { needClassNames } from '../../../state/inputs/photos.ts';
import { Card } from '../../parts/Card.tsx';
import { LaneMark } from '../../parts/LaneMark.tsx';
import { useBench } from '../../use.ts';
import { useLaneLook } from '../../wrongLanes.tsx';
import styles from './Photos.module.css';

interface AnswerProps {
  readonly lane: Lane;
  readonly logits: ArrayLike<number>;
  readonly names: readonly string[];
}

/** One lane's five most probable classes, each with a bar of its probability. */
function TopFive({ lane, logits, names }: AnswerProps) {
  const { colour } = useLaneLook()(lane);
  const top = topClasses(logits, names);
  return (
    <section className={styles['lane']} data-top-five={lane.id}>
      <h3 className={styles['name']}>
        <LaneMark lane={lane} /> {laneTitle(lane)}
      </h3>
      {top.length === 0 && <p>Its answer holds something that is no number.</p>}
      <ol>
        {top.map(({ index, label, probability }) => (
          <li key={index}>
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

/** What every lane sees in the picture. */
export function PhotoAnswers({
  record: { lanes, model },
  task,
}: {
  readonly record: RaceRecord;
  readonly task: PhotosTask;
}) {
  const names = useBench(({ classNames }) => classNames[model.id]);
  useEffect(() => void needClassNames(model), [model]);
  const answers = lanes.flatMap(({ lane, answer }) => {
    const logits = answer?.find(({ name }) => name === task.output)?.data;
    return logits ? [{ lane, logits }] : [];
  });
  if (answers.length === 0) return null;
  return (
    <Card title="What each lane sees: the five most probable of 1,000 classes">
      <div className={styles['lanes']}>
        {answers.map(({ lane, logits }) => (
          <TopFive key={lane.id} lane={lane} logits={logits} names={names ?? []} />
        ))}
      </div>
    </Card>
  );
}
