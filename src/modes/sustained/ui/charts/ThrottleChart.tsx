import { useMemo } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import { asTyped, clockTime, duration } from '../../../../core/format.ts';
import { laneName } from '../../../../core/race/lane.ts';
import { quantile, sorted } from '../../../../core/stats/quantiles.ts';
import { ACROSS, ChartFrame, GRID, MARGIN, TICK, VALUES } from '../../../../ui/charts/frame.tsx';
import styles from '../../../../ui/charts/note.module.css';
import { niceTicks, roundUp } from '../../../../ui/charts/ticks.ts';
import { forText } from '../../../../ui/parts/textSize.ts';
import { useLaneLook } from '../../../../ui/parts/wrongLanes.tsx';
import { curveOf, timeTicks } from '../../core/curve.ts';
import type { SustainedFigures } from '../../core/figures.ts';
import type { SustainedRecord, SustainedSettings } from '../../core/record.ts';

const HEIGHT = forText(280);
const AXIS_HEIGHT = forText(28);
const AXIS_WIDTH = forText(44);
/** More points than this cannot be told apart. */
const MAX_POINTS = 150;
/** A shaded stretch narrower than this share of the chart has no room for its name. */
const ROOM = 0.09;
/** A deadline further away than this would press the curve flat; it is told below. */
const FAR_DEADLINE = 3;

interface ThrottleProps {
  readonly record: SustainedRecord;
  readonly settings: SustainedSettings;
  readonly figures: SustainedFigures;
  readonly over: boolean;
}

function describe({ record, figures }: ThrottleProps): string {
  const { throttle, ranMs } = figures;
  return `${laneName(record.lane)}: time per inference over ${clockTime(ranMs)} minutes${
    throttle ? `, ${duration(throttle.first)} at first, ${duration(throttle.last)} at the end` : ''
  }.`;
}

/** Compute Pressure as it changed, in words. */
function pressureNote({ pressure }: SustainedRecord): string {
  const [first, ...changes] = pressure;
  if (!first) return 'This browser does not report how busy the processors are.';
  const told = changes.map(({ at, state }) => `${state} from ${clockTime(at)}`);
  return `Processor pressure, as reported by the system: ${[first.state, ...told].join(', ')}.`;
}

/** The throttle curve: the median of each moment and where 90% of the timings lie, over time. */
export default function ThrottleChart(props: ThrottleProps) {
  const { record, settings, figures, over } = props;
  const { slices, warming, gaps, onset, ranMs } = figures;
  const { deadlineMs } = settings;
  const { colour, dash } = useLaneLook()(record.lane);
  const points = useMemo(() => curveOf(slices, gaps, MAX_POINTS), [slices, gaps]);
  const steady = slices.slice(Math.min(warming, slices.length - 1));
  const tops = quantile(sorted(steady.map(({ p95 }) => p95)), 0.95);
  const near = deadlineMs <= FAR_DEADLINE * tops;
  const top = roundUp(1.2 * Math.max(tops, near ? deadlineMs : 0));
  const end = Math.max(ranMs, over ? 0 : 1000 * settings.seconds);
  const vertical = useMemo(() => ({ domain: [0, top], ticks: niceTicks(0, top, false) }), [top]);
  const across = useMemo(() => ({ domain: [0, end], ticks: timeTicks(end) }), [end]);
  if (points.length === 0) return null;
  const warm = slices[warming - 1]?.at ?? 0;
  const named = (from: number, to: number, value: string) =>
    (to - from) / end > ROOM ? { value, position: 'insideTop' as const, ...TICK } : '';
  return (
    <>
      <ChartFrame height={HEIGHT} says={describe(props)}>
        <ComposedChart data={points} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke={GRID} />
          {warm > 0 && (
            <ReferenceArea
              x1={0}
              x2={warm}
              fill="var(--band)"
              fillOpacity={1}
              label={named(0, warm, 'warming')}
            />
          )}
          {gaps.map(({ from, to }) => (
            <ReferenceArea
              key={from}
              x1={from}
              x2={to}
              fill="var(--band)"
              fillOpacity={1}
              label={named(from, to, 'paused')}
            />
          ))}
          <XAxis
            {...ACROSS}
            dataKey="at"
            type="number"
            domain={across.domain}
            ticks={across.ticks}
            height={AXIS_HEIGHT}
            tickFormatter={clockTime}
          />
          <YAxis {...VALUES} domain={vertical.domain} ticks={vertical.ticks} width={AXIS_WIDTH} />
          <Area
            dataKey="band"
            stroke="none"
            fill={colour}
            fillOpacity={0.18}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="median"
            stroke={colour}
            strokeWidth={2}
            strokeDasharray={dash}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          {near && (
            <ReferenceLine
              y={deadlineMs}
              stroke="var(--ink)"
              strokeDasharray="6 3"
              label={{
                value: `deadline ${asTyped(deadlineMs)} ms`,
                position: 'insideBottomRight',
                ...TICK,
                fill: 'var(--ink)',
              }}
            />
          )}
          {onset && (
            <ReferenceLine
              x={onset.at}
              stroke="var(--soft)"
              strokeDasharray="2 3"
              label={{
                value: `slower from ${clockTime(onset.at)}`,
                position: onset.at > end / 2 ? 'insideTopRight' : 'insideTopLeft',
                ...TICK,
                fill: 'var(--ink)',
              }}
            />
          )}
          {record.pressure.slice(1).map(({ at, state }) => (
            <ReferenceLine
              key={at}
              segment={[
                { x: at, y: 0 },
                { x: at, y: top / 12 },
              ]}
              stroke="var(--ink)"
              strokeWidth={2}
              label={{ value: state, position: 'top', ...TICK }}
            />
          ))}
        </ComposedChart>
      </ChartFrame>
      <p className={styles['note']}>
        The line is the median, the band holds 90% of the timings.{' '}
        {near ? '' : `The deadline of ${asTyped(deadlineMs)} ms lies far above the chart. `}
        {warm > 0 ? 'The shaded beginning is warm-up and counts in no figure. ' : ''}
        {pressureNote(record)}
      </p>
    </>
  );
}
