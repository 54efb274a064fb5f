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
import { duration } from '../../../../core/format.ts';
import type { Lane } from '../../../../core/race/lane.ts';
import { ACROSS, ChartFrame, GRID, MARGIN, TICK, VALUES } from '../../../../ui/charts/frame.tsx';
import { type LineEnd, LineEnds } from '../../../../ui/charts/LineEnds.tsx';
import styles from '../../../../ui/charts/note.module.css';
import { niceTicks, roundUp } from '../../../../ui/charts/ticks.ts';
import { forText } from '../../../../ui/parts/textSize.ts';
import { useLaneLook } from '../../../../ui/parts/wrongLanes.tsx';
import type { LoadFigures } from '../../core/figures.ts';
import { expectedLatency } from '../../core/theory.ts';
import { kneeOf, wholePercent } from '../../core/words.ts';

const HEIGHT = forText(300);
const AXIS_HEIGHT = forText(40);
const AXIS_WIDTH = forText(48);
/** The theory's line goes to infinity at 100%. */
const THEORY_END = 0.97;
const THEORY_STEPS = 40;

interface Row {
  readonly load: number;
  readonly p95?: number;
  readonly median?: number;
  readonly mean?: number;
  readonly band?: readonly [number, number];
  readonly expected?: number;
}

/** Measured rows and, between them, those of the theory's line. */
function rowsOf(open: readonly LoadFigures[]): Row[] {
  const kept = open.filter(({ overloaded, served }) => !overloaded && served > 0);
  const measured = kept.map(
    ({ offered, p95, median, mean, p95Interval }): Row => ({
      load: offered,
      ...(p95 === null ? {} : { p95 }),
      ...(median === null ? {} : { median }),
      ...(mean === null ? {} : { mean }),
      ...(p95Interval ? { band: [p95Interval.low, p95Interval.high] as const } : {}),
    }),
  );
  const n = kept.length;
  const service = {
    mean: kept.reduce((sum, one) => sum + one.service.mean, 0) / n,
    square: kept.reduce((sum, one) => sum + one.service.square, 0) / n,
  };
  const theory = Array.from({ length: n === 0 ? 0 : THEORY_STEPS + 1 }, (_, i): Row => {
    const load = 0.05 + ((THEORY_END - 0.05) * i) / THEORY_STEPS;
    return { load, expected: expectedLatency((1000 * load) / service.mean, service) };
  });
  return [...measured, ...theory].sort((a, b) => a.load - b.load);
}

function endsOf(rows: readonly Row[], colour: string): LineEnd[] {
  const last = (key: 'p95' | 'median' | 'expected') =>
    rows.findLast((row) => row[key] !== undefined);
  const [p95, median, expected] = [last('p95'), last('median'), last('expected')];
  return [
    ...(p95 ? [{ name: '95% within', x: p95.load, y: p95.p95 ?? 0, colour, strong: true }] : []),
    ...(median ? [{ name: 'half within', x: median.load, y: median.median ?? 0, colour }] : []),
    ...(expected
      ? [
          {
            name: 'mean, by theory',
            x: expected.load,
            y: expected.expected ?? 0,
            colour: 'var(--soft)',
          },
        ]
      : []),
  ];
}

function describe(open: readonly LoadFigures[]): string {
  const told = open.map(({ offered, p95, overloaded }) =>
    overloaded || p95 === null
      ? `${wholePercent(offered)}: cannot keep up`
      : `${wholePercent(offered)}: 95% within ${duration(p95)}`,
  );
  return `Latency against offered load. ${told.join('; ')}.`;
}

/** Latency against offered load: flat while requests are rare, steep where they queue. */
export default function LoadChart({ open, lane }: { open: readonly LoadFigures[]; lane: Lane }) {
  const rows = useMemo(() => rowsOf(open), [open]);
  const { colour, dash } = useLaneLook()(lane);
  const beyond = open.filter(({ overloaded }) => overloaded);
  const values = rows.flatMap(({ p95, median, band }) => [
    ...(p95 === undefined ? [] : [p95]),
    ...(median === undefined ? [] : [median]),
    ...(band ?? []),
  ]);
  const top = values.length > 0 ? roundUp(1.6 * Math.max(...values)) : 1;
  const bottom = values.length > 0 ? roundUp(0.6 * Math.min(...values)) : 0.1;
  const right = Math.max(1.05, ...beyond.map(({ offered }) => offered + 0.05));
  const vertical = useMemo(
    () => ({ domain: [bottom, top], ticks: niceTicks(bottom, top, true) }),
    [bottom, top],
  );
  const across = useMemo(
    () => ({
      domain: [0, right],
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1].concat(right > 1.2 ? [1.2] : []),
    }),
    [right],
  );
  if (values.length === 0) return null;
  const knee = kneeOf(open);
  return (
    <>
      <ChartFrame height={HEIGHT} says={describe(open)}>
        <ComposedChart data={rows} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke={GRID} />
          <ReferenceArea
            x1={1}
            x2={right}
            fill="var(--band)"
            fillOpacity={1}
            label={right > 1.1 ? { value: 'cannot keep up', position: 'insideTop', ...TICK } : ''}
          />
          <XAxis
            {...ACROSS}
            dataKey="load"
            type="number"
            domain={across.domain}
            ticks={across.ticks}
            height={AXIS_HEIGHT}
            tickFormatter={wholePercent}
            label={{
              value: 'offered load: share of time that the lane is busy',
              position: 'insideBottom',
              offset: 2,
              ...TICK,
            }}
          />
          <YAxis
            {...VALUES}
            scale="log"
            domain={vertical.domain}
            ticks={vertical.ticks}
            width={AXIS_WIDTH}
          />
          <Area
            dataKey="band"
            stroke="none"
            fill={colour}
            fillOpacity={0.16}
            connectNulls
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="expected"
            stroke="var(--soft)"
            strokeWidth={1.2}
            strokeDasharray="4 3"
            connectNulls
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="mean"
            stroke="none"
            dot={{ r: 2.6, fill: 'var(--card)', stroke: 'var(--soft)', strokeWidth: 1.4 }}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="median"
            stroke={colour}
            strokeWidth={1.3}
            strokeDasharray={dash}
            connectNulls
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="p95"
            stroke={colour}
            strokeWidth={2.2}
            strokeDasharray={dash}
            connectNulls
            dot={{ r: 3, fill: colour, stroke: 'none' }}
            activeDot={false}
            isAnimationActive={false}
          />
          {knee && (
            <ReferenceLine
              x={knee.offered}
              stroke="var(--ink)"
              strokeDasharray="2 3"
              label={{
                value: 'then they queue',
                position: 'insideTopLeft',
                ...TICK,
                fill: 'var(--ink)',
              }}
            />
          )}
          <LineEnds ends={endsOf(rows, colour)} />
        </ComposedChart>
      </ChartFrame>
      <p className={styles['note']}>
        The time axis is logarithmic. The band is the 95% interval of the upper line; rings are
        measured means, to compare with the dashed line.
      </p>
    </>
  );
}
