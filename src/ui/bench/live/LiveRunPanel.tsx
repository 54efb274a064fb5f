import { useEffect } from 'react';
import { liveKind } from '../../../state/live/kinds.ts';
import { startLive, stopLive } from '../../../state/live/running.ts';
import { selectedModel } from '../../../state/selectors.ts';
import { useBench, useDevice } from '../../use.ts';
import { RunOrStop } from '../RunOrStop.tsx';
import styles from '../RunPanel.module.css';
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
