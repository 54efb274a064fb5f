import { Button } from '@mantine/core';
import { TextButton } from '../parts/TextButton.tsx';
import styles from './CompareBar.module.css';

interface CompareBarProps {
  /** Ids, A before B. */
  readonly chosen: readonly string[];
  readonly onCompare: (pair: readonly [string, string]) => void;
  readonly onClear: () => void;
}

/** The next action once a report is selected; stays in reach however long the list is. */
export function CompareBar({ chosen, onCompare, onClear }: CompareBarProps) {
  const [a, b] = chosen;
  if (a === undefined) return null;
  return (
    <div className={styles['bar']}>
      <span>
        {b === undefined ? 'A is selected; select a second report.' : 'A and B selected.'}
      </span>
      <TextButton disabled={false} onClick={onClear}>
        Clear
      </TextButton>
      <Button
        size="sm"
        disabled={b === undefined}
        onClick={() => b !== undefined && onCompare([a, b])}
      >
        Compare A and B
      </Button>
    </div>
  );
}
