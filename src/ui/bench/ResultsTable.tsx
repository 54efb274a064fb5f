import { type ReactNode, useState } from 'react';
import { energyDetail, TIER_TITLES } from '../../core/energy/words.ts';
import { fastest, type LaneFigures } from '../../core/figures/figures.ts';
import {
  between,
  bytes,
  bytesParts,
  count,
  duration,
  figure,
  percent,
  range,
  ratio,
} from '../../core/format.ts';
import { laneLedger } from '../../core/memory/ledger.ts';
import { stepTexts } from '../../core/memory/words.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { speedOf } from '../../core/stats/paired.ts';
import type { AnswerKind } from '../../core/tasks/kind.ts';
import { taskKind } from '../../core/tasks/register.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import type { Interval } from '../../core/units.ts';
import { answerOf } from '../../state/bench/answers.ts';
import { Card } from '../parts/Card.tsx';
import styles from '../parts/FoldingTable.module.css';
import { FoldingTable } from '../parts/FoldingTable.tsx';
import { LaneMark } from '../parts/LaneMark.tsx';
import { type RaceView, useRaceView } from '../parts/raceView.ts';
import { Term } from '../parts/Term.tsx';
import { useBench } from '../parts/use.ts';
import { type LaneColumn, useTaskViews } from '../tasks/views.ts';
import { Amount, NONE, time } from './Amount.tsx';
import { accuracyValue, FEW } from './cells.tsx';
import { EarlyMedian, EarlySpeed, NOT_YET } from './EarlyCells.tsx';
import { Method } from './Method.tsx';
import { laneNotes } from './notes.ts';
import own from './ResultsTable.module.css';

/** A figure that tells its interval on request. */
function Doubted({
  interval,
  children,
}: {
  interval: Interval | null | undefined;
  children: ReactNode;
}) {
  if (!interval) return children;
  return <Term explains={`95% interval ${between(interval)}.`}>{children}</Term>;
}

/** A column of all tasks, or of all that have such a figure. */
interface Column extends LaneColumn {
  readonly of?: (answers: AnswerKind<AnyTask>) => boolean;
}

function speedCell({ lane, speedup, early }: LaneFigures): ReactNode {
  if (lane.reference) return 'reference';
  if (early?.speedup) return <EarlySpeed early={early} speedup={early.speedup} />;
  if (!speedup) return early ? NOT_YET : NONE;
  return (
    <>
      {ratio(speedup.ratio)}
      {speedup.interval && (
        <span className={styles['sub']}>
          {figure(speedup.interval.low)} to {figure(speedup.interval.high)}
        </span>
      )}
    </>
  );
}

/** The heap tells what brought it on request: most of a small model's is the runtime's. */
function memoryCell({ memory, lane }: LaneFigures, record: RaceRecord): ReactNode {
  const found = record.lanes.find((one) => one.lane.id === lane.id);
  const ledger = found && laneLedger(found);
  if (!memory) return NONE;
  const heap = <Amount quantity={bytesParts(memory.heap)} />;
  return (
    <>
      {ledger ? <Term explains={`${stepTexts(ledger).join(', ')}.`}>{heap}</Term> : heap}
      <span className={styles['sub']}>
        {memory.gpu === null ? `file ${bytes(lane.variant.bytes)}` : `GPU ${bytes(memory.gpu)}`}
      </span>
    </>
  );
}

function energyCell({ energy: sure, early }: LaneFigures): ReactNode {
  const energy = sure ?? early?.energy;
  if (!energy) return early ? NOT_YET : NONE;
  const { low, high } = energy.marginal;
  return (
    <Term explains={energyDetail(energy)}>
      {range({ low: low * 1000, high: high * 1000 })} <span className={styles['unit']}>mJ</span>
      <span className={styles['sub']} data-figure="energy-tier">
        {TIER_TITLES[energy.tier]}
      </span>
      {!sure && <span className={styles['sub']}>provisional</span>}
    </Term>
  );
}

function accuracyCell(figures: LaneFigures, record: RaceRecord): ReactNode {
  const { accuracy, agreement, lane } = figures;
  const agrees = agreement === null || lane.reference ? null : `agrees ${percent(agreement)}`;
  return (
    <>
      {accuracyValue(figures, record)}
      <span className={styles['sub']}>
        {agrees ?? (accuracy && accuracy.of >= FEW && `of ${count(accuracy.of)}`)}
      </span>
    </>
  );
}

