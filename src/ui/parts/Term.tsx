import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './Term.module.css';

/** A word that explains itself in a sentence, by mouse, keyboard and touch. */
export function Term({ explains, children }: { explains: string; children: ReactNode }) {
  return (
    <Tooltip label={explains}>
      <UnstyledButton className={styles['term']}>{children}</UnstyledButton>
    </Tooltip>
  );
}
