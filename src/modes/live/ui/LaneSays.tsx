import { useEffect, useRef } from 'react';
import { percent } from '../../../core/format.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { LaneHeading } from '../../../ui/parts/LaneHeading.tsx';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import { answerWords, type LiveAnswer } from '../core/answer.ts';
import { watchFrames } from '../state/watching.ts';
import styles from './Stage.module.css';

const ROWS = [0, 1, 2] as const;

/** Writes an answer into the rows; no rendering, since it changes with each frame. */
function write(list: HTMLElement, answer: LiveAnswer | null): void {
  const rows = [...list.children] as HTMLElement[];
  const classes = answer?.kind === 'classes' ? answer.top : [];
  rows.forEach((row, i) => {
    const one = classes[i];
    const share =
      answer?.kind === 'speech' && i === 0 ? answer.probability : (one?.probability ?? 0);
    const [bar, label, value] = [...row.children] as [HTMLElement, HTMLElement, HTMLElement];
    bar.style.transform = `scaleX(${Number.isNaN(share) ? 0 : share})`;
    label.textContent = one?.label ?? (i === 0 && answer ? answerWords(answer) : '');
    value.textContent = one ? percent(one.probability) : '';
  });
}

/** What one lane says of the frame, as it says it. */
export function LaneSays({ lane, at, rows }: { lane: Lane; at: number; rows: number }) {
  const list = useRef<HTMLOListElement>(null);
  const { colour, title } = useLaneLook()(lane);
  useEffect(
    () =>
      watchFrames(({ turns }) => {
        if (list.current) write(list.current, turns[at]?.answer ?? null);
      }),
    [at],
  );
  return (
    <section data-live-lane={lane.id}>
      <LaneHeading lane={lane} title={title} />
      <ol ref={list} className={styles['rows']}>
        {ROWS.slice(0, rows).map((row) => (
          <li key={row}>
            <span className={styles['bar']} style={{ background: colour }} />
            <span className={styles['label']} />
            <span />
          </li>
        ))}
      </ol>
    </section>
  );
}
