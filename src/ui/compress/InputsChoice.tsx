import { NativeSelect, NumberInput } from '@mantine/core';
import { list } from '../../core/format.ts';
import { inputNoun, type Model } from '../../core/models/model.ts';
import { taskKind } from '../../core/tasks/register.ts';
import { selectedModel } from '../../state/bench/selectors.ts';
import type { CalibrationInputKind } from '../../state/compress/compress.ts';
import { openCompressFiles } from '../../state/compress/compressFiles.ts';
import {
  chooseInputs,
  chosenInputs,
  mostInputs,
  sampleCount,
  setInputCount,
} from '../../state/compress/compressInputs.ts';
import { FileButton } from '../parts/FileButton.tsx';
import { useBench, useCompression } from '../parts/use.ts';
import styles from './ChooseCard.module.css';

const TITLES: Readonly<Record<Exclude<CalibrationInputKind, 'samples'>, string>> = {
  files: 'your own inputs',
  noise: 'random numbers',
};

/** Below this many the proof says so. */
const FEW = 100;

function titleOf(kind: CalibrationInputKind, model: Model): string {
  if (kind !== 'samples') return TITLES[kind];
  const labelled = taskKind(model.task).samples?.labelled ? 'labelled' : 'sample';
  return `the page’s ${labelled} ${inputNoun(model)}`;
}

function wordsOf(kind: Exclude<CalibrationInputKind, 'noise'>, model: Model): string {
  if (kind === 'files')
    return 'The first ones are used for calibration; the proof runs on the rest.';
  const noun = inputNoun(model);
  const samples = sampleCount(model);
  const few =
    samples < FEW ? ` There are only ${samples} in all, too few to show small differences.` : '';
  return `The proof runs on other ${noun}, which are not used for calibration.${few}`;
}

/** What calibration looks at, and how much of it. */
export function InputsChoice({ disabled }: { disabled: boolean }) {
  const model = useBench(selectedModel);
  const own = useCompression((state) => state.ownInputs);
  const inputKind = useCompression((state) => state.inputKind);
  const inputCount = useCompression((state) => state.inputCount);
  if (!model) return null;
  const { kinds, kind, count } = chosenInputs(model, { ownInputs: own, inputKind, inputCount });
  return (
    <div className={styles['inputs']}>
      <NativeSelect
        label="Calibrate on"
        size="xs"
        disabled={disabled}
        value={kind}
        onChange={({ currentTarget }) => chooseInputs(currentTarget.value as CalibrationInputKind)}
        data={kinds.map((each) => ({
          value: each,
          label:
            each === 'files' && own
              ? `${list(own.files.map(({ name }) => name))} (${own.count})`
              : titleOf(each, model),
        }))}
      />
      <NumberInput
        label="How many"
        min={1}
        max={mostInputs(model, kind, own)}
        clampBehavior="strict"
        allowDecimal={false}
        disabled={disabled}
        value={count}
        onChange={(value) => typeof value === 'number' && setInputCount(value)}
      />
      {kind === 'noise' ? (
        <p className={styles['warning']} data-noise-warning>
          Ranges learned from noise do not fit real inputs, and neither agreement nor error on noise
          says much. Open real inputs for a file that you mean to use.
        </p>
      ) : (
        <p className={styles['hint']}>{wordsOf(kind, model)}</p>
      )}
      <p className={styles['hint']}>
        <FileButton
          label="Input files"
          accept=".npy"
          multiple
          disabled={disabled}
          onFiles={(files) => void openCompressFiles(files)}
        >
          Open your inputs
        </FileButton>{' '}
        as .npy files, one for each input of the model and named after it, with an extra leading
        batch dimension.
      </p>
    </div>
  );
}
