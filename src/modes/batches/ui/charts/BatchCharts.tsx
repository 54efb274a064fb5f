import { useMemo } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import { duration, rate } from '../../../../core/format.ts';
import type { Lane } from '../../../../core/race/lane.ts';
import row from '../../../../ui/charts/cards.module.css';
import { ACROSS, ChartFrame, GRID, MARGIN, TICK, VALUES } from '../../../../ui/charts/frame.tsx';
import styles from '../../../../ui/charts/note.module.css';
import { niceTicks, roundUp } from '../../../../ui/charts/ticks.ts';
import { Card } from '../../../../ui/parts/Card.tsx';
import { forText } from '../../../../ui/parts/textSize.ts';
import { useLaneLook } from '../../../../ui/parts/wrongLanes.tsx';
import type { BatchFigures } from '../../core/batchFigures.ts';

const HEIGHT = forText(240);
const AXIS_HEIGHT = forText(40);
const AXIS_WIDTH = forText(52);
/** Latencies further apart than this are shown by ratios. */
const FAR_APART = 8;

interface BatchProps {
  readonly figures: readonly BatchFigures[];
  readonly enough: BatchFigures | null;
  readonly lane: Lane;
}

interface CurveProps extends BatchProps {
  readonly value: 'perSecond' | 'ms';
  readonly interval: 'perSecondInterval' | 'msInterval';
  readonly log: boolean;
  readonly says: string;
  readonly mark: string;
}

function Curve({ figures, enough, lane, value, interval, log, says, mark }: CurveProps) {
  const { colour, dash } = useLaneLook()(lane);
  const rows = figures.map((each) => {
    const within = each[interval];
    const at = each[value];
    return {
      batch: `${each.batch}`,
      value: at,
      error: within ? [at - within.low, within.high - at] : [0, 0],
    };
  });
  const values = figures.map((each) => each[value]);
  const top = roundUp(1.2 * Math.max(...values));
  const bottom = log ? roundUp(0.6 * Math.min(...values)) : 0;
  const vertical = useMemo(
    () => ({ domain: [bottom, top], ticks: niceTicks(bottom, top, log) }),
    [bottom, top, log],
  );
  return (
    <ChartFrame height={HEIGHT} says={says}>
      <ComposedChart data={rows} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={GRID} />
        <XAxis
          {...ACROSS}
          dataKey="batch"
          type="category"
          height={AXIS_HEIGHT}
          padding={{ left: 12, right: 12 }}
          label={{ value: 'inputs at once', position: 'insideBottom', offset: 2, ...TICK }}
        />
        <YAxis
          {...VALUES}
          scale={log ? 'log' : 'linear'}
          domain={vertical.domain}
          ticks={vertical.ticks}
          width={AXIS_WIDTH}
        />
        {enough && figures.length > 1 && (
          <ReferenceLine
            x={`${enough.batch}`}
            stroke="var(--ink)"
            strokeDasharray="2 3"
            label={{
              value: mark,
              position: enough === figures[0] ? 'insideBottomLeft' : 'insideBottomRight',
              ...TICK,
              fill: 'var(--ink)',
            }}
          />
        )}
        <Line
          dataKey="value"
          stroke={colour}
          strokeWidth={2.2}
          strokeDasharray={dash}
          dot={{ r: 3.2, fill: colour, stroke: 'none' }}
          activeDot={false}
          isAnimationActive={false}
        >
          <ErrorBar dataKey="error" direction="y" width={5} stroke={colour} strokeWidth={1.3} />
        </Line>
      </ComposedChart>
    </ChartFrame>
  );
}

/** Throughput beside what it costs in waiting, both against the batch size. */
export default function BatchCharts(props: BatchProps) {
  const { figures, enough } = props;
  const [first, last] = [figures[0], figures.at(-1)];
  if (!first || !last) return null;
  const log = last.ms / first.ms > FAR_APART;
  const told = (of: (each: BatchFigures) => string) =>
    figures.map((each) => `${each.batch}: ${of(each)}`).join(', ');
  return (
    <div className={row['even']}>
      <Card title="Inputs answered per second">
        <Curve
          {...props}
          value="perSecond"
          interval="perSecondInterval"
          log={false}
          mark="as good as the best"
          says={`Inputs answered per second by batch size. ${told(({ perSecond }) => rate(perSecond))}.`}
        />
        <p className={styles['note']}>
          Bars are 95% intervals.{' '}
          {enough && `From ${enough.batch} on, larger batches gain less than 5%.`}
        </p>
      </Card>
      <Card title="How long each input waits: one inference of the whole batch, ms">
        <Curve
          {...props}
          value="ms"
          interval="msInterval"
          log={log}
          mark={enough ? duration(enough.ms) : ''}
          says={`Time of one inference by batch size. ${told(({ ms }) => duration(ms))}.`}
        />
        <p className={styles['note']}>{log ? 'The time axis is logarithmic.' : ''}</p>
      </Card>
    </div>
  );
}
