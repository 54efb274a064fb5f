import { adviceFor } from '../../core/advice.ts';
import type { ErrorFacts } from '../../core/race/events.ts';
import styles from './Fault.module.css';

/** An error in plain words: what happened, with the value, and what to do. */
export function Fault({ error, onDismiss }: { error: ErrorFacts; onDismiss?: () => void }) {
  return (
    <div role="alert" className={styles['fault']}>
      <p>
        {error.message} {adviceFor(error.name)}
      </p>
      {onDismiss && (
        <button type="button" className={styles['close']} onClick={onDismiss} aria-label="Dismiss">
          ×
        </button>
      )}
    </div>
  );
}
