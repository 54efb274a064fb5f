import { isGoing } from '../../state/race/race.ts';
import { useRace } from '../parts/use.ts';
import styles from './note.module.css';

interface ComingProps {
  readonly stored: boolean;
  /** When there will be something to show. */
  readonly when: string;
  /** Why a race that is over has nothing to show. */
  readonly why: string;
}

/** In place of a picture for which nothing was measured yet: a card is never empty. */
export function Coming({ stored, when, why }: ComingProps) {
  const going = useRace(({ status }) => isGoing(status));
  return (
    <p className={styles['note']} data-coming>
      {going && !stored ? when : why}
    </p>
  );
}
