import {
  CartesianGrid,
  ReferenceLine,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
  ZAxis,
} from 'recharts';
import { duration, figure } from '../../core/format.ts';
import type { NodeArithmetic } from '../../core/inspect/profile/executed.ts';
import {
  attainable,
  type Roof,
  type RoofPoint,
  ridge,
} from '../../core/inspect/roofline/roofline.ts';
import { ARITHMETIC_COLOURS } from '../parts/arithmeticStyle.ts';
import { forText } from '../parts/textSize.ts';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import styles from './RooflineChart.module.css';
import { niceTicks } from './ticks.ts';

const HEIGHT = forText(340);

export interface NamedRoof extends Roof {
  readonly arithmetic: NodeArithmetic;
}

interface RooflineChartProps {
  readonly points: readonly RoofPoint[];
  readonly whole: RoofPoint | null;
  /** Empty until the device was measured. */
  readonly roofs: readonly NamedRoof[];
  readonly onChoose: (node: number | null) => void;
}

/** Ends of a logarithmic axis: a power of ten's third or whole beyond the outermost value. */
function span(values: readonly number[]): [number, number] {
  const low = Math.min(...values) / 1.6;
  const high = Math.max(...values) * 1.6;
  return [low, high];
}

/** A node's name as a reader meets it in the listing. */
function PointTip({ active, payload }: { active?: boolean; payload?: { payload: RoofPoint }[] }) {
  const point = active ? payload?.[0]?.payload : undefined;
  if (!point) return null;
  return (
    <div className={styles['tip']}>
      <b>{point.operator || 'whole model'}</b> {point.operator && point.title}
      <br />
      {duration(point.ms)}, {figure(point.rate)} billion operations/s, {figure(point.perByte)} for
      each byte
    </div>
  );
}

function describe({ points, whole, roofs }: RooflineChartProps): string {
  const limits = roofs.map(
    (roof) =>
      `${roof.arithmetic} ${figure(roof.compute)} billion operations per second and ${figure(roof.bandwidth)} GB/s`,
  );
  const model = whole
    ? ` The whole model reaches ${figure(whole.rate)} billion operations per second at ${figure(whole.perByte)} operations per byte.`
    : '';
  return `Roofline with ${points.length} nodes.${model} Measured ceilings: ${limits.join('; ') || 'none yet'}.`;
}

/**
 * Operations per second against operations per byte, both logarithmic: under the slope memory is
 * the limit, under the flat part arithmetic. A mark's area is its share of the time.
 */
export default function RooflineChart(props: RooflineChartProps) {
  const { points, whole, roofs, onChoose } = props;
  const all = whole ? [...points, whole] : points;
  if (all.length === 0) return null;
  const [left, right] = span([...all.map((point) => point.perByte), ...roofs.map(ridge)]);
  const [bottom, top] = span([
    ...all.map((point) => point.rate),
    ...roofs.map((roof) => roof.compute),
    ...roofs.map((roof) => attainable(roof, left)),
  ]);
  const highest = Math.max(...roofs.map((roof) => roof.compute));
  const arithmetics = [...new Set(points.map(({ arithmetic }) => arithmetic))];
  return (
    <ChartFrame height={HEIGHT} says={describe(props)}>
      <ScatterChart margin={{ ...MARGIN, right: 12, bottom: 16 }} accessibilityLayer={false}>
        <CartesianGrid stroke={GRID} />
        <XAxis
          dataKey="perByte"
          type="number"
          scale="log"
          domain={[left, right]}
          ticks={niceTicks(left, right, true)}
          allowDataOverflow
          tick={TICK}
          tickLine={false}
          stroke={GRID}
          tickFormatter={figure}
          label={{
            value: 'operations per byte moved (logarithmic)',
            position: 'insideBottom',
            offset: -12,
            ...TICK,
          }}
        />
        <YAxis
          dataKey="rate"
          type="number"
          scale="log"
          domain={[bottom, top]}
          ticks={niceTicks(bottom, top, true)}
          allowDataOverflow
          width={44}
          tick={TICK}
          tickLine={false}
          stroke={GRID}
          tickFormatter={figure}
        />
        <ZAxis dataKey="ms" type="number" range={[24, 420]} />
        {roofs.map((roof, i) => {
          const knee = Math.min(Math.max(ridge(roof), left), right);
          const colour = ARITHMETIC_COLOURS[roof.arithmetic];
          return [
            // Every precision has the same memory; its slope is drawn up to its own roof.
            <ReferenceLine
              key={`${roof.arithmetic}-slope`}
              segment={[
                { x: left, y: attainable(roof, left) },
                { x: knee, y: attainable(roof, knee) },
              ]}
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={i === 0 ? '' : '4 3'}
            />,
            <ReferenceLine
              key={`${roof.arithmetic}-flat`}
              segment={[
                { x: knee, y: roof.compute },
                { x: right, y: roof.compute },
              ]}
              stroke={colour}
              strokeWidth={2}
              label={{
                value: `${roof.arithmetic} ${figure(roof.compute)}`,
                // The highest roof is named above its line, the others below theirs.
                position: roof.compute === highest ? 'insideBottomRight' : 'insideTopRight',
                fill: colour,
                fontSize: forText(11),
              }}
            />,
          ];
        })}
        {arithmetics.map((arithmetic) => (
          <Scatter
            key={arithmetic}
            data={points.filter((point) => point.arithmetic === arithmetic)}
            fill={ARITHMETIC_COLOURS[arithmetic]}
            fillOpacity={0.6}
            stroke={ARITHMETIC_COLOURS[arithmetic]}
            isAnimationActive={false}
            onClick={({ payload }: { payload?: RoofPoint }) => onChoose(payload?.node ?? null)}
          />
        ))}
        {whole && (
          <Scatter data={[whole]} shape="star" fill="var(--ink)" isAnimationActive={false} />
        )}
        <Tooltip content={<PointTip />} cursor={false} isAnimationActive={false} />
      </ScatterChart>
    </ChartFrame>
  );
}
