import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import styles from './NodesCard.module.css';

interface SearchBoxProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** Finds nodes by any of their names. */
export function SearchBox({ query, onQuery }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    onQuery('');
    input.current?.focus();
  };
  return (
    <TextInput
      ref={input}
      className={styles['search']}
      size="xs"
      type="search"
      aria-label="Find nodes by operator, name, tensor or body"
      placeholder="Find operator, name, tensor"
      value={query}
      onChange={(event) => onQuery(event.currentTarget.value)}
      rightSection={
        query !== '' && (
          <button
            type="button"
            className={styles['clear']}
            aria-label="Clear the search"
            onClick={clear}
          >
            ×
          </button>
        )
      }
    />
  );
}
