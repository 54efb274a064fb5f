import { Link } from 'wouter';
import { count } from '../../core/format.ts';
import { reportNoun } from '../../core/modes/register.ts';
import type { Summary } from '../../core/report/summary.ts';
import { dismissInterrupted } from '../../state/reports/recovering.ts';
import { dismissStoringFault } from '../../state/reports/storing.ts';
import { Fault } from '../parts/Fault.tsx';
import { timeOf } from '../parts/moment.ts';
import { TextButton } from '../parts/TextButton.tsx';
import { useBusy, useStoring } from '../parts/use.ts';
import styles from './SavedLine.module.css';
import { savedText } from './savedText.ts';

const extentOf = ({ rounds, samples }: Summary): string => {
  if (rounds === null) return `${count(samples)} inferences`;
  return rounds === 1 ? 'one round' : `${count(rounds)} rounds`;
};

/** Where what a kind of measurement found is kept; quiet, unless it is not. */
export function SavedLine({ kind }: { kind: Summary['kind'] }) {
  const { fault, interrupted } = useStoring((state) => state);
  const saved = useStoring((state) => state.saved[kind]);
  const busy = useBusy();
  return (
    <>
      {fault && <Fault error={fault} onDismiss={dismissStoringFault} />}
      {interrupted && (
        <p className={styles['line']} data-interrupted>
          A {reportNoun(interrupted.kind)} of {interrupted.model} was interrupted at{' '}
          {timeOf(interrupted.lastAt)} after {extentOf(interrupted)}.{' '}
          <Link href={`/reports/${interrupted.id}`} onClick={dismissInterrupted}>
            Open what was measured
          </Link>
          <TextButton disabled={false} onClick={dismissInterrupted}>
            Dismiss
          </TextButton>
        </p>
      )}
      {saved && !busy && (
        <p className={styles['line']} data-saved={saved.id}>
          {savedText(saved)} <Link href={`/reports/${saved.id}`}>Open report</Link>
        </p>
      )}
    </>
  );
}
