import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { dismissRefusal } from '../../state/bench/choices.ts';
import { addFiles } from '../../state/bench/drop.ts';
import { droppedWords, takeDropped } from '../../state/bench/dropped.ts';
import { Fault } from '../parts/Fault.tsx';
import { FileButton } from '../parts/FileButton.tsx';
import { useBench, useBusy, useTaken } from '../parts/use.ts';
import styles from './FileDrop.module.css';

interface Destination {
  readonly says: string;
  readonly take: (files: readonly File[]) => void | Promise<void>;
}

/** What dropped files are for, by page; the bench's and its selected model's elsewhere. */
const DESTINATIONS: Readonly<Record<string, Destination>> = {
  '/inspect': {
    says: 'Drop an .onnx file, with its weight files, to inspect it',
    take: async (files) => (await import('../../state/inspect/inspecting.ts')).openFiles(files),
  },
  '/compress': {
    says: 'Drop an .onnx file, with its weight files, to compress it; or .npy inputs, or a recipe',
    // Comes with its page.
    take: async (files) =>
      (await import('../../state/compress/compressFiles.ts')).openCompressFiles(files),
  },
  '/reports': {
    says: 'Drop reports (.json), or tables of a race (.csv), to import them',
    take: async (files) => (await import('../../state/reports/reportFiles.ts')).importFiles(files),
  },
};

/** Takes files dropped anywhere on the page. */
export function FileDrop() {
  const [over, setOver] = useState(false);
  const [path] = useLocation();
  const taken = useTaken();
  const says = useBench(droppedWords);
  const bench = useMemo(() => ({ says, take: takeDropped }), [says]);
  const to: Destination = DESTINATIONS[path] ?? bench;
  const busy = to !== DESTINATIONS['/inspect'] && taken;
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const allow = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(!busy);
    };
    const leave = (event: DragEvent) => {
      // Leaving one element for another has a target to go to; leaving the window has none.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // Even a refused file must not make the browser leave the page.
      event.preventDefault();
      setOver(false);
      if (!busy) void to.take([...(event.dataTransfer?.files ?? [])]);
    };
    const { documentElement: page } = document;
    page.addEventListener('dragover', allow);
    page.addEventListener('dragleave', leave);
    page.addEventListener('drop', drop);
    return () => {
      page.removeEventListener('dragover', allow);
      page.removeEventListener('dragleave', leave);
      page.removeEventListener('drop', drop);
    };
  }, [busy, to]);
  if (!over) return null;
  return (
    <div className={styles['veil']} aria-hidden="true">
      <p>{to.says}</p>
    </div>
  );
}

/** The same by button, for keyboards and phones, and where refusals are said. */
export function FilePick() {
  const refusal = useBench((state) => state.refusal);
  const busy = useBusy();
  return (
    <>
      <div className={styles['pick']}>
        <FileButton
          label="ONNX files"
          multiple
          disabled={busy}
          onFiles={(files) => void addFiles(files)}
        >
          Race your own .onnx
        </FileButton>
        <span>or drop it; it stays on this device</span>
      </div>
      {refusal && <Fault error={refusal} onDismiss={dismissRefusal} />}
    </>
  );
}
