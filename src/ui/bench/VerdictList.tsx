import { useState } from 'react';
import { Link } from 'wouter';
import { unreachable } from '../../core/errors.ts';
import type { Remedy, Severity, Verdict } from '../../core/verdict/verdict.ts';
import { tryRemedy } from '../../state/race/verdicts.ts';
import { TextButton } from '../parts/TextButton.tsx';
import { useTaken } from '../parts/use.ts';
import styles from './VerdictList.module.css';

const SIGNS: Readonly<Record<Severity, string>> = { wrong: '✕', doubt: '?', slow: '›', note: 'i' };
const WORDS: Readonly<Record<Severity, string>> = {
  wrong: 'Wrong',
  doubt: 'Not to be trusted',
  slow: 'Why so slow',
  note: 'Worth knowing',
};
/** More at once are not read. */
const FIRST = 3;

function remedyText(remedy: Exclude<Remedy, { kind: 'open' }>): string {
  switch (remedy.kind) {
    case 'race-longer':
      return `Race for ${remedy.seconds} s`;
    case 'race-with':
      return 'Race it on WASM';
    case 'look-inside':
      return 'Look inside';
    default:
      return unreachable(remedy);
  }
}

function Try({ remedy }: { remedy: Remedy }) {
  const taken = useTaken();
  if (remedy.kind === 'open') {
    return (
      <Link href={remedy.path} className={styles['link']}>
        {remedy.title}
      </Link>
    );
  }
  return (
    <TextButton disabled={taken} onClick={() => tryRemedy(remedy)}>
      {remedyText(remedy)}
    </TextButton>
  );
}

interface ItemProps {
  readonly verdict: Verdict;
  readonly live: boolean;
  /** Whether its advice is shown at once. */
  readonly open: boolean;
}

/** A sentence, behind it what to do about it, and beside it a press that does it. */
function Item({ verdict, live, open }: ItemProps) {
  const { rule, severity, sentence, advice, remedy } = verdict;
  return (
    <li className={styles['item']} data-verdict={rule} data-severity={severity}>
      <span className={styles['sign']} role="img" aria-label={WORDS[severity]}>
        {SIGNS[severity]}
      </span>
      {advice === '' ? (
        <p>{sentence}</p>
      ) : (
        <details open={open}>
          <summary>{sentence}</summary>
          <p className={styles['advice']}>{advice}</p>
        </details>
      )}
      {remedy && live && (
        <span className={styles['try']}>
          <Try remedy={remedy} />
        </span>
      )}
    </li>
  );
}

interface VerdictListProps {
  readonly verdicts: readonly Verdict[];
  /** Whether what is advised can be tried here: the race of the bench, not one of a report. */
  readonly live: boolean;
  readonly allOpen?: boolean;
}

/** Verdicts in their order: the worst few, a line each; the rest, and all advice, on demand. */
export function VerdictList({ verdicts, live, allOpen = false }: VerdictListProps) {
  const [all, setAll] = useState(false);
  if (verdicts.length === 0) {
    return (
      <p className={styles['quiet']}>
        No problems found: no checked answer is wrong, every lane was steady, intervals are narrow,
        and no turn was disturbed.
      </p>
    );
  }
  const open = all || allOpen;
  const shown = open ? verdicts : verdicts.slice(0, FIRST);
  const more = verdicts.length - shown.length;
  return (
    <>
      <ul className={styles['list']}>
        {shown.map((verdict) => (
          <Item key={`${verdict.rule} ${verdict.lane}`} verdict={verdict} live={live} open={open} />
        ))}
      </ul>
      {more > 0 && (
        <TextButton disabled={false} onClick={() => setAll(true)}>
          {more} more
        </TextButton>
      )}
    </>
  );
}
