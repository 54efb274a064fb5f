import { useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, XAxis, YAxis } from 'recharts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { type LatencyRow, latencyRows } from '../../core/figures/series.ts';
import { duration } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { quantile, sorted } from '../../core/stats/quantiles.ts';
import { useRaceView } from '../parts/raceView.ts';
import { forText } from '../parts/textSize.ts';
import { useLaneLook } from '../parts/wrongLanes.tsx';
import { Coming } from './Coming.tsx';
import { ACROSS, ChartFrame, GRID, MARGIN, TICK, VALUES } from './frame.tsx';
import { type LineEnd, LineEnds, roomForEnds } from './LineEnds.tsx';
import { LineMarks, type MarkedLine } from './LineMarks.tsx';
import styles from './note.module.css';
import { Staged } from './Staged.tsx';
import { niceTicks, roundUp } from './ticks.ts';

const HEIGHT = forText(250);
const AXIS_HEIGHT = forText(28);
const AXIS_WIDTH = forText(36);
/** More points than this cannot be told apart and cost frames while racing. */
const MAX_POINTS = 64;
/** Lanes whose medians lie further apart than this can only be shown by ratios. */
const FAR_APART = 8;

const WARMING_LABEL = { value: 'warming', position: 'insideTopLeft', ...TICK } as const;

interface Axis {
  readonly top: number;
  readonly bottom: number;
  readonly log: boolean;
}

/**
 * From zero, unless the lanes lie too far apart. A linear axis ends above what most rounds took;
 * single spikes go over its edge, and the note under the chart counts them.
 */
function axisFor(rows: readonly LatencyRow[], figures: readonly LaneFigures[]): Axis {
  const series = figures
    .map(({ lane }) => rows.flatMap(({ ms }) => ms[lane.id] ?? []))
    .filter(({ length }) => length > 0)
    .map(sorted);
  const middles = series.map((values) => quantile(values, 0.5));
  const log = Math.max(...middles) / Math.min(...middles) > FAR_APART;
  const ends = series.map((values) => quantile(values, log ? 1 : 0.95));
  const lows = series.map((values) => values[0] as number);
  return {
    top: roundUp(Math.max(...ends) * 1.25),
    bottom: log ? roundUp(Math.min(...lows) * 0.6) : 0,
    log,
  };
}

/** The median, provisional or not; null before there is one. */
const levelOf = ({ steady, early }: LaneFigures) => steady?.median ?? early?.median ?? null;

/** The lines' names, at the height of what the table tells of them. */
function endsOf(
  figures: readonly LaneFigures[],
  last: number,
  look: ReturnType<typeof useLaneLook>,
): LineEnd[] {
  return figures.flatMap((lane) => {
    const level = levelOf(lane);
    const { title, ...mark } = look(lane.lane);
    return level === null
      ? []
      : [{ name: title, x: last, y: level, colour: mark.colour, strong: true, mark }];
  });
}

const linesOf = (rows: readonly LatencyRow[], figures: readonly LaneFigures[]): MarkedLine[] =>
  figures.map(({ lane }) => ({
    lane,
    points: rows.flatMap(({ round, ms }) => {
      const y = ms[lane.id];
      return y === undefined ? [] : [{ x: round, y }];
    }),
  }));

function describe(figures: readonly LaneFigures[]): string {
  const parts = figures.flatMap((figures) => {
    const level = levelOf(figures);
    return level === null ? [] : [`${laneTitle(figures.lane)} at ${duration(level)}`];
  });
  return `Latency per inference over the rounds: ${parts.join(', ') || 'warming up'}.`;
}

/** A line per lane, live; the shaded rounds are warming and in no figure. */
export function LatencyChart() {
  const view = useRaceView();
  const look = useLaneLook();
  const figures = view?.figures ?? [];
  const rows = latencyRows(view?.record.lanes ?? [], MAX_POINTS);
  const axis = axisFor(rows, figures);
  const { top, bottom, log } = axis;
  const last = Math.max(3, rows.at(-1)?.round ?? 1);
  // The same arrays as long as they say the same: a new one makes the chart set up its axes anew.
  const vertical = useMemo(
    () => ({ domain: [bottom, top], ticks: niceTicks(bottom, top, log) }),
    [bottom, top, log],
  );
  const across = useMemo(
    () => ({ domain: [1, last], ticks: [1, Math.ceil((1 + last) / 2), last] }),
    [last],
  );
  if (rows.length === 0) {
    return (
      <Coming
        stored={view?.stored ?? false}
        when="Shown after the first round."
        why="No rounds were measured."
      />
    );
  }
  const ends = endsOf(figures, last, look);
  const height = Math.max(HEIGHT, roomForEnds(ends.length) + AXIS_HEIGHT + MARGIN.top);
  const over = rows.filter(({ ms }) => Object.values(ms).some((value) => value > top)).length;
  const lanes = view?.record.lanes ?? [];
  // Turns that were left out make a turn's place differ from its round.
  const warming = Math.max(
    ...figures.map(
      ({ steadyAt, early }, i) => (lanes[i]?.turns[(early?.from ?? steadyAt) - 1]?.round ?? -1) + 1,
    ),
  );
  return (
    <>
      <ChartFrame height={height} says={describe(figures)}>
        <LineChart data={rows} margin={MARGIN} accessibilityLayer={false}>
          <Staged>
            <CartesianGrid vertical={false} stroke={GRID} />
            {warming > 0 && (
              <ReferenceArea
                x1={1}
                x2={Math.min(warming, last)}
                fill="var(--band)"
                fillOpacity={1}
                label={WARMING_LABEL}
              />
            )}
          </Staged>
          <XAxis
            {...ACROSS}
            dataKey="round"
            type="number"
            domain={across.domain}
            ticks={across.ticks}
            height={AXIS_HEIGHT}
          />
          <YAxis
            {...VALUES}
            scale={log ? 'log' : 'linear'}
            domain={vertical.domain}
            ticks={vertical.ticks}
            width={AXIS_WIDTH}
          />
          <Staged>
            {figures.map(({ lane }) => {
              const { colour, dash } = look(lane);
              return (
                <Line
                  key={lane.id}
                  dataKey={`ms.${lane.id}`}
                  name={laneTitle(lane)}
                  stroke={colour}
                  strokeWidth={1.7}
                  strokeDasharray={dash}
                  dot={false}
                  activeDot={false}
                  connectNulls
                  isAnimationActive={false}
                />
              );
            })}
          </Staged>
          <LineMarks lines={linesOf(rows, figures)} />
          <LineEnds ends={ends} />
        </LineChart>
      </ChartFrame>
      <p className={styles['note']}>
        {log ? 'The time axis is logarithmic. ' : ''}
        {over > 0 ? `${over} of ${rows.length} points spike above the chart. ` : ''}
        Each point is a median. Shaded rounds are warm-up and count in no figure.
      </p>
    </>
  );
}
