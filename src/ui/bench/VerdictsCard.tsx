import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { unreachable } from '../../core/errors.ts';
import type { Remedy, Severity, Verdict } from '../../core/verdict/verdict.ts';
import { insidesOf } from '../../state/lookInside.ts';
import { latestSelfTest } from '../../state/selfTest.ts';
import { raceVerdicts, tryRemedy } from '../../state/verdicts.ts';
import { Card } from '../parts/Card.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useRaceView } from '../raceView.ts';
import { useDevice, useInsides, useSelfTests, useTaken } from '../use.ts';
import { LookInside } from './LookInside.tsx';
import styles from './VerdictsCard.module.css';

const SIGNS: Readonly<Record<Severity, string>> = {
  wrong: '✕',
  doubt: '?',
  slow: '›',
  note: 'i',
};
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
      <Link href={remedy.path} className={styles['link'] ?? ''}>
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
  const found = useInsides((state) => state.found);
  const selfTest = useSelfTests(({ latest }) => latest ?? null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    // Read from storage once the device is known; the store then tells.
    if (facts) latestSelfTest();
  }, [facts]);
  if (!view) return null;
  const { record, figures } = view;
  // While lanes warm up, most of what could be said would be untrue a second later.
  if (record.phase !== 'done' && record.phase !== 'checking') return null;
  const insides = insidesOf(record, found);
  const verdicts = raceVerdicts(record, figures, facts, selfTest, insides);
  // Whoever looked inside waits for what that told.
  const shown = all || insides.size > 0 ? verdicts : verdicts.slice(0, FIRST);
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
      <LookInside record={record} />
    </Card>
  );
}
