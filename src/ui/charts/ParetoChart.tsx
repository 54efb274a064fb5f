import {
  CartesianGrid,
  ReferenceLine,
  Scatter,
  ScatterChart,
  Tooltip,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import { paretoFront, type Tradeoff } from '../../core/compress/report/pareto.ts';
import type { VariantLook } from '../../core/race/looks.ts';
import { toneColour } from '../parts/laneStyle.ts';
import { MarkShape } from '../parts/MarkShape.tsx';
import { forText } from '../parts/textSize.ts';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './ParetoChart.module.css';
import { spreadApart } from './spread.ts';
import { niceTicks } from './ticks.ts';

const HEIGHT = forText(300);
const AXIS_HEIGHT = forText(34);
const LABEL_GAP = forText(14);
/** Area of the largest mark in square pixels; the others' are in proportion, as far as they can be seen. */
const MAX_AREA = 1900;
const MIN_AREA = 40;
/** A smaller circle's form would be hidden by the variant's mark in it. */
const ROOM_FOR_MARK = 7;

/** One variant in the picture. */
export interface ParetoPoint extends Tradeoff {
  readonly id: string;
  readonly title: string;
  readonly look: VariantLook;
  /** Drawn hollow and dashed: its zeros weigh nothing in the download, but are still there. */
  readonly pruned: boolean;
  /** The mark's area. */
  readonly download: number;
  /** "5.1 MB" */
  readonly note: string;
  /** What a pointer is told. */
  readonly tip: string;
}

/** How an axis is named and its figures printed. */
export interface ParetoAxis {
  readonly title: string;
  readonly print: (value: number) => string;
}

interface ParetoChartProps {
  readonly points: readonly ParetoPoint[];
  readonly across: ParetoAxis;
  readonly up: ParetoAxis;
  /** No value of the axis is above this: a share's 1. */
  readonly most: number | null;
}

/** Room on both sides, so that no mark is cut off. */
function padded(values: readonly number[], most: number | null): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max((high - low) * 0.22, Math.abs(high) * 0.02, 1e-9);
  return [low - room, most === null ? high + room : Math.min(high + room, most + room)];
}

/** Where a value is exact there is no error to take a ratio of: it stands above all others. */
function finite(points: readonly ParetoPoint[]): { points: ParetoPoint[]; exact: number | null } {
  const worths = points.map(({ worth }) => worth).filter(Number.isFinite);
  if (worths.length === points.length) return { points: [...points], exact: null };
  const high = worths.length > 0 ? Math.max(...worths) : 0;
  const low = worths.length > 0 ? Math.min(...worths) : 0;
  const exact = high + Math.max((high - low) * 0.35, 5);
  return {
    points: points.map((point) =>
      Number.isFinite(point.worth) ? point : { ...point, worth: exact },
    ),
    exact,
  };
}

interface MarkProps {
  readonly cx?: number;
  readonly cy?: number;
  readonly largest: number;
  readonly payload?: ParetoPoint;
}

const radiusOf = ({ download }: ParetoPoint, largest: number) =>
  Math.sqrt(Math.max(MIN_AREA, (MAX_AREA * download) / largest) / Math.PI);

function Mark({ cx = 0, cy = 0, payload, largest }: MarkProps) {
  if (!payload) return null;
  const colour = toneColour(payload.look.tone);
  const radius = radiusOf(payload, largest);
  return (
    <>
      <circle
        cx={cx}
        cy={cy}
        r={radius}
        fill={payload.pruned ? 'transparent' : colour}
        fillOpacity={0.3}
        stroke={colour}
        strokeWidth={1.6}
        strokeDasharray={payload.pruned ? '4 3' : ''}
      />
      {radius > ROOM_FOR_MARK && (
        <MarkShape
          shape={payload.look.shape}
          fill={payload.pruned ? 'open' : 'full'}
          colour={colour}
          x={cx}
          y={cy}
        />
      )}
    </>
  );
}

