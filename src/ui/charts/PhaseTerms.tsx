import { memo } from 'react';
import { Term } from '../parts/Term.tsx';

interface PhaseTermsProps {
  readonly words: Readonly<Record<string, { readonly title: string; readonly explains: string }>>;
}

/** The phases' names, each with its explanation; drawn once, since charts redraw all the time. */
export const PhaseTerms = memo(({ words }: PhaseTermsProps) => (
  <>
    Phases:{' '}
    {Object.values(words).map(({ title, explains }, i) => (
      <span key={title}>
        {i > 0 && ', '}
        <Term explains={explains}>{title}</Term>
      </span>
    ))}
    .
  </>
));
