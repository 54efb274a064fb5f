import { useEffect } from 'react';
import { useStore } from 'zustand';
import { answersTo } from '../../../ui/parts/answersTo.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import styles from '../../../ui/parts/Input.module.css';
import { LaneCandidates, LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import type { RaceView } from '../../../ui/parts/raceView.ts';
import { decodeFile, explainFile, likeliestTypes } from '../core/decode.ts';
import { files, needFileTypes, taskOf } from '../state/state.ts';

const MAX_SHOWN = 3;

/** What every lane takes the file for, and why it answers no more than that. */
export function FileAnswers({ view: { record } }: { readonly view: RaceView }) {
  const { model } = record;
  const types = useStore(files, (state) => state.types);
  useEffect(() => void needFileTypes(model), [model]);
  const answers = answersTo(record, taskOf(model).output);
  if (answers.length === 0 || !types) return null;
  return (
    <Card title="What each lane thinks the file is">
      <LanesBeside>
        {answers.map(({ lane, scores }) => {
          const answer = decodeFile(scores, types);
          return (
            <LaneCandidates
              key={lane.id}
              lane={lane}
              candidates={likeliestTypes(scores, types, MAX_SHOWN).map(({ type, probability }) => ({
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
