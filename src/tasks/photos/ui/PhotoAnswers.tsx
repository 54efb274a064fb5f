import { useEffect } from 'react';
import { topClasses } from '../../../core/classes/classify.ts';
import { count } from '../../../core/format.ts';
import type { RaceRecord } from '../../../core/race/record.ts';
import { answersTo } from '../../../ui/parts/answersTo.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LaneCandidates, LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import { useBench } from '../../../ui/parts/use.ts';
import type { PhotosTask } from '../core/task.ts';
import { needClassNames } from '../state/inputs.ts';

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
