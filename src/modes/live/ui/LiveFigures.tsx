import { asTyped, count, duration, figure, percent } from '../../../core/format.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { Figures, type OneFigure } from '../../../ui/parts/Figures.tsx';
import { LanesBeside } from '../../../ui/parts/LaneCandidates.tsx';
import { LaneHeading } from '../../../ui/parts/LaneHeading.tsx';
import method from '../../../ui/parts/Method.module.css';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import type { LiveLaneFigures } from '../core/figures.ts';
import { MAX_RECENT } from '../core/recorder.ts';
import type { LiveSession } from '../state/live.ts';
import styles from './Stage.module.css';

function sessionFigures({ figures, deadline }: LiveSession): OneFigure[] {
  const { perSecond, run, offered, skipped, empty, prepare, same, lanes } = figures;
  const turns = lanes.length > 1 ? 'Every lane answers each of these frames, in turn.' : '';
  return [
    {
      id: 'rate',
      title: 'Frames a second',
      explains: `Frames answered per second, recently. ${turns}`,
      value: figure(perSecond),
      note: `${count(run)} answered`,
    },
    {
      id: 'skipped',
      title: 'Skipped',
      explains: 'Frames that arrived while the lanes were still busy with another one.',
      value: count(skipped),
      note: `of ${count(offered)} frames`,
    },
    {
      id: 'prepare',
      title: 'Preparing',
      explains:
        'Time to turn a frame into the model’s input before every inference: scaling, cropping, resampling.',
      value: duration(prepare.p50),
      note: `p95 ${duration(prepare.p95)}`,
    },
    {
      id: 'deadline',
      title: 'Deadline',
      explains: 'The time within which an answer is wanted.',
      value: `${asTyped(Number(deadline.toFixed(1)))} ms`,
    },
    ...(same === null
      ? []
      : [
          {
            id: 'same',
            title: 'The same answer',
            explains: 'Frames to which both lanes gave the same answer.',
            value: run === 0 ? '–' : percent(same / run),
            note: `${count(same)} of ${count(run)}`,
          },
        ]),
    ...(empty === 0
      ? []
      : [
          {
            id: 'empty',
            title: 'Nothing found',
            explains: 'Frames in which there was nothing for the model to classify.',
            value: count(empty),
          },
        ]),
  ];
}

function laneFigures(lane: LiveLaneFigures, run: number): OneFigure[] {
  const { inference, whole, missed, late, realTime } = lane;
  return [
    {
      id: 'inference',
      title: 'Inference',
      explains: 'Median time of the inference alone, timed in the lane’s own worker.',
      value: duration(inference.p50),
      note: `p95 ${duration(inference.p95)}`,
    },
    {
      id: 'whole',
      title: 'From frame to answer',
      explains:
        'Median time from the frame’s arrival to the answer: preparing, messages, inference and reading the answer. The other lane’s turn on the same frame is not included.',
      value: duration(whole.p50),
      note: `p95 ${duration(whole.p95)}`,
    },
    {
      id: 'real-time',
      title: 'Real-time factor',
      explains:
        'Median inference time divided by the deadline. Below 1, inference alone keeps up; above 1, it falls behind.',
      value: figure(realTime),
    },
    {
      id: 'late',
      title: 'Too late',
      explains:
        'Answers that came later than the deadline after their frame, and for how many of them the inference alone took longer than that.',
      value: run > 0 ? percent(late / run) : '–',
      note: `${count(late)} of ${count(run)}; inference alone ${count(missed)}`,
    },
  ];
}

function LaneFigures({ lane, of, run }: { lane: Lane; of: LiveLaneFigures; run: number }) {
  const { title } = useLaneLook()(lane);
  return (
    <section data-live-figures={lane.id}>
      <LaneHeading lane={lane} title={title} />
      <Figures figures={laneFigures(of, run)} />
    </section>
  );
}

/** What is counted and timed while it goes on. */
export function LiveFigures({ session }: { readonly session: LiveSession }) {
  const { lanes, figures } = session;
  const over = figures.lanes[0]?.inference.over ?? 0;
  return (
    <Card title="Figures" method="latency">
      <Figures figures={sessionFigures(session)} />
      <div className={styles['lanes']}>
        <LanesBeside>
          {lanes.map((lane, i) => {
            const of = figures.lanes[i];
            return of && <LaneFigures key={lane.id} lane={lane} of={of} run={figures.run} />;
          })}
        </LanesBeside>
      </div>
      <details className={method['method']}>
        <summary>How these figures were obtained, and how far to trust them</summary>
        <ul>
          <li>
            Counts are for the whole session, {count(figures.run)} frames answered so far; times are
            of the latest {count(over)} of them, at most {count(MAX_RECENT)}.
          </li>
          <li>
            Two lanes run one after the other on the same frame, never at the same time, since each
            would slow the other down; which one goes first alternates from frame to frame.
          </li>
          <li>
            A live rate is not a benchmark: the page, the camera or microphone and drawing take
            their share, and a device that is idle between frames may lower its clock speed. Use a
            race to compare lanes.
          </li>
          <li>
            The first runs of each lane, up to half a second, were on the first frame and count in
            no figure.
            {figures.excluded > 0 &&
              ` ${count(figures.excluded)} frames were left out because the tab was hidden.`}
          </li>
          <li>
            A frame has arrived when the browser shows it, or when its last sample came; what the
            camera or the microphone itself takes before that counts in no figure.
          </li>
          <li>
            Nothing of a live session is stored: its figures are gone when you leave the page or
            start the next session.
          </li>
        </ul>
      </details>
    </Card>
  );
}
