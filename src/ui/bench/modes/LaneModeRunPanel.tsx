import { useStore } from 'zustand';
import type { OneLaneFound } from '../../../core/modes/oneLane.ts';
import { bench } from '../../../state/bench/bench.ts';
import { inputReady } from '../../../state/bench/inputs.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { startMode, stopMode } from '../../../state/modes/actions.ts';
import { modeLane, modeLanes, runOf } from '../../../state/modes/modes.ts';
import { isGoing } from '../../../state/race/race.ts';
import { RunOrStop } from '../../parts/RunOrStop.tsx';
import styles from '../../parts/RunPanel.module.css';
import { useBench, useDevice, useModes } from '../../parts/use.ts';
import type { LaneModeParts } from './laneModeParts.ts';

/** The one next action of such a mode. */
export function LaneModeRunPanel<Options, F extends OneLaneFound>({
  mode,
}: LaneModeParts<Options, F>) {
  const model = useBench(selectedModel);
  const ready = useBench(inputReady);
  useDevice((state) => state.facts);
  const options = useStore(mode.options);
  const laneId = useModes((state) => state.laneId);
  const running = useModes((state) => isGoing(runOf(state, mode.kind).status));
  const lane = modeLane(modeLanes(bench.getState(), device.getState()), laneId);
  const fault = model && mode.fault(options, model);
  return (
    <div className={styles['panel']}>
      <RunOrStop
        running={running}
        ready={model !== null && lane !== null && ready && fault === null}
        onRun={startMode}
        onStop={() => void stopMode()}
        what="This"
      >
        {mode.says(options, fault)}
      </RunOrStop>
    </div>
  );
}
