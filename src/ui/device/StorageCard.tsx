import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { Link } from 'wouter';
import { bytes } from '../../core/format.ts';
import { freeFiles, readStoredFiles } from '../../state/files/stored.ts';
import { Card } from '../parts/Card.tsx';
import { useStored } from '../parts/use.ts';
import styles from './StorageCard.module.css';
import { nothingStored, thisAddress } from './withoutWorker.ts';

const OfflineLine = lazy(() => import('./OfflineLine.tsx'));

/** What was downloaded and is kept in this browser, and how to be rid of it. */
export function StorageCard() {
  const { files, used, quota } = useStored((state) => state);
  useEffect(() => void readStoredFiles(), []);
  const sum = files?.reduce((total, file) => total + file.bytes, 0) ?? 0;
  return (
    <Card title="Stored by this page">
      <p className={styles['lead']} data-stored={files?.length}>
        {files === null && 'Looking…'}
        {files?.length === 0 && nothingStored(thisAddress())}
        {files !== null && files.length > 0 && (
          <>
            {files.length} downloaded {files.length === 1 ? 'file' : 'files'}, {bytes(sum)}. Each is
            fetched only once.
          </>
        )}{' '}
        <Suspense fallback={null}>
          <OfflineLine />
        </Suspense>
      </p>
      <ul className={styles['files']}>
        {files?.map((file) => (
          <li key={file.key} data-stored-file={file.name}>
            <span className={styles['name']}>{file.name}</span>
            <span>
              {bytes(file.bytes)}
              {!file.whole && ', partly downloaded: the next download resumes here'}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Delete ${file.name}`}
              onClick={() => void freeFiles([file])}
            >
              Free
            </Button>
          </li>
        ))}
      </ul>
      {files !== null && files.length > 1 && (
        <Button size="xs" variant="default" onClick={() => void freeFiles(files)}>
          Delete all
        </Button>
      )}
      <p className={styles['note']}>
        When there is no room for another file, the oldest one is deleted.{' '}
        <Link href="/reports">Reports</Link> are stored separately and are never deleted to make
        room for files.
        {used !== null &&
          quota !== null &&
          ` With reports and settings this page takes about ${bytes(used)} of the ${bytes(quota)} that the browser allows.`}
      </p>
    </Card>
  );
}
