import { Button } from '@mantine/core';
import { useRef } from 'react';
import { exportAll, importFiles } from '../../state/reportFiles.ts';
import styles from './ImportExport.module.css';

/** Files in and out; dropping them anywhere on the page does the same. */
export function ImportExport({ empty }: { readonly empty: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles['row']}>
      <Button size="xs" variant="default" onClick={() => input.current?.click()}>
        Import
      </Button>
      <Button size="xs" variant="default" disabled={empty} onClick={() => void exportAll()}>
        Export all
      </Button>
      <span className={styles['hint']}>
        .json reports, or a race’s table of samples as .csv; or drop them anywhere
      </span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".json,.csv"
        aria-label="Report files"
        onChange={({ currentTarget }) => {
          void importFiles([...(currentTarget.files ?? [])]);
          // The same file may be picked again.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
