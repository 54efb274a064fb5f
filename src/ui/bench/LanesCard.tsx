import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { bytes } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { bench } from '../../state/bench/bench.ts';
import { toggleLane } from '../../state/bench/choices.ts';
import { type LaneChoice, laneChoices } from '../../state/bench/selectors.ts';
import { device } from '../../state/device/device.ts';
import { Card } from '../parts/Card.tsx';
import { LaneMark } from '../parts/LaneMark.tsx';
import { useBench, useBusy, useDevice } from '../parts/use.ts';
import styles from './LanesCard.module.css';

function LaneRow({ choice, busy }: { choice: LaneChoice; busy: boolean }) {
  const { lane, chosen, blocked, warning } = choice;
  const note = blocked ?? (lane.reference ? 'reference for answers and speed' : warning);
  return (
    <li className={styles['lane']} data-blocked={blocked !== null}>
      <Checkbox
        size="xs"
        checked={chosen}
        disabled={busy || blocked !== null || lane.reference}
        onChange={() => toggleLane(lane.id)}
        label={
          <span className={styles['name']}>
            <LaneMark lane={lane} />
            {laneTitle(lane)}
          </span>
        }
        description={note}
      />
      <span className={styles['size']}>{bytes(lane.variant.bytes)}</span>
    </li>
  );
}

/** Which variants run on which backends; those that make sense here are preselected. */
export function LanesCard() {
  useBench((state) => state.chosen);
  useBench((state) => state.models);
  useBench((state) => state.modelId);
  useDevice((state) => state.facts);
  const choices = laneChoices(bench.getState(), device.getState());
  const busy = useBusy();
  const [all, setAll] = useState(false);
  const first = choices.filter(({ preselected, chosen }) => preselected || chosen);
  const rest = choices.filter((choice) => !first.includes(choice));
  return (
    <Card title="Lanes">
      <ul className={styles['list']}>
        {first.map((choice) => (
          <LaneRow key={choice.lane.id} choice={choice} busy={busy} />
        ))}
        {all && rest.map((choice) => <LaneRow key={choice.lane.id} choice={choice} busy={busy} />)}
      </ul>
      {rest.length > 0 && (
        <button
          type="button"
          className={styles['more']}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? 'Fewer lanes' : `${rest.length} more lanes`}
        </button>
      )}
    </Card>
  );
}
