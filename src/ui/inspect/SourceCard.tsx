import { NativeSelect } from '@mantine/core';
import {
  chooseSubject,
  compareWith,
  dismissInspectRefusal,
  openFiles,
  type Source,
  sourcesOf,
} from '../../state/inspect/inspecting.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { FileButton } from '../parts/FileButton.tsx';
import { useBench, useInspection } from '../parts/use.ts';
import styles from './SourceCard.module.css';

const options = (sources: readonly Source[]) =>
  sources.map(({ id, title }) => ({ value: id, label: title }));

/** The same as dropping files, by button. */
function FilePick() {
  return (
    <div className={styles['pick']}>
      <FileButton
        label="Model files"
        multiple
        disabled={false}
        onFiles={(files) => openFiles(files)}
      >
        Open your own .onnx
      </FileButton>
      <span>
        with its weight files, if it has any; or drop them here. They stay on this device.
      </span>
    </div>
  );
}

export function SourceCard() {
  const models = useBench((state) => state.models);
  const files = useInspection((state) => state.files);
  const subject = useInspection((state) => state.subject);
  const other = useInspection((state) => state.other);
  const refusal = useInspection((state) => state.refusal);
  const sources = sourcesOf(models, files);
  return (
    <Card>
      <div className={styles['choices']}>
        {sources.length > 0 && (
          <>
            <NativeSelect
              label="Model"
              value={subject ?? ''}
              onChange={({ currentTarget }) => chooseSubject(currentTarget.value)}
              data={options(sources)}
            />
            <NativeSelect
              label="Compared with"
              value={other ?? ''}
              onChange={({ currentTarget }) => compareWith(currentTarget.value || null)}
              data={[
                { value: '', label: 'nothing' },
                ...options(sources.filter(({ id }) => id !== subject)),
              ]}
            />
          </>
        )}
        <FilePick />
      </div>
      {refusal && <Fault error={refusal} onDismiss={dismissInspectRefusal} />}
    </Card>
  );
}
