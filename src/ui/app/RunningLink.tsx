import { Progress } from '@mantine/core';
import { Link } from 'wouter';
import { isModeRunning } from '../../state/modes/modes.ts';
import { isGoing } from '../../state/race/race.ts';
import { useModes, useRace } from '../parts/use.ts';
import styles from './RunningLink.module.css';

/** How much of what the bench measures is over, in percent; null while nobody can tell. */
function useShare(racing: boolean): number | null {
  const race = useRace(({ record }) =>
    record === null ? 0 : record.phase === 'rounds' ? Math.round(100 * record.progress) : null,
  );
  const mode = useModes(({ runs }) => {
    const going = Object.values(runs).find(({ status }) => isGoing(status));
    return going && going.share !== null ? Math.round(100 * going.share) : null;
  });
  return racing ? race : mode;
}

/** Leads back to what the bench measures, from every other page. */
export function RunningLink() {
  const racing = useRace(({ status }) => isGoing(status));
  const running = useModes(isModeRunning) || racing;
  const paused = useRace(({ status }) => status.state === 'paused');
  const share = useShare(racing);
  if (!running) return null;
  const doing = paused ? 'is paused' : 'runs';
  return (
    <Link href="/" className={styles['running']} data-running>
      <span>
        <span className={styles['what']}>{racing ? 'Race' : 'Bench'} </span>
        <span className={share === null ? undefined : styles['what']}>{doing} </span>
        {share !== null && `${share}%`}
      </span>
      {share !== null && <Progress size={3} value={share} aria-hidden="true" />}
    </Link>
  );
}
