import { useEffect, useRef } from 'react';
import { clockTime, count } from '../../../core/format.ts';
import type { LiveKept } from '../../../core/live/shown.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { colourAt, fitted, putPicture } from '../../../ui/parts/canvas.ts';
import { LaneMark } from '../../../ui/parts/LaneMark.tsx';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import { useLiveViews } from '../../../ui/tasks/live.ts';
import type { Disagreement } from '../core/figures.ts';
import type { LiveSession } from '../state/live.ts';
import styles from './Disagreements.module.css';

function drawWave(canvas: HTMLCanvasElement, samples: Float32Array): void {
  const at = fitted(canvas);
  if (!at) return;
  const { context, width, height } = at;
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0.05);
  context.strokeStyle = colourAt(canvas, 'var(--soft)');
  context.beginPath();
  samples.forEach((sample, i) => {
    context.lineTo((i / samples.length) * width, (0.5 - (0.45 * sample) / loudest) * height);
  });
  context.stroke();
}

/** The frame that lanes disagreed on; of sound, the second that ends with it. */
function Kept({ kept }: { readonly kept: LiveKept }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    if (kept.kind === 'picture') putPicture(canvas.current, kept.picture);
    else drawWave(canvas.current, kept.samples);
  }, [kept]);
  const label = kept.kind === 'picture' ? 'The frame' : 'The second of sound that ends with it';
  return <canvas ref={canvas} role="img" aria-label={label} data-kept={kept.kind} />;
}

const when = ({ at, frames }: Disagreement<LiveKept>) =>
  `at ${clockTime(at)}${frames === 1 ? '' : `, for ${count(frames)} frames`}`;

/** The latest frames on which two lanes said different things. */
export function Disagreements({ session }: { readonly session: LiveSession }) {
  const { lanes, figures } = session;
  const lookOf = useLaneLook();
  const views = useLiveViews(session.model);
  const { disagreements } = figures;
  if (typeof views === 'string' || disagreements.length === 0) return null;
  return (
    <Card title="Where they disagreed last">
      <ul className={styles['list']}>
        {disagreements.map((one) => (
          <li key={one.at} data-disagreement>
            <Kept kept={one.kept} />
            <div>
              {one.answers.map((answer, i) => {
                const lane = lanes[i];
                return (
                  lane && (
                    <p key={lane.id} className={styles['said']}>
                      <LaneMark lane={lane} /> {lookOf(lane).title}: {views.answers.words(answer)}
                    </p>
                  )
                );
              })}
              <p className={styles['when']}>{when(one)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
