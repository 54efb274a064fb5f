/** What cells of several columns say alike. */
import type { ReactNode } from 'react';
import { adviceFor } from '../../core/advice.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { percent } from '../../core/format.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { Term } from '../parts/Term.tsx';
import { NONE } from './Amount.tsx';

/** Fewer labelled inputs than this are counted, not made a percentage of. */
export const FEW = 100;

/** What of the labelled inputs was named rightly, or found. */
export function accuracyValue({ accuracy }: LaneFigures, { unlabelled }: RaceRecord): ReactNode {
  if (accuracy) {
    const { value, of } = accuracy;
    // A percentage of a handful of inputs would look surer than it is.
    return of < FEW ? `${Math.round(value * of)} of ${of}` : percent(value);
  }
  if (!unlabelled) return NONE;
  const { name, message } = unlabelled;
  return (
    <Term explains={`There are no labelled inputs to check with. ${message} ${adviceFor(name)}`}>
      not measured
    </Term>
  );
}