const COLUMNS: readonly Column[] = [
  {
    key: 'answer',
    title: 'Answer',
    explains: 'The class that the lane predicts for the input, with its probability after softmax.',
    // What a stream's one timed frame is taken for means nothing.
    of: ({ classes, sequence }) => classes && sequence === undefined,
    always: true,
    cell: ({ lane }, record) => {
      const answer = answerOf(record, lane.id);
      if (!answer) return NONE;
      return (
        <>
          <span className={styles['big']} data-figure="answer">
            {answer.label ?? 'none'}
          </span>
          <span className={styles['sub']}>{percent(answer.probability)}</span>
        </>
      );
    },
  },
  {
    key: 'median',
    title: 'Median',
    explains:
      'Half of the steady inferences took less. Timed in the worker, around the run and reading the outputs; the first run and warm-up are left out. Below: its 95% interval once the race is over, and inferences per second, one after another.',
    always: true,
    cell: ({ steady, early }) => (
      <span data-figure="median">
        {steady ? <Amount quantity={time(steady.median)} big /> : <EarlyMedian early={early} />}
        {steady?.intervals?.median && (
          <span className={styles['sub']}>{between(steady.intervals.median)}</span>
        )}
        {steady && <span className={styles['sub']}>{figure(steady.perSecond)} per s</span>}
      </span>
    ),
  },
  {
    key: 'speedup',
    title: 'Against fp32',
    explains:
      'How many times as fast as fp32 on WASM: median of the ratios within each round, with its 95% interval.',
    always: true,
    cell: speedCell,
  },
  {
    key: 'p95',
    title: 'p95, p99',
    explains:
      '95% of the steady inferences took less; below: 99%. Point at a figure for its 95% interval.',
    cell: ({ steady, early }) =>
      early ? (
        <>
          <Amount quantity={time(early.range.high)} />
          <span className={styles['sub']}>slowest</span>
        </>
      ) : (
        <>
          <Doubted interval={steady?.intervals?.p95}>
            <Amount quantity={time(steady?.p95)} />
          </Doubted>
          {steady && (
            <span className={styles['sub']}>
              <Doubted interval={steady.intervals?.p99}>{duration(steady.p99)}</Doubted>
            </span>
          )}
        </>
      ),
  },
  {
    key: 'first',
    title: 'First run',
    explains:
      'The very first inference: lazy allocation, unoptimised code and, on a GPU, shader compilation. Not included in any other figure.',
    cell: ({ first }) => <Amount quantity={time(first)} />,
  },
  {
    key: 'memory',
    title: 'Memory',
    explains:
      'The WASM heap of this lane’s worker, runtime and weights included; it never shrinks, so this is also its peak. GPU: buffers allocated now. Point at a figure to see what added to it.',
    cell: memoryCell,
  },
  {
    key: 'energy',
    title: 'Energy per inference',
    explains:
      'Time × power above idle, always as an interval. Below: where the power comes from, which is this device’s class, watts that you read with other loads (calibrated), or watts that you read with this very variant (measured).',
    cell: energyCell,
  },
  {
    key: 'accuracy',
    title: 'Accuracy',
    explains:
      'Share of labelled inputs that were classified correctly here and now, and share for which the lane predicts the same class as fp32 on WASM. For text: the next character, given the true text before it.',
    of: ({ classes }) => classes,
    cell: (lane, record) => <span data-figure="accuracy">{accuracyCell(lane, record)}</span>,
  },
];

/** The columns of a task, its own in their places among the common ones. */
function useColumns(task: AnyTask): readonly LaneColumn[] {
  const { columns: own = [] } = useTaskViews(task);
  const { answers } = taskKind(task);
  return COLUMNS.flatMap((column) => [
    ...(column.of?.(answers) === false ? [] : [column]),
    ...own.filter(({ after }) => after === column.key),
  ]);
}

function LaneRow({
  lane,
  record,
  columns,
  best,
}: {
  lane: LaneFigures;
  record: RaceRecord;
  columns: readonly LaneColumn[];
  best: boolean;
}) {
  const [open, setOpen] = useState(false);
  const answer = answerOf(record, lane.lane.id);
  const wrong = lane.correctness.state === 'wrong' || lane.state.name === 'died';
  return (
    <tr
      data-lane={lane.lane.id}
      data-lane-state={lane.state.name}
      data-correctness={lane.correctness.state}
      data-answer={answer?.label ?? ''}
      data-ratio={lane.speedup?.ratio}
      data-speed={lane.speedup ? speedOf(lane.speedup) : undefined}
      data-right={lane.state.name !== 'died' && lane.correctness.state !== 'wrong'}
      data-open={open}
      data-wrong={wrong}
    >
      <th scope="row">
        <button
          type="button"
          className={styles['name']}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <LaneMark lane={lane.lane} />
          {laneTitle(lane.lane)}
        </button>
        <span className={own['chips']}>
          {best && (
            <span className={own['chip']} data-tone="best">
              fastest
            </span>
          )}
          {laneNotes(lane, record).map(({ text, tone }) => (
            <span key={text} className={own['chip']} data-tone={tone}>
              {text}
            </span>
          ))}
        </span>
      </th>
      {columns.map(({ key, title, cell, always }) => (
        <td key={key} data-title={title} data-always={always ?? false}>
          {cell(lane, record)}
        </td>
      ))}
    </tr>
  );
}

/** Every lane's figures with units; each heading says how its figure is obtained. */
function Table({ view }: { readonly view: RaceView }) {
  // Names of classes may come after the answers.
  useBench((state) => state.inputChanges);
  useBench((state) => state.inputKinds);
  const { record, figures } = view;
  const columns = useColumns(record.model.task);
  const best = figures.length > 1 ? fastest(figures) : null;
  return (
    <Card>
      <FoldingTable
        caption="Figures of every lane"
        headings={[{ key: 'lane', title: 'Lane' }, ...columns]}
      >
        {figures.map((lane) => (
          <LaneRow
            key={lane.lane.id}
            lane={lane}
            record={record}
            columns={columns}
            best={lane === best}
          />
        ))}
      </FoldingTable>
      <Method view={view} />
    </Card>
  );
}

/** Comes with the first answer, or with a lane that died. */
export default function ResultsTable() {
  const view = useRaceView();
  return view && <Table view={view} />;
}
