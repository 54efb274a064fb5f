import { useEffect } from 'react';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { RunOrStop } from '../../../ui/parts/RunOrStop.tsx';
import styles from '../../../ui/parts/RunPanel.module.css';
import { useBench, useDevice } from '../../../ui/parts/use.ts';
import { liveKind } from '../state/kinds.ts';
import { startLive, stopLive } from '../state/running.ts';
import { isLive, useLive } from './useLive.ts';

/** Starts and stops a session, which ends with this panel: nobody is watched from another page. */
export default function LiveRunPanel() {
  const model = useBench(selectedModel);
  const known = useDevice((state) => state.facts !== null);
  const on = useLive(isLive);
  useEffect(() => stopLive, []);
  const possible = model !== null && typeof liveKind(model) !== 'string';
  return (
    <div className={styles['panel']}>
      <RunOrStop
        running={on}
        ready={possible && known}
        onRun={startLive}
        onStop={stopLive}
        what="This"
      >
        Start
      </RunOrStop>
    </div>
  );
}
