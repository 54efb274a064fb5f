import { lazy, Suspense } from 'react';
import { spell } from '../../../core/format.ts';
import { sweepSeconds } from '../../../modes/load/core/plans.ts';
import { bench } from '../../../state/bench/bench.ts';
import { inputReady } from '../../../state/bench/inputs.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { startMode, stopMode } from '../../../state/modes/modeRunning.ts';
import {
  type Kind,
  type Mode,
  modeFault,
  modeLane,
  modeLanes,
} from '../../../state/modes/modes.ts';
import { isGoing } from '../../../state/race/race.ts';
import { RunOrStop } from '../../parts/RunOrStop.tsx';
import styles from '../../parts/RunPanel.module.css';
import { useBench, useDevice, useModes } from '../../parts/use.ts';

/** Comes with the choice of it. */
const LiveRunPanel = lazy(() => import('../../../modes/live/ui/LiveRunPanel.tsx'));

/** The one next action of a mode. */
export default function ModeRunPanel({ kind }: { kind: Exclude<Mode, 'race'> }) {
  if (kind !== 'live') return <OneLaneRunPanel kind={kind} />;
  return (
    <Suspense fallback={null}>
      <LiveRunPanel />
    </Suspense>
  );
}

function OneLaneRunPanel({ kind }: { kind: Kind }) {
  const model = useBench(selectedModel);
  const ready = useBench(inputReady);
  useDevice((state) => state.facts);
  const state = useModes((all) => all);
  const running = isGoing(state.runs[kind].status);
  const lane = modeLane(modeLanes(bench.getState(), device.getState()), state.laneId);
  const fault = model && modeFault(state, model);
  const labels: Readonly<Record<Kind, string>> = {
    sustained: fault === null ? `Run for ${spell(1000 * state.seconds)}` : 'Run without a pause',
    load: `Run for about ${spell(1000 * sweepSeconds(state.loadLength))}`,
    batches: `Run for about ${spell(1000 * state.batchSeconds)}`,
  };
  return (
    <div className={styles['panel']}>
      <RunOrStop
        running={running}
        ready={model !== null && lane !== null && ready && fault === null}
        onRun={startMode}
        onStop={stopMode}
        what="This"
      >
        {labels[kind]}
      </RunOrStop>
    </div>
  );
}