/** Names beside the marks, on the side that has room, moved apart where they would overlap. */
function Names({ points }: { points: readonly ParetoPoint[] }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (!x || !y || !plot) return null;
  const largest = Math.max(...points.map(({ download }) => download));
  const tops = spreadApart(
    points.map(({ worth }) => y(worth) ?? 0),
    LABEL_GAP,
    plot.y + 8,
    plot.y + plot.height - 6,
  );
  return points.map((point, i) => {
    const at = x(point.cost) ?? 0;
    const left = at > plot.x + plot.width * 0.58;
    const gap = radiusOf(point, largest) + 6;
    return (
      <text
        key={point.id}
        x={left ? at - gap : at + gap}
        y={tops[i]}
        dy={4}
        textAnchor={left ? 'end' : 'start'}
        fontSize={forText(11.5)}
        fontWeight={550}
        fill={toneColour(point.look.tone)}
        stroke="var(--card)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {point.title}
        <tspan className={styles['size']} fill="var(--soft)" fontWeight={400}>
          {' '}
          {point.note}
        </tspan>
      </text>
    );
  });
}

function PointTip({ active, payload }: { active?: boolean; payload?: { payload: ParetoPoint }[] }) {
  const point = active ? payload?.[0]?.payload : undefined;
  if (!point) return null;
  return (
    <div className={styles['tip']}>
      <b>{point.title}</b>
      <br />
      {point.tip}
    </div>
  );
}

function describe({ points, across, up }: ParetoChartProps): string {
  const all = points.map(({ title, tip }) => `${title}: ${tip}`).join('. ');
  return `Every variant, ${across.title} against ${up.title}; a mark's area is its download size. ${all}.`;
}

/** Every variant as a mark: what it costs against what it is worth; the line joins the unbeaten. */
export default function ParetoChart(props: ParetoChartProps) {
  const { across, up, most } = props;
  if (props.points.length === 0) return null;
  const { points, exact } = finite(props.points);
  const front = paretoFront(points);
  const largest = Math.max(...points.map(({ download }) => download));
  const [left, right] = padded(
    points.map(({ cost }) => cost),
    null,
  );
  const [bottom, top] = padded(
    points.map(({ worth }) => worth),
    most,
  );
  const ticks = niceTicks(bottom, exact ?? top, false).filter(
    (tick) => (most === null || tick <= most + 1e-9) && (exact === null || tick < exact - 2),
  );
  return (
    <ChartFrame height={HEIGHT} says={describe(props)}>
      <ScatterChart margin={{ ...MARGIN, right: 14 }} accessibilityLayer={false}>
        <CartesianGrid stroke={GRID} vertical={false} />
        <XAxis
          dataKey="cost"
          type="number"
          domain={[Math.max(0, left), right]}
          ticks={niceTicks(Math.max(0, left), right, false)}
          height={AXIS_HEIGHT}
          tick={TICK}
          tickLine={false}
          stroke={GRID}
          tickFormatter={across.print}
          label={{ value: across.title, position: 'insideBottom', offset: 0, ...TICK }}
        />
        <YAxis
          dataKey="worth"
          type="number"
          domain={[bottom, top]}
          ticks={exact === null ? ticks : [...ticks, exact]}
          width={forText(52)}
          tick={TICK}
          tickLine={false}
          stroke={GRID}
          tickFormatter={(value: number) => (value === exact ? 'exact' : up.print(value))}
        />
        {front.slice(1).map((point, i) => (
          <ReferenceLine
            key={point.id}
            segment={[
              { x: front[i]?.cost ?? 0, y: front[i]?.worth ?? 0 },
              { x: point.cost, y: point.worth },
            ]}
            stroke="var(--good)"
            strokeDasharray="3 3"
          />
        ))}
        <Scatter data={points} shape={<Mark largest={largest} />} isAnimationActive={false} />
        <Names points={points} />
        <Tooltip content={<PointTip />} cursor={false} isAnimationActive={false} />
      </ScatterChart>
    </ChartFrame>
  );
}
