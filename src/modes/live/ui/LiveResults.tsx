import { isGoing } from '../../../state/race/race.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { Fault } from '../../../ui/parts/Fault.tsx';
import sentence from '../../../ui/parts/Headline.module.css';
import { HeadlineSentence } from '../../../ui/parts/HeadlineSentence.tsx';
import page from '../../../ui/parts/Page.module.css';
import { useBench } from '../../../ui/parts/use.ts';
import { MarkWrongOfRace } from '../../../ui/parts/wrongLanes.tsx';
import { kind } from '../core/kind.ts';
import { liveHeadline } from '../core/words.ts';
import type { LiveState } from '../state/live.ts';
import { Disagreements } from './Disagreements.tsx';
import { LiveFigures } from './LiveFigures.tsx';
import { Stage } from './Stage.tsx';
import { useLive, useLiveRun } from './useLive.ts';

/** What a session would show, before there is one. */
function Question() {
  return (
    <>
      <p className={sentence['say']}>{kind.asks}</p>
      <p className={sentence['evidence']}>{kind.how}</p>
    </>
  );
}

function LiveHeadline({ session }: Pick<LiveState, 'session'>) {
  const { status, doing } = useLiveRun();
  const on = isGoing(status);
  const headline = session && liveHeadline(session.lanes, session.figures);
  return (
    <Card>
      {status.state === 'failed' && <Fault error={status.error} />}
      {headline ? <HeadlineSentence headline={headline} /> : !on && <Question />}
      {on && !headline && <p className={sentence['say']}>{`${doing || 'Waiting for a frame'}…`}</p>}
      {status.state === 'paused' && (
        <p className={sentence['evidence']} role="status">
          Paused while this tab is hidden.
        </p>
      )}
      {(status.state === 'stopped' || status.state === 'done') && (
        <p className={sentence['evidence']} role="status">
          {status.state === 'done'
            ? 'The clip is over.'
            : 'Stopped; the camera or microphone is closed.'}
        </p>
      )}
    </Card>
  );
}

/** What a live session shows; comes with the first choice of it. */
export function LiveResults() {
  const { status } = useLiveRun();
  const modelId = useBench((all) => all.modelId);
  const session = useLive((state) => (state.modelId === modelId ? state.session : null));
  return (
    <MarkWrongOfRace>
      <div className={page['main']} data-live-state={status.state}>
        <LiveHeadline session={session} />
        {session && (
          <>
            <Stage session={session} />
            <LiveFigures session={session} />
            <Disagreements session={session} />
          </>
        )}
      </div>
    </MarkWrongOfRace>
  );
}
