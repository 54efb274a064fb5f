import { useEffect } from 'react';
import { taskKind } from '../../../core/tasks/register.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { RunOrStop } from '../../../ui/parts/RunOrStop.tsx';
import styles from '../../../ui/parts/RunPanel.module.css';
import { useBench, useDevice } from '../../../ui/parts/use.ts';
import { liveActions } from '../state/running.ts';
import { useIsLive } from './useLive.ts';

/** Starts and stops a session, which ends with this panel: nobody is watched from another page. */
export function LiveRunPanel() {
  const model = useBench(selectedModel);
  const known = useDevice((state) => state.facts !== null);
  const on = useIsLive();
  useEffect(() => liveActions.stop, []);
  const possible = model !== null && typeof taskKind(model.task).live !== 'string';
  return (
    <div className={styles['panel']}>
      <RunOrStop
        running={on}
        ready={possible && known}
        onRun={liveActions.start}
        onStop={liveActions.stop}
        what="This"
      >
        Start
      </RunOrStop>
    </div>
  );
}
