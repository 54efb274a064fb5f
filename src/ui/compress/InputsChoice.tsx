import { NativeSelect, NumberInput } from '@mantine/core';
import { useRef } from 'react';
import type { InputKind } from '../../state/compress.ts';
import { openCompressFiles } from '../../state/compressFiles.ts';
import {
  chooseInputs,
  chosenInputs,
  mostInputs,
  setInputCount,
} from '../../state/compressInputs.ts';
import { selectedModel } from '../../state/selectors.ts';
import { TextButton } from '../parts/TextButton.tsx';
import { useBench, useCompression } from '../use.ts';
import styles from './ChooseCard.module.css';

const TITLES: Readonly<Record<InputKind, string>> = {
  samples: 'the labelled digits that come with the page',
  files: 'your own inputs',
  noise: 'random numbers',
};

const WORDS: Readonly<Record<Exclude<InputKind, 'noise'>, string>> = {
  samples: 'The proof runs on other digits, which calibration does not see.',
  files: 'The first ones calibrate; the proof runs on the rest.',
};

/** What calibration looks at, and how much of it. */
export function InputsChoice({ disabled }: { disabled: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const model = useBench(selectedModel);
  const own = useCompression((state) => state.ownInputs);
  const inputKind = useCompression((state) => state.inputKind);
  const inputCount = useCompression((state) => state.inputCount);
  if (!model) return null;
  const { kinds, kind, count } = chosenInputs(model, { ownInputs: own, inputKind, inputCount });
  return (
    <div className={styles['inputs']}>
      <NativeSelect
        label="Ranges are learned from"
        size="xs"
        disabled={disabled}
        value={kind}
        onChange={({ currentTarget }) => chooseInputs(currentTarget.value as InputKind)}
        data={kinds.map((each) => ({
          value: each,
          label: each === 'files' && own ? `${own.files} (${own.count})` : TITLES[each],
        }))}
      />
      <NumberInput
        label="How many"
        min={1}
        max={mostInputs(kind, own)}
        clampBehavior="strict"
        allowDecimal={false}
        disabled={disabled}
        value={count}
        onChange={(value) => typeof value === 'number' && setInputCount(value)}
      />
      {kind === 'noise' ? (
        <p className={styles['warning']} data-noise-warning>
          Ranges learned from noise do not fit real inputs, and neither agreement nor error on noise
          tells much. Bring real inputs for a file that you mean to use.
        </p>
      ) : (
        <p className={styles['hint']}>{WORDS[kind]}</p>
      )}
      <p className={styles['hint']}>
        <TextButton disabled={disabled} onClick={() => input.current?.click()}>
          Open your inputs
        </TextButton>{' '}
        as .npy files, one for each input of the model, named after it, with one more axis in front
        that counts.
        <input
          ref={input}
          type="file"
          accept=".npy"
          multiple
          hidden
          aria-label="Input files"
          onChange={({ currentTarget }) => {
            void openCompressFiles([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </p>
    </div>
  );
}
