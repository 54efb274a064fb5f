import { useEffect } from 'react';
import type { RaceRecord } from '../../../core/race/record.ts';
import { answersTo } from '../../../ui/parts/answersTo.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import styles from '../../../ui/parts/Input.module.css';
import { LaneCandidates, LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import { useBench } from '../../../ui/parts/use.ts';
import { decodeFile, explainFile, likeliestTypes } from '../core/decode.ts';
import type { FilesTask } from '../core/task.ts';
import { needFileTypes } from '../state/inputs.ts';

const MOST = 3;

interface FileAnswersProps {
  readonly record: RaceRecord;
  readonly task: FilesTask;
}

/** What every lane takes the file for, and why it answers no more than that. */
export default function FileAnswers({ record, task }: FileAnswersProps) {
  const { model } = record;
  const types = useBench(({ fileTypes }) => fileTypes);
  useEffect(() => void needFileTypes(model), [model]);
  const answers = answersTo(record, task.output);
  if (answers.length === 0 || !types) return null;
  return (
    <Card title="What each lane takes the file for">
      <LanesBeside>
        {answers.map(({ lane, scores }) => {
          const answer = decodeFile(scores, types);
          return (
            <LaneCandidates
              key={lane.id}
              lane={lane}
              candidates={likeliestTypes(scores, types, MOST).map(({ type, probability }) => ({
                label: type.description,
                probability,
              }))}
            >
              <p
                className={styles['title']}
                data-file-type={answer.by === 'nobody' ? '' : answer.type.label}
              >
                {explainFile(answer)}
              </p>
            </LaneCandidates>
          );
        })}
      </LanesBeside>
    </Card>
  );
}
