import { useEffect } from 'react';
import { useStore } from 'zustand';
import { topClasses } from '../../../core/classes/classify.ts';
import { count } from '../../../core/format.ts';
import { answersTo } from '../../../ui/parts/answersTo.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LaneCandidates, LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import type { RaceView } from '../../../ui/parts/raceView.ts';
import { photosModel } from '../core/kind.ts';
import { classNames, needClassNames } from '../state/state.ts';

/** What every lane sees in the picture. */
export function PhotoAnswers({ view: { record } }: { readonly view: RaceView }) {
  const { model } = record;
  const { task } = photosModel(model);
  const names = useStore(classNames, (all) => all[model.id]) ?? [];
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
