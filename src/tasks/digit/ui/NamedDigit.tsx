import { useEffect, useRef, useState } from 'react';
import type { Answer } from '../../../core/classes/classify.ts';
import { percent } from '../../../core/format.ts';
import type { Model } from '../../../core/models/model.ts';
import { DigitNamer } from '../state/naming.ts';
import styles from './NamedDigit.module.css';

interface NamedDigitProps {
  readonly model: Model;
  /** Null while nothing was drawn. */
  readonly image: Uint8Array | null;
}

/** What the model takes the drawing for, after every stroke. */
export default function NamedDigit({ model, image }: NamedDigitProps) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const namer = useRef<DigitNamer>(null);
  useEffect(() => {
    const own = new DigitNamer(model, setAnswer);
    namer.current = own;
    return () => own.end();
  }, [model]);
  useEffect(() => namer.current?.name(image), [image]);
  return (
    <p className={styles['named']} role="status" data-named={answer?.label ?? ''}>
      {!image && 'Draw with mouse, pen or finger, then run.'}
      {image && !answer && 'Reading it…'}
      {image && answer && (
        <>
          <b>{answer.label ?? '?'}</b> is what the fp32 model reads, with a probability of{' '}
          {percent(answer.probability)}.
        </>
      )}
    </p>
  );
}
