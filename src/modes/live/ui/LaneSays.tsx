import { useEffect, useRef } from 'react';
import type { LiveAnswers, LiveRow } from '../../../core/live/answer.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { watchFrames } from '../../../state/live/watching.ts';
import { LaneHeading } from '../../../ui/parts/LaneHeading.tsx';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import styles from './Stage.module.css';

/** Writes an answer into the rows; no rendering, since it changes with each frame. */
function write(list: HTMLElement, lines: readonly LiveRow[]): void {
  for (const [i, row] of ([...list.children] as HTMLElement[]).entries()) {
    const { label = '', value = '', share = 0 } = lines[i] ?? {};
    const [bar, name, told] = [...row.children] as [HTMLElement, HTMLElement, HTMLElement];
    bar.style.transform = `scaleX(${Number.isNaN(share) ? 0 : share})`;
    name.textContent = label;
    told.textContent = value;
  }
}

interface LaneSaysProps {
  readonly lane: Lane;
  readonly at: number;
  readonly answers: LiveAnswers;
}

/** What one lane says of the frame, as it says it. */
export function LaneSays({ lane, at, answers }: LaneSaysProps) {
  const list = useRef<HTMLOListElement>(null);
  const { colour, title } = useLaneLook()(lane);
  useEffect(
    () =>
      watchFrames(({ turns }) => {
        const answer = turns[at]?.answer;
        if (list.current) write(list.current, answer ? answers.rows(answer) : []);
      }),
    [at, answers],
  );
  return (
    <section data-live-lane={lane.id}>
      <LaneHeading lane={lane} title={title} />
      <ol ref={list} className={styles['rows']}>
        {Array.from({ length: answers.most }, (_, row) => (
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
