import { useEffect, useRef } from 'react';
import type { LiveAnswers } from '../../../core/live/answer.ts';
import { laneName } from '../../../core/race/lane.ts';
import { watchFrames } from '../../../state/live/watching.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import { useLiveViews } from '../../../ui/tasks/live.ts';
import type { LiveSession } from '../state/live.ts';
import { LaneSays } from './LaneSays.tsx';
import styles from './Stage.module.css';

const SAYS = { true: 'They agree.', false: 'They disagree.' } as const;

/** Whether two lanes say the same right now. */
function Verdict({ answers, nothing }: { answers: LiveAnswers; nothing: string }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(
    () =>
      watchFrames(({ turns: [first, second] }) => {
        if (!line.current) return;
        const same = first && second ? answers.same(first.answer, second.answer) : null;
        line.current.dataset['same'] = `${same}`;
        line.current.textContent = !first ? nothing : same === null ? '' : SAYS[`${same}`];
      }),
    [answers, nothing],
  );
  return <p ref={line} className={styles['verdict']} />;
}

/** The picture or the sound, with what each lane says of it. */
export function Stage({ session }: { readonly session: LiveSession }) {
  const { model, lanes, label, deadline } = session;
  const views = useLiveViews(model);
  if (typeof views === 'string') return null;
  const { answers, legend, nothing = '' } = views;
  const [first, second] = lanes;
  const thicker = first && second ? `, that of ${laneName(first)} the thicker` : '';
  return (
    <Card title={`From ${label}`}>
      <views.Stage model={model} lanes={lanes} label={label} />
      <p className={styles['legend']}>{legend(thicker, deadline)}</p>
      <Verdict answers={answers} nothing={nothing} />
      <LanesBeside>
        {lanes.map((lane, at) => (
          <LaneSays key={lane.id} lane={lane} at={at} answers={answers} />
        ))}
      </LanesBeside>
    </Card>
  );
}
