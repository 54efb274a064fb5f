import { Progress } from '@mantine/core';
import { adviceFor } from '../../../core/advice.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import type { ErrorFacts } from '../../../core/race/events.ts';
import type { Kind, ModeRun } from '../../../state/modes/modes.ts';
import { isGoing } from '../../../state/race/race.ts';
import { Card } from '../../parts/Card.tsx';
import { Fault } from '../../parts/Fault.tsx';
import sentence from '../../parts/Headline.module.css';
import { HeadlineSentence } from '../../parts/HeadlineSentence.tsx';
import { useModes } from '../../parts/use.ts';
import styles from '../HeadlineCard.module.css';

/** What each kind of run answers, before it has. */
const QUESTIONS: Readonly<Record<Kind, { readonly ask: string; readonly how: string }>> = {
  sustained: {
    ask: 'How long does it keep its pace?',
    how: 'One lane runs without a pause, as in an app that looks at every frame of a camera. A device that becomes warm slows down: you see when and by how much, and how often an answer comes too late for its deadline.',
  },
  load: {
    ask: 'How many requests can it answer before they queue?',
    how: 'Requests come at random moments, as from many users, and wait in one queue for one lane. You see how long an answer takes from request to answer as more of them come.',
  },
  batches: {
    ask: 'How many inputs should go into one inference?',
    how: 'Several inputs at once can share work, but each waits for all of them. You see how many are answered per second with 1 to 64 at once, and what each waits for.',
  },
};

/** Own subscription: the line changes more often than the pictures. */
function RunningLine({ kind }: { kind: Kind }) {
  const doing = useModes(({ runs }) => runs[kind].doing);
  const share = useModes(({ runs }) => runs[kind].share);
  const paused = useModes(({ runs }) => runs[kind].status.state === 'paused');
  return (
    <div className={styles['running']}>
      <p role="status">
        {paused
          ? 'Paused while this tab is hidden: browsers slow hidden tabs down.'
          : `${doing || 'Ending'}…`}
      </p>
      <Progress size="sm" value={share * 100} aria-label="Progress" />
    </div>
  );
}

interface ModeHeadlineProps {
  readonly kind: Kind;
  readonly status: ModeRun<Kind>['status'];
  readonly headline: Headline | null;
  readonly died: ErrorFacts | null;
}

/** The answer first: what the latest run of this kind found, or what it would find out. */
export function ModeHeadline({ kind, status, headline, died }: ModeHeadlineProps) {
  const running = isGoing(status);
  const { ask, how } = QUESTIONS[kind];
  return (
    <Card>
      {status.state === 'failed' && <Fault error={status.error} />}
      {headline ? (
        <HeadlineSentence headline={headline} />
      ) : (
        <>
          <p className={sentence['say']}>{running ? 'The lane is warming up…' : ask}</p>
          {!running && <p className={sentence['evidence']}>{how}</p>}
        </>
      )}
      {died && <p className={sentence['evidence']}>{adviceFor(died.name)}</p>}
      {running && <RunningLine kind={kind} />}
      {status.state === 'stopped' && (
        <p className={sentence['evidence']} role="status">
          Stopped early; figures are from what was measured until then.
        </p>
      )}
    </Card>
  );
}
