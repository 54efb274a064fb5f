import { Button } from '@mantine/core';
import { exportAll, importFiles } from '../../state/reports/reportFiles.ts';
import { FilePicker } from '../parts/FileButton.tsx';
import styles from './ImportExport.module.css';

/** Files in and out; dropping them anywhere on the page does the same. */
export function ImportExport({ empty }: { readonly empty: boolean }) {
  return (
    <div className={styles['row']}>
      <FilePicker
        label="Report files"
        accept=".json,.csv"
        multiple
        onFiles={(files) => void importFiles(files)}
      >
        {(pick) => (
          <Button size="xs" variant="default" onClick={pick}>
            Import
          </Button>
        )}
      </FilePicker>
      <Button size="xs" variant="default" disabled={empty} onClick={() => void exportAll()}>
        Export all
      </Button>
      <span className={styles['hint']}>
        Reports (.json) or a race’s table of samples (.csv); or drop them anywhere
      </span>
    </div>
  );
}
