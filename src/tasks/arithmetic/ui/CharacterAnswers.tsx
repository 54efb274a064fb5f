import { topClasses } from '../../../core/classes/classify.ts';
import type { RaceRecord } from '../../../core/race/record.ts';
import { answersTo } from '../../../ui/parts/answersTo.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LaneCandidates, LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import type { ArithmeticTask } from '../core/task.ts';

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
