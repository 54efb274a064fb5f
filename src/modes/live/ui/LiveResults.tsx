import { Card } from '../../../ui/parts/Card.tsx';
import { Fault } from '../../../ui/parts/Fault.tsx';
import sentence from '../../../ui/parts/Headline.module.css';
import { HeadlineSentence } from '../../../ui/parts/HeadlineSentence.tsx';
import page from '../../../ui/parts/Page.module.css';
import { useBench } from '../../../ui/parts/use.ts';
import { MarkWrongOfRace } from '../../../ui/parts/wrongLanes.tsx';
import { liveHeadline } from '../core/words.ts';
import { type LiveState, live } from '../state/live.ts';
import { Disagreements } from './Disagreements.tsx';
import { LiveFigures } from './LiveFigures.tsx';
import { Stage } from './Stage.tsx';
import { isLive, useLive } from './useLive.ts';

/** What a session would show, before there is one. */
function Question() {
  return (
    <>
      <p className={sentence['say']}>What does it see, or hear, right now?</p>
      <p className={sentence['evidence']}>
        One or two lanes answer frame after frame of a camera, a microphone or a clip, at the rate
        that this device manages. You see what they say, how long they take and where they disagree.
        Nothing leaves this device, and nothing is kept.
      </p>
    </>
  );
}

function LiveHeadline({ status, session }: Pick<LiveState, 'status' | 'session'>) {
  const doing = useLive((state) => state.doing);
  const on = useLive(isLive);
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
export default function LiveResults() {
  const state = useLive((all) => all);
  const modelId = useBench((all) => all.modelId);
  const { status, session } = state.modelId === modelId ? state : live.getInitialState();
  return (
    <MarkWrongOfRace>
      <div className={page['main']} data-live-state={status.state}>
        <LiveHeadline status={status} session={session} />
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
