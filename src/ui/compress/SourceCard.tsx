import { NativeSelect } from '@mantine/core';
import { bytes, short } from '../../core/format.ts';
import { runsOnNoise } from '../../core/models/model.ts';
import { isClassifier } from '../../core/tasks/answers.ts';
import { dismissRefusal } from '../../state/bench/choices.ts';
import { isCompressing } from '../../state/compress/compress.ts';
import { dismissCompressRefusal, openCompressFiles } from '../../state/compress/compressFiles.ts';
import {
  type CompressSource,
  chooseSource,
  sourceIn,
  sourcesIn,
} from '../../state/compress/compressSource.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { FileButton } from '../parts/FileButton.tsx';
import { useBench, useCompression, useTakenBy } from '../parts/use.ts';
import { TaskInput } from '../tasks/TaskInput.tsx';
import { AutoPanel } from './AutoPanel.tsx';
import styles from './SourceCard.module.css';

function about({ model, variant }: CompressSource): string {
  const facts = [
    `${variant.title}, ${bytes(variant.bytes)}.`,
    model.parameters === undefined ? '' : `${short(model.parameters)} parameters`,
    model.macs === undefined ? '' : `, ${short(model.macs)} MACs`,
  ];
  return `${facts[0]} ${facts.slice(1).join('')}${model.parameters === undefined ? '' : '.'}`;
}

/** The same as dropping files, by button. */
function FilePick({ disabled }: { disabled: boolean }) {
  return (
    <div className={styles['pick']}>
      <FileButton
        label="Model files"
        multiple
        disabled={disabled}
        onFiles={(files) => void openCompressFiles(files)}
      >
        Compress your own .onnx
      </FileButton>{' '}
      with its weight files, if it has any. They stay on this device.
    </div>
  );
}

/** What is made smaller, and the button that does it. */
export function SourceCard() {
  const models = useBench((state) => state.models);
  const modelId = useBench((state) => state.modelId);
  const variantId = useCompression((state) => state.variantId);
  const made = useCompression((state) => state.made);
  const refusal = useCompression((state) => state.refusal);
  const benchRefusal = useBench((state) => state.refusal);
  const running = useCompression(isCompressing);
  const taken = useTakenBy();
  const sources = sourcesIn(models, made);
  const source = sourceIn({ models, modelId }, { variantId });
  return (
    <Card>
      {sources.length > 1 ? (
        <NativeSelect
          aria-label="Model to compress"
          size="sm"
          disabled={taken !== null}
          value={source?.key ?? ''}
          onChange={({ currentTarget }) => chooseSource(currentTarget.value)}
          data={sources.map(({ key, model, variant }) => ({
            value: key,
            label: `${model.title}, ${variant.title}`,
          }))}
        />
      ) : (
        source && <h2 className={styles['name']}>{source.model.title}</h2>
      )}
      {source && <p className={styles['about']}>{about(source)}</p>}
      {source && runsOnNoise(source.model) && <TaskInput model={source.model} />}
      <AutoPanel
        classifier={source ? isClassifier(source.model.task) : false}
        busy={taken !== null || source === null}
      />
      <FilePick disabled={taken !== null} />
      {taken && !running && <p role="status">{taken} A compression has to wait.</p>}
      {refusal && <Fault error={refusal} onDismiss={dismissCompressRefusal} />}
      {benchRefusal && <Fault error={benchRefusal} onDismiss={dismissRefusal} />}
    </Card>
  );
}
