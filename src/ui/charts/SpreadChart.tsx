import { useMemo } from 'react';
import { Area, AreaChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { histogramOf, type SeriesSpan, spanOf } from '../../core/figures/series.ts';
import { duration, figure } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { samplesFrom } from '../../core/race/samples.ts';
import { type RaceView, useRaceView } from '../parts/raceView.ts';
import { forText } from '../parts/textSize.ts';
import { useLaneLook } from '../parts/wrongLanes.tsx';
import { Coming } from './Coming.tsx';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './note.module.css';
import { Staged } from './Staged.tsx';
import { niceTicks, roundUp } from './ticks.ts';

/** Rows share the height of the chart beside them, but never get flatter than their names allow. */
const HEIGHT = forText(214);
const MIN_ROW = forText(48);
const AXIS_HEIGHT = forText(28);
const BINS = 36;
/** Part of a row that its tallest bin fills; the rest keeps the name free. */
const FILL = 0.6;

interface Spread {
  readonly lanes: readonly LaneFigures[];
  readonly span: SeriesSpan;
  /** One per bin: its lower edge, and each lane's height stacked in rows. */
  readonly points: readonly Readonly<Record<string, number>>[];
  /** Share of all samples that lie right of the chart. */
  readonly beyond: number;
}

function spreadOf({ record, figures }: RaceView): Spread | null {
  const lanes = figures.filter(({ steady }) => steady !== null);
  const samples = lanes.map(({ lane, steadyAt }) => {
    const own = record.lanes.find((one) => one.lane.id === lane.id);
    return own ? samplesFrom(own, steadyAt) : new Float64Array();
  });
  const exact = spanOf(samples);
  if (!exact) return null;
  // Rounded, so that the axis stands still while samples come in.
  const span = { ...exact, low: exact.low && roundUp(exact.low * 0.8), high: roundUp(exact.high) };
  const histograms = samples.map((values) => histogramOf(values, span, BINS));
  const tallest = histograms.map(({ bins }) => Math.max(...bins.map(({ share }) => share)));
  const points = Array.from({ length: BINS }, (_, bin) => {
    const point: Record<string, number> = { ms: histograms[0]?.bins[bin]?.from ?? 0 };
    for (const [i, { bins }] of histograms.entries()) {
      const height = (bins[bin]?.share ?? 0) / (tallest[i] ?? 1);
      point[`lane${i}`] = lanes.length - 1 - i + FILL * height;
    }
    return point;
  });
  const total = samples.reduce((sum, { length }) => sum + length, 0);
  const beyond = histograms.reduce((sum, histogram) => sum + histogram.beyond, 0) / total;
  return { lanes, span, points, beyond };
}

/** Names above the rows' histograms. */
function RowNames({ lanes, row }: { lanes: readonly LaneFigures[]; row: number }) {
  const look = useLaneLook();
  return lanes.map(({ lane, steady }, i) => (
    <text
      key={lane.id}
      x={MARGIN.left + 2}
      y={MARGIN.top + row * (i + 1 - FILL) - 5}
      fontSize={forText(11)}
      fill="var(--ink)"
    >
      <tspan fontWeight={600} fill={look(lane).colour}>
        {look(lane).title}
      </tspan>{' '}
      median {duration(steady?.median ?? 0)}
    </text>
  ));
}

function describe(lanes: readonly LaneFigures[]): string {
  const parts = lanes.map(
    ({ lane, steady }) =>
      `${laneTitle(lane)}: half within ${duration(steady?.median ?? 0)}, 95% within ${duration(steady?.p95 ?? 0)}`,
  );
  return `Histograms of the steady samples. ${parts.join('. ')}.`;
}

/** A histogram per lane, one above the other on one axis, with its median. */
export function SpreadChart() {
  const view = useRaceView();
  const look = useLaneLook();
  const spread = view && spreadOf(view);
  const { low = 0, high = 1, logarithmic = false } = spread?.span ?? {};
  const across = useMemo(
    () => ({ domain: [low, high], ticks: niceTicks(low, high, logarithmic) }),
    [low, high, logarithmic],
  );
  const rows = spread?.lanes.length ?? 0;
  const down = useMemo(() => [0, rows], [rows]);
  if (!spread) {
    return (
      <Coming
        stored={view?.stored ?? false}
        when="Shown once a lane is steady: until then its samples are warm-up."
        why="No lane was steady for long enough."
      />
    );
  }
  const { lanes, points, beyond } = spread;
  const height = Math.max(HEIGHT, rows * MIN_ROW);
  return (
    <>
      <ChartFrame height={height + AXIS_HEIGHT + MARGIN.top} says={describe(lanes)}>
        <AreaChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            dataKey="ms"
            type="number"
            scale={logarithmic ? 'log' : 'linear'}
            domain={across.domain}
            ticks={across.ticks}
            interval={0}
            height={AXIS_HEIGHT}
            tick={TICK}
            tickLine={false}
            stroke={GRID}
            tickFormatter={figure}
          />
          <YAxis hide type="number" domain={down} />
          <Staged>
            {lanes.map(({ lane }, i) => (
              <Area
                key={lane.id}
                dataKey={`lane${i}`}
                baseValue={rows - 1 - i}
                type="stepAfter"
                stroke={look(lane).colour}
                strokeWidth={1.2}
                fill={look(lane).colour}
                fillOpacity={0.28}
                dot={false}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
            {lanes.map(({ lane, steady }, i) => (
              <ReferenceLine
                key={lane.id}
                segment={[
                  { x: steady?.median ?? 0, y: rows - 1 - i },
                  { x: steady?.median ?? 0, y: rows - 1 - i + FILL },
                ]}
                stroke="var(--ink)"
                strokeWidth={2}
              />
            ))}
          </Staged>
          <RowNames lanes={lanes} row={height / rows} />
        </AreaChart>
      </ChartFrame>
      <p className={styles['note']}>
        {logarithmic ? 'The axis is logarithmic. ' : ''}
        {beyond > 0.0005 ? `${(beyond * 100).toFixed(1)}% of the samples lie beyond its end.` : ''}
      </p>
    </>
  );
}
