import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { liveKind } from '../../../state/live/kinds.ts';
import { startLive, stopLive } from '../../../state/live/running.ts';
import { selectedModel } from '../../../state/selectors.ts';
import { useBench, useDevice, useTakenBy } from '../../use.ts';
import styles from '../RunPanel.module.css';
import { isLive, useLive } from './useLive.ts';

/** Starts and stops a session, which ends with this panel: nobody is watched from another page. */
export default function LiveRunPanel() {
  const model = useBench(selectedModel);
  const known = useDevice((state) => state.facts !== null);
  const on = useLive(isLive);
  const taken = useTakenBy();
  useEffect(() => stopLive, []);
  const possible = model !== null && typeof liveKind(model) !== 'string';
  return (
    <div className={styles['panel']}>
      {on ? (
        <Button fullWidth size="md" color="gray" variant="default" onClick={stopLive}>
          Stop
        </Button>
      ) : (
        <Button
          fullWidth
          size="md"
          disabled={!possible || !known || taken !== null}
          onClick={() => void startLive()}
        >
          Start
        </Button>
      )}
      {taken && !on && <p role="status">{taken} This has to wait.</p>}
    </div>
  );
}
