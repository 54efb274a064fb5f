import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { ExpectedSize } from '../../core/compress/technique.ts';
import { figure } from '../../core/format.ts';
import { type TechniqueChoice, toggleTechnique } from '../../state/compress/composing.ts';
import { Dials } from './Dials.tsx';
import styles from './TechniqueCard.module.css';

const expectedText = ({ factor, zipped }: ExpectedSize) =>
  `÷ ${figure(factor).replace(/\.?0+$/, '')}${zipped ? ' zipped' : ''}`;

/** What is not chosen needs no more than its gist. */
const firstSentence = (text: string) => text.split(/(?<=\.)\s/)[0] ?? text;

interface TechniqueCardProps {
  readonly choice: TechniqueChoice;
  readonly disabled: boolean;
}

/** A technique to choose, with its options behind it. */
export function TechniqueCard({ choice, disabled }: TechniqueCardProps) {
  const [open, setOpen] = useState(false);
  const { technique, chosen, options, expected } = choice;
  const dials = Object.keys(technique.dials).length;
  return (
    <div className={styles['technique']} data-chosen={chosen} data-technique={technique.id}>
      <UnstyledButton
        className={styles['choose']}
        aria-pressed={chosen}
        disabled={disabled}
        onClick={() => toggleTechnique(technique.id)}
      >
        <span className={styles['tick']} aria-hidden="true" />
        <b>{technique.title}</b>
        {expected && <span className={styles['factor']}>{expectedText(expected)}</span>}
        <span className={styles['sentence']}>
          {chosen ? technique.sentence : firstSentence(technique.sentence)}
        </span>
      </UnstyledButton>
      {chosen && dials > 0 && (
        <>
          <button
            type="button"
            className={styles['more']}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide its options' : `${dials === 1 ? 'One option' : `${dials} options`}`}
            <span className={styles['hidden']}> of {technique.title}</span>
          </button>
          {open && <Dials technique={technique} options={options} disabled={disabled} />}
        </>
      )}
    </div>
  );
}
