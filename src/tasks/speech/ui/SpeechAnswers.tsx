import { useStore } from 'zustand';
import type { LaneFigures } from '../../../core/figures/figures.ts';
import type { LaneRecord } from '../../../core/race/record.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { LaneMark } from '../../../ui/parts/LaneMark.tsx';
import type { RaceView } from '../../../ui/parts/raceView.ts';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import { differingFrames } from '../core/agreement.ts';
import { speechModel } from '../core/kind.ts';
import { speechSegments } from '../core/segments.ts';
import { frameDuration, type SpeechTask } from '../core/task.ts';
import { differingText, heardText, paceText } from '../core/words.ts';
import { sounds } from '../state/sounds.ts';
import styles from './Speech.module.css';
import { Strip } from './Strip.tsx';
import { Wave } from './Wave.tsx';

type Heard = LaneRecord & { readonly stream: Float32Array };
const hasHeard = (lane: LaneRecord): lane is Heard => lane.stream !== undefined;

interface HearingProps {
  readonly task: SpeechTask;
  readonly heard: Heard;
  readonly reference: Heard | undefined;
  readonly figures: LaneFigures | undefined;
}

/** One lane: what it heard in a sentence, and drawn. */
function Hearing({ task, heard, reference, figures }: HearingProps) {
  const { lane, stream } = heard;
  const { colour, title } = useLaneLook()(lane);
  const segments = speechSegments(task, [...stream], stream.length * task.frame);
  const compared = reference && !lane.reference ? reference : null;
  const differing = compared ? differingFrames(task, stream, compared.stream) : [];
  const says = [
    heardText(segments),
    compared && differingText(differing.length, stream.length, compared.lane.variant.title),
    figures?.steady && paceText(task, figures.steady.median),
  ].filter((each) => each);
  return (
    <section data-hearing={lane.id} data-differing={differing.length}>
      <h3 className={styles['name']}>
        <LaneMark lane={lane} /> {title}
      </h3>
      <p className={styles['says']}>{says.join(' ')}</p>
      <Strip
        stream={stream}
        lasts={frameDuration(task) / 1000}
        segments={segments}
        differing={differing}
        threshold={task.threshold}
        colour={colour}
        label={`Probability of speech over time, ${title}. ${says[0]}`}
      />
    </section>
  );
}

/** Seconds below all strips: none, half, whole. */
function Axis({ seconds }: { readonly seconds: number }) {
  return (
    <p className={styles['axis']} aria-hidden="true">
      <span>0 s</span>
      <span>{(seconds / 2).toFixed(1)} s</span>
      <span>{seconds.toFixed(1)} s</span>
    </p>
  );
}

/** What every lane heard of the whole sound, frame after frame, each with its own memory. */
export function SpeechAnswers({ view }: { readonly view: RaceView }) {
  const { task } = speechModel(view.record.model);
  const sound = useStore(sounds, ({ raced }) => raced);
  const heard = view.record.lanes.filter(hasHeard);
  const frames = Math.max(0, ...heard.map(({ stream }) => stream.length));
  if (frames === 0) return null;
  const lasts = frameDuration(task) / 1000;
  // A report keeps what lanes said, not what they heard.
  const shown = view.stored ? null : sound;
  const whole = shown === null || frames >= shown.frames.length;
  return (
    <Card title="What each lane hears">
      <div className={styles['hearings']}>
        {shown && whole && <Wave task={task} sound={shown} label="The sound that was heard" />}
        {heard.map((each) => (
          <Hearing
            key={each.lane.id}
            task={task}
            heard={each}
            reference={heard.find(({ lane }) => lane.reference)}
            figures={view.figures.find(({ lane }) => lane.id === each.lane.id)}
          />
        ))}
        <Axis seconds={frames * lasts} />
        <p className={styles['note']}>
          Lines: the probability of speech, one frame of {frameDuration(task)} ms after another;
          every lane carries its own state from frame to frame. Dashed: {task.threshold}. Shaded:
          detected speech. Red: frames that disagree with the reference.
          {shown?.speech && whole && ' Bars below the wave: where somebody speaks.'}
          {!whole &&
            ` The time limit for checking was reached after ${(frames * lasts).toFixed(1)} s of sound.`}
        </p>
      </div>
    </Card>
  );
}
