import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import { bytes } from '../../../core/format.ts';
import type { Model } from '../../../core/models/model.ts';
import { FileButton } from '../../../ui/parts/FileButton.tsx';
import styles from '../../../ui/parts/Input.module.css';
import { useBusy } from '../../../ui/parts/use.ts';
import { explainFile } from '../core/decode.ts';
import { chooseFile, files, takeFile } from '../state/state.ts';

const OWN = 'own';

/** One of the sample files, or any file of the user's own. */
export function FileInput({ model }: { readonly model: Model }) {
  const { file, samples } = useStore(files);
  const { from, about, ends, short } = file;
  const busy = useBusy();
  const own = from.kind === 'own' ? [{ value: OWN, label: `Your file: ${from.name}` }] : [];
  return (
    <div className={styles['input']}>
      <NativeSelect
        size="xs"
        label="File"
        disabled={busy || samples.length === 0}
        value={from.kind === 'own' ? OWN : `${from.index}`}
        onChange={({ currentTarget: { value } }) => {
          if (value !== OWN) void chooseFile(model, Number(value));
        }}
        data={[...own, ...samples.map(({ name }, index) => ({ value: `${index}`, label: name }))]}
      />
      <p className={styles['hint']} data-file={ends?.size}>
        {ends ? `${bytes(ends.size)}. ` : 'Fetching the samples… '}
        {about}
        {short && ` ${explainFile(short)} There is nothing to race.`}
      </p>
      <p className={styles['hint']}>
        <FileButton label="Any file" disabled={busy} onFiles={([own]) => void takeFile(model, own)}>
          Any file of yours
        </FileButton>{' '}
        or drop it; only its first and last bytes are read, and they stay on this device
      </p>
    </div>
  );
}
