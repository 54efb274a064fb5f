import { topClasses } from '../../../core/classes/classify.ts';
import { answersTo } from '../../../ui/parts/answersTo.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LaneCandidates, LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import type { RaceView } from '../../../ui/parts/raceView.ts';
import { taskOf } from '../state/state.ts';

const MAX_SHOWN = 3;

/** What every lane would write next. */
export function CharacterAnswers({ view: { record } }: { readonly view: RaceView }) {
  const task = taskOf(record.model);
  const answers = answersTo(record, task.logits);
  if (answers.length === 0) return null;
  return (
    <Card title="The character that each lane would write next">
      <LanesBeside>
        {answers.map(({ lane, scores }) => (
          <LaneCandidates
            key={lane.id}
            lane={lane}
            candidates={topClasses(scores, [...task.vocabulary], MAX_SHOWN)}
          />
        ))}
      </LanesBeside>
    </Card>
  );
}
