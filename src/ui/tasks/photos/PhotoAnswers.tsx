import { useEffect } from 'react';
import { count } from '../../../core/format.ts';
import type { RaceRecord } from '../../../core/race/record.ts';
import { topClasses } from '../../../core/tasks/photos/decode.ts';
import type { PhotosTask } from '../../../core/tasks/photos/task.ts';
import { needClassNames } from '../../../state/inputs/photos.ts';
import { Card } from '../../parts/Card.tsx';
import { useBench } from '../../use.ts';
import { answersTo } from '../answersTo.ts';
import { LaneCandidates, LanesBeside } from '../LaneCandidates.tsx';

interface PhotoAnswersProps {
  readonly record: RaceRecord;
  readonly task: PhotosTask;
}

/** What every lane sees in the picture. */
export default function PhotoAnswers({ record, task }: PhotoAnswersProps) {
  const { model } = record;
  const names = useBench(({ classNames }) => classNames[model.id]) ?? [];
  useEffect(() => void needClassNames(model), [model]);
  const answers = answersTo(record, task.output);
  if (answers.length === 0) return null;
  return (
    <Card title={`What each lane sees: the five most probable of ${count(task.classes)} classes`}>
      <LanesBeside>
        {answers.map(({ lane, scores }) => (
          <LaneCandidates key={lane.id} lane={lane} candidates={topClasses(scores, names)} />
        ))}
      </LanesBeside>
    </Card>
  );
}
