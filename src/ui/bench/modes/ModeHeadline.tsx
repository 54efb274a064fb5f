import { Progress } from '@mantine/core';
import { adviceFor } from '../../../core/advice.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import { modeKind } from '../../../core/modes/register.ts';
import type { ErrorFacts } from '../../../core/race/events.ts';
import { type ModeRun, runOf } from '../../../state/modes/modes.ts';
import { isGoing } from '../../../state/race/race.ts';
import { Card } from '../../parts/Card.tsx';
import { Fault } from '../../parts/Fault.tsx';
import sentence from '../../parts/Headline.module.css';
import { HeadlineSentence } from '../../parts/HeadlineSentence.tsx';
import { useModes } from '../../parts/use.ts';
import styles from '../HeadlineCard.module.css';

/** Own subscription: the line changes more often than the pictures. */
function RunningLine({ kind }: { kind: string }) {
  const doing = useModes((state) => runOf(state, kind).doing);
  const share = useModes((state) => runOf(state, kind).share);
  const paused = useModes((state) => runOf(state, kind).status.state === 'paused');
  return (
    <div className={styles['running']}>
      <p role="status">
        {paused
          ? 'Paused while this tab is hidden: browsers slow hidden tabs down.'
          : `${doing || 'Ending'}…`}
      </p>
      <Progress size="sm" value={100 * (share ?? 0)} aria-label="Progress" />
    </div>
  );
}

interface ModeHeadlineProps {
  readonly kind: string;
  readonly status: ModeRun['status'];
  readonly headline: Headline | null;
  readonly died: ErrorFacts | null;
}

/** The answer first: what the latest run of this kind found, or what it would find out. */
export function ModeHeadline({ kind, status, headline, died }: ModeHeadlineProps) {
  const running = isGoing(status);
  const { asks, how } = modeKind(kind);
  return (
    <Card>
      {status.state === 'failed' && <Fault error={status.error} />}
      {headline ? (
        <HeadlineSentence headline={headline} />
      ) : (
        <>
          <p className={sentence['say']}>{running ? 'The lane is warming up…' : asks}</p>
          {!running && <p className={sentence['evidence']}>{how}</p>}
        </>
      )}
      {died && <p className={sentence['evidence']}>{adviceFor(died.name)}</p>}
      {running && <RunningLine kind={kind} />}
      {status.state === 'stopped' && (
        <p className={sentence['evidence']} role="status">
          Stopped early; the figures are from what was measured before that.
        </p>
      )}
    </Card>
  );
}
