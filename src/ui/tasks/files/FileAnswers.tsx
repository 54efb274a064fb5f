import { useEffect } from 'react';
import type { RaceRecord } from '../../../core/race/record.ts';
import { decodeFile, explainFile, likeliestTypes } from '../../../core/tasks/files/decode.ts';
import type { FilesTask } from '../../../core/tasks/files/task.ts';
import { needFileTypes } from '../../../state/inputs/files.ts';
import { Card } from '../../parts/Card.tsx';
import { useBench } from '../../use.ts';
import { answersTo } from '../answersTo.ts';
import styles from '../Input.module.css';
import { LaneCandidates, LanesBeside } from '../LaneCandidates.tsx';

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
