import { useState } from 'react';
import { Link } from 'wouter';
import type { Remedy, Severity, Verdict } from '../../core/verdict/verdict.ts';
import { raceVerdicts, tryRemedy } from '../../state/verdicts.ts';
import { Card } from '../parts/Card.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useRaceView } from '../raceView.ts';
import { useDevice, useTaken } from '../use.ts';
import styles from './VerdictsCard.module.css';

const SIGNS: Readonly<Record<Severity, string>> = { wrong: '✕', doubt: '?', slow: '›' };
const WORDS: Readonly<Record<Severity, string>> = {
  wrong: 'Wrong',
  doubt: 'Not to be trusted',
  slow: 'Why so slow',
};
/** More at once are not read. */
const FIRST = 3;

function Try({ remedy }: { remedy: Remedy }) {
  const taken = useTaken();
  if (remedy.kind === 'open') {
    return (
      <Link href={remedy.path} className={styles['link'] ?? ''}>
        {remedy.title}
      </Link>
    );
  }
  return (
    <TextButton disabled={taken} onClick={() => tryRemedy(remedy)}>
      {remedy.kind === 'race-longer' ? `Race for ${remedy.seconds} s` : 'Race it on WASM'}
    </TextButton>
  );
}

function Item({ verdict }: { verdict: Verdict }) {
  const { rule, severity, sentence, advice, remedy } = verdict;
  return (
    <li className={styles['item']} data-verdict={rule} data-severity={severity}>
      <span className={styles['sign']} role="img" aria-label={WORDS[severity]}>
        {SIGNS[severity]}
      </span>
      <div>
        <p>{sentence}</p>
        <p className={styles['advice']}>
          {advice} {remedy && <Try remedy={remedy} />}
        </p>
      </div>
    </li>
  );
}

/** What is to be said against the figures, why they are as they are, and what to try. */
export function VerdictsCard() {
  const view = useRaceView();
  const facts = useDevice((state) => state.facts);
  const [all, setAll] = useState(false);
  if (!view) return null;
  const { record, figures } = view;
  // While lanes warm up, most of what could be said would be untrue a second later.
  if (record.phase !== 'done' && record.phase !== 'checking') return null;
  const verdicts = raceVerdicts(record, figures, facts);
  const shown = all ? verdicts : verdicts.slice(0, FIRST);
  const more = verdicts.length - shown.length;
  return (
    <Card title="Why, and how far to trust it">
      {verdicts.length === 0 ? (
        <p className={styles['quiet']}>
          Nothing to object to: answers agree, every lane was steady, intervals are narrow, and no
          turn was disturbed.
        </p>
      ) : (
        <ul className={styles['list']}>
          {shown.map((verdict) => (
            <Item key={`${verdict.rule} ${verdict.lane}`} verdict={verdict} />
          ))}
        </ul>
      )}
      {more > 0 && (
        <TextButton disabled={false} onClick={() => setAll(true)}>
          {more} more
        </TextButton>
      )}
    </Card>
  );
}
