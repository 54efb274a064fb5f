import { memo } from 'react';
import { Area, AreaChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import { duration, figure } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { samplesFrom } from '../../core/race/samples.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { histogramOf, spanOf } from '../../core/report/series.ts';
import { laneStyle } from '../laneStyle.ts';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';

/** Rows share the height of the chart beside them, but never get flatter than their names allow. */
const HEIGHT = 214;
const LEAST_ROW = 48;
const AXIS_HEIGHT = 28;
const BINS = 44;
const LOGARITHMIC = { value: 'logarithmic', position: 'insideTopRight', dy: -14, ...TICK } as const;
/** Part of a row that its tallest bin fills; the rest keeps the name free. */
const FILL = 0.62;

interface SpreadChartProps {
  readonly record: RaceRecord;
  readonly figures: readonly LaneFigures[];
}

/** A histogram per lane, one above the other on one axis, with its median. */
export const SpreadChart = memo(function SpreadChart({ record, figures }: SpreadChartProps) {
  const steady = figures.filter((lane) => lane.steady !== null);
  const samples = steady.map(({ lane, steadyAt }) => {
    const own = record.lanes.find((one) => one.lane.id === lane.id);
    return own ? samplesFrom(own, steadyAt) : new Float64Array();
  });
  const span = spanOf(samples);
  if (!span) return null;
  const rows = steady.length;
  const histograms = samples.map((values) => histogramOf(values, span, BINS));
  const points = Array.from({ length: BINS }, (_, bin) => {
    const point: Record<string, number> = { ms: histograms[0]?.bins[bin]?.from ?? 0 };
    for (const [i, { bins }] of histograms.entries()) {
      const tallest = Math.max(...bins.map(({ share }) => share));
      const base = rows - 1 - i;
      point[`lane${i}`] = base + FILL * ((bins[bin]?.share ?? 0) / tallest);
    }
    return point;
  });
  const says = steady.map(
    ({ lane, steady: s }) =>
      `${laneTitle(lane)}: half within ${duration(s?.median ?? 0)}, 95% within ${duration(s?.p95 ?? 0)}`,
  );
  return (
    <ChartFrame
      height={Math.max(HEIGHT, rows * LEAST_ROW) + AXIS_HEIGHT + MARGIN.top}
      says={`Histograms of the steady samples. ${says.join('. ')}.`}
    >
      <AreaChart data={points} margin={MARGIN} accessibilityLayer={false}>
        <XAxis
          dataKey="ms"
          type="number"
          scale={span.logarithmic ? 'log' : 'linear'}
          domain={[span.low, span.high]}
          height={AXIS_HEIGHT}
          tick={TICK}
          tickLine={false}
          stroke={GRID}
          tickFormatter={(ms) => `${figure(ms)} ms`}
          minTickGap={40}
          {...(span.logarithmic ? { label: LOGARITHMIC } : {})}
        />
        <YAxis hide type="number" domain={[0, rows]} />
        {steady.map(({ lane, steady: s }, i) => {
          const { colour } = laneStyle(lane);
          const base = rows - 1 - i;
          const median = s?.median ?? 0;
          return [
            <Area
              key={lane.id}
              dataKey={`lane${i}`}
              baseValue={base}
              type="stepAfter"
              stroke={colour}
              strokeWidth={1.2}
              fill={colour}
              fillOpacity={0.28}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />,
            <ReferenceLine
              key={`${lane.id}-median`}
              segment={[
                { x: median, y: base },
                { x: median, y: base + FILL },
              ]}
              stroke="var(--ink)"
              strokeWidth={2}
            />,
            <ReferenceLine
              key={`${lane.id}-name`}
              segment={[
                { x: span.low, y: base + FILL },
                { x: span.high, y: base + FILL },
              ]}
              stroke="none"
              label={{
                value: `${laneTitle(lane)}: ${duration(median)}`,
                position: 'insideBottomLeft',
                fill: colour,
                fontSize: 11,
                fontWeight: 600,
              }}
            />,
          ];
        })}
      </AreaChart>
    </ChartFrame>
  );
});
