import type { ReactNode } from 'react';
import styles from './TextButton.module.css';

interface TextButtonProps {
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that reads as a word of the sentence it stands in. */
export function TextButton({ disabled, onClick, children }: TextButtonProps) {
  return (
    <button type="button" className={styles['text']} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}
