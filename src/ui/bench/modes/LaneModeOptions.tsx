import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import type { OneLaneFound } from '../../../core/modes/oneLane.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import { bench } from '../../../state/bench/bench.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { chooseModeLane, modeLane, modeLanes } from '../../../state/modes/modes.ts';
import { Card } from '../../parts/Card.tsx';
import styles from '../../parts/Options.module.css';
import { useBench, useBusy, useDevice, useModes } from '../../parts/use.ts';
import type { LaneModeParts } from './laneModeParts.ts';

/** Which lane is put through it, and the few things that can be set. */
export function LaneModeOptions<Options, F extends OneLaneFound>({
  mode,
  title,
  Fields,
}: LaneModeParts<Options, F>) {
  useBench((state) => state.modelId);
  useBench((state) => state.models);
  useDevice((state) => state.facts);
  const model = useBench(selectedModel);
  const options = useStore(mode.options);
  const laneId = useModes((state) => state.laneId);
  const busy = useBusy();
  const lanes = modeLanes(bench.getState(), device.getState());
  const fault = model && mode.fault(options, model);
  return (
    <Card title={title}>
      <div className={styles['options']}>
        <NativeSelect
          size="xs"
          label="Lane"
          value={modeLane(lanes, laneId)?.id ?? ''}
          disabled={busy}
          onChange={({ currentTarget }) => chooseModeLane(currentTarget.value)}
          data={lanes.map((lane) => ({ value: lane.id, label: laneTitle(lane) }))}
        />
        <Fields disabled={busy} />
        {fault && (
          <p className={styles['fault']} role="alert">
            {fault}
          </p>
        )}
      </div>
    </Card>
  );
}
