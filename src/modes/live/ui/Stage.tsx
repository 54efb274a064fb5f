import { useEffect, useRef } from 'react';
import { asTyped } from '../../../core/format.ts';
import { laneName } from '../../../core/race/lane.ts';
import { speechModel } from '../../../tasks/speech/core/kind.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import { sameAnswer } from '../core/answer.ts';
import type { LiveSession } from '../state/live.ts';
import { watchFrames } from '../state/watching.ts';
import { LaneSays } from './LaneSays.tsx';
import { PictureStage } from './PictureStage.tsx';
import { SoundStage } from './SoundStage.tsx';
import styles from './Stage.module.css';

/** In a frame without one, digits are what can be missing. */
const NOTHING = 'No dark digit on light paper is in the bright square: no lane is asked.';

const SAYS = { true: 'They say the same.', false: 'They disagree.' } as const;

/** Whether two lanes say the same right now. */
function Verdict() {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(
    () =>
      watchFrames(({ turns: [first, second] }) => {
        if (!line.current) return;
        const same = first && second ? sameAnswer(first.answer, second.answer) : null;
        line.current.dataset['same'] = `${same}`;
        line.current.textContent = !first ? NOTHING : same === null ? '' : SAYS[`${same}`];
      }),
    [],
  );
  return <p ref={line} className={styles['verdict']} />;
}

/** How to read what is drawn. */
function legend({ model: { task }, lanes, deadline }: LiveSession): string {
  const [first, second] = lanes;
  const thicker = first && second ? `, that of ${laneName(first)} the thicker` : '';
  switch (task.kind) {
    case 'photos':
      return 'The networks see the bright square.';
    case 'digit':
      return 'A dark digit on light paper is looked for in the bright square; in the corner it is as the networks see it.';
    case 'spotting':
      return `Around lines of text, each lane’s outline in its colour${thicker}.`;
    case 'speech':
      return `Above, each lane’s curve of the probability of speech${thicker}; below, the sound, shaded where a clip is known to hold speech. Red at the foot: an answer later than ${asTyped(deadline)} ms, or sound that was skipped.`;
    default:
      return '';
  }
}

/** The picture or the sound, with what each lane says of it. */
export function Stage({ session }: { readonly session: LiveSession }) {
  const { model, lanes, label } = session;
  const { task } = model;
  return (
    <Card title={`From ${label}`}>
      {task.kind === 'speech' ? (
        <SoundStage lanes={lanes} threshold={speechModel(model).task.threshold} label={label} />
      ) : (
        <PictureStage lanes={lanes} label={label} />
      )}
      <p className={styles['legend']}>{legend(session)}</p>
      <Verdict />
      <LanesBeside>
        {lanes.map((lane, at) => (
          <LaneSays
            key={lane.id}
            lane={lane}
            at={at}
            rows={task.kind === 'speech' || task.kind === 'spotting' ? 1 : 3}
          />
        ))}
      </LanesBeside>
    </Card>
  );
}
