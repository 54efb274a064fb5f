import type { RaceRecord } from '../../../core/race/record.ts';
import type { ArithmeticTask } from '../../../core/tasks/arithmetic/task.ts';
import { topClasses } from '../../../core/tasks/photos/decode.ts';
import { Card } from '../../parts/Card.tsx';
import { answersTo } from '../answersTo.ts';
import { LaneCandidates, LanesBeside } from '../LaneCandidates.tsx';

const MOST = 3;

interface CharacterAnswersProps {
  readonly record: RaceRecord;
  readonly task: ArithmeticTask;
}

/** What every lane would write next. */
export default function CharacterAnswers({ record, task }: CharacterAnswersProps) {
  const answers = answersTo(record, task.logits);
  if (answers.length === 0) return null;
  return (
    <Card title="The character that each lane would write next">
      <LanesBeside>
        {answers.map(({ lane, scores }) => (
          <LaneCandidates
            key={lane.id}
            lane={lane}
            candidates={topClasses(scores, [...task.vocabulary], MOST)}
          />
        ))}
      </LanesBeside>
    </Card>
  );
}
