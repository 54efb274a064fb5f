import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { Model } from '../../../core/models/model.ts';
import { TextButton } from '../../../ui/parts/TextButton.tsx';
import { useBusy } from '../../../ui/parts/use.ts';
import { digitAt } from '../core/digit.ts';
import { chooseDigit, digits, nextSample } from '../state/digits.ts';
import styles from './DigitInput.module.css';
import { DigitPicture } from './DigitPicture.tsx';
import { DrawPad } from './DrawPad.tsx';

const DigitCamera = lazy(() => import('./DigitCamera.tsx'));
const NamedDigit = lazy(() => import('./NamedDigit.tsx'));

type Kind = 'sample' | 'drawn' | 'camera' | 'sweep';

/** What the race runs on: a labelled sample, a drawing, the camera's, or all labelled images. */
export function DigitInput({ model }: { readonly model: Model }) {
  const { digit, preview } = useStore(digits);
  const busy = useBusy();
  const choose = (kind: string) => {
    if (kind === 'drawn' || kind === 'camera') chooseDigit({ kind, image: null });
    else if (kind === 'sweep') chooseDigit({ kind });
    else chooseDigit({ kind: 'sample', index: 0 });
  };
  const options: { value: Kind; label: string }[] = [
    { value: 'sample', label: 'Sample' },
    { value: 'drawn', label: 'Draw' },
    { value: 'camera', label: 'Camera' },
    { value: 'sweep', label: `All ${model.samples?.count.toLocaleString('en') ?? ''}` },
  ];
  return (
    <div className={styles['input']}>
      {digit.kind === 'camera' ? (
        <Suspense fallback={<div className={styles['pad']} />}>
          <DigitCamera
            image={digit.image}
            busy={busy}
            onDigit={(image) => chooseDigit({ kind: 'camera', image })}
          />
        </Suspense>
      ) : (
        <div className={styles['pad']}>
          {digit.kind === 'drawn' ? (
            <DrawPad disabled={busy} onDigit={(image) => chooseDigit({ kind: 'drawn', image })} />
          ) : (
            preview && (
              <DigitPicture
                pixels={digitAt(preview, digit.kind === 'sample' ? digit.index : 0)}
                stack={digit.kind === 'sweep'}
                label={
                  digit.kind === 'sweep' ? 'The first of all test images' : 'The chosen test image'
                }
              />
            )
          )}
        </div>
      )}
      <SegmentedControl
        aria-label="Input"
        value={digit.kind}
        onChange={choose}
        data={options}
        disabled={busy}
      />
      {digit.kind === 'sample' && (
        <p className={styles['hint']}>
          {preview && `A test image labelled ${preview.labels[digit.index]}.`}{' '}
          <TextButton onClick={nextSample} disabled={busy}>
            Another
          </TextButton>
        </p>
      )}
      {digit.kind === 'drawn' && (
        <Suspense fallback={<p className={styles['hint']} />}>
          <NamedDigit model={model} image={digit.image} />
        </Suspense>
      )}
      {digit.kind === 'sweep' && (
        <p className={styles['hint']}>
          Every lane classifies every image once, for the true accuracy. The race ends when all are
          done.
        </p>
      )}
    </div>
  );
}
