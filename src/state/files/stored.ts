import { createStore } from 'zustand/vanilla';
import type { Bytes } from '../../core/units.ts';
import { forgetFile, type StoredFile, storedFiles } from '../../engine/files/fileCache.ts';

export interface StoredState {
  /** Downloaded files kept in this browser, the latest first; null until storage was asked. */
  readonly files: readonly StoredFile[] | null;
  /** What all of this page's data take, files, reports and settings; null where browsers hide it. */
  readonly used: Bytes | null;
  /** What it may take. */
  readonly quota: Bytes | null;
}

export const stored = createStore<StoredState>(() => ({ files: null, used: null, quota: null }));

export async function readStoredFiles(): Promise<void> {
  const files = await storedFiles();
  // Absent in insecure contexts.
  const { usage = null, quota = null } = (await navigator.storage?.estimate()) ?? {};
  stored.setState({ files, used: usage, quota });
}

/** Takes downloaded files out of this browser; what needs them fetches them again. */
export async function freeFiles(files: readonly StoredFile[]): Promise<void> {
  for (const { key } of files) await forgetFile(key);
  await readStoredFiles();
}
