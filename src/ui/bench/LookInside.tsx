import { useState } from 'react';
import { laneTitle } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { lookInside, stopLooking } from '../../state/race/lookInside.ts';
import { Fault } from '../parts/Fault.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useInsides, useTaken } from '../parts/use.ts';
import styles from './LookInside.module.css';

/** Profiles a lane on demand, after which more can be said of why it takes its time. */
export function LookInside({ record }: { record: RaceRecord }) {
  const task = useInsides((state) => state.task);
  const looked = useInsides((state) => state.lane);
  const found = useInsides((state) => state.found);
  const taken = useTaken();
  const lanes = record.lanes.filter(({ opened }) => opened !== null);
  const [picked, pick] = useState<string | null>(null);
  const usual = lanes.find(({ lane }) => !lane.reference) ?? lanes[0];
  const about = lanes.find(({ lane }) => lane.id === picked) ?? usual;
  if (!about?.opened) return null;
  const shown = lanes.find(({ lane }) => lane.id === looked)?.opened;
  return (
    <div className={styles['look']}>
      {task.state === 'running' ? (
        <p role="status">
          {task.doing}…{' '}
          <TextButton disabled={false} onClick={stopLooking}>
            Cancel
          </TextButton>
        </p>
      ) : (
        <p>
          <label>
            Why does{' '}
            <select
              className={styles['select']}
              value={about.lane.id}
              disabled={taken}
              onChange={({ currentTarget }) => pick(currentTarget.value)}
              aria-label="Lane to look into"
            >
              {lanes.map(({ lane }) => (
                <option key={lane.id} value={lane.id}>
                  {laneTitle(lane)}
                </option>
              ))}
            </select>{' '}
            take that long?
          </label>{' '}
          <TextButton disabled={taken} onClick={() => void lookInside(about.lane.id)}>
            {found.has(about.opened) ? 'Look again' : 'Look inside'}
          </TextButton>
          <span className={styles['cost']}>
            The lane is profiled node by node, which takes a few seconds. The first time on a
            backend, the device’s peak compute and bandwidth are measured too, which takes about 8 s
            more.
          </span>
        </p>
      )}
      {task.state === 'failed' && shown !== undefined && <Fault error={task.error} />}
    </div>
  );
}
