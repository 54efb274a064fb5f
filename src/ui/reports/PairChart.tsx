import { figure } from '../../core/format.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import type { Interval } from '../../core/units.ts';
import { niceTicks, roundUp } from '../charts/ticks.ts';
import { forText } from '../parts/textSize.ts';
import { useLaneLook } from '../parts/wrongLanes.tsx';
import styles from './PairChart.module.css';

interface End {
  readonly value: number;
  readonly interval: Interval | null;
}

export interface PairRow {
  readonly lane: Lane;
  readonly a: End;
  readonly b: End;
}

interface PairChartProps {
  readonly rows: readonly PairRow[];
  readonly unit: string;
  /** A value with a line through all rows; null for none. */
  readonly mark: number | null;
}

/** Heights in pixels: a lane's name, then A and B below each other. */
const ROW = { name: forText(15), end: forText(23), gap: 10 } as const;
const HEIGHT = ROW.name + 2 * ROW.end + ROW.gap;
const AXIS = forText(22);
const RADIUS = forText(8);
/** Ends of the axis stay clear of the edges, for markers and labels. */
const ROOM = { left: 12, right: 24 } as const;
/** Values further apart than this are shown by ratios. */
const FAR_APART = 8;

interface Scale {
  readonly at: (value: number) => string;
  readonly ticks: readonly number[];
  readonly log: boolean;
}

function scaleOf(rows: readonly PairRow[], mark: number | null): Scale {
  const ends = rows.flatMap(({ a, b }) => [a, b]);
  const all = [
    ...ends.flatMap(({ value, interval }) => [
      value,
      interval?.low ?? value,
      interval?.high ?? value,
    ]),
    ...(mark === null ? [] : [mark]),
  ];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const log = least > 0 && most / least > FAR_APART;
  const low = log ? least * 0.8 : 0;
  const high = log ? most * 1.25 : roundUp(most * 1.04);
  const share = (value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const inner = 100 - ROOM.left / 4 - ROOM.right / 4;
  return {
    at: (value) => `${ROOM.left / 4 + share(value) * inner}%`,
    ticks: niceTicks(low, high, log),
    log,
  };
}

function Marker({
  name,
  end,
  y,
  at,
  colour,
}: {
  name: 'A' | 'B';
  end: End;
  y: number;
  at: Scale['at'];
  colour: string;
}) {
  const { value, interval } = end;
  const filled = name === 'A';
  return (
    <>
      {interval && (
        <line
          x1={at(interval.low)}
          x2={at(interval.high)}
          y1={y}
          y2={y}
          stroke={colour}
          strokeWidth="4"
          strokeLinecap="round"
          opacity="0.45"
        />
      )}
      <circle
        cx={at(value)}
        cy={y}
        r={RADIUS}
        fill={filled ? colour : 'var(--card)'}
        stroke={colour}
        strokeWidth="2"
      />
      <text
        x={at(value)}
        y={y + forText(3.6)}
        textAnchor="middle"
        fontSize={forText(10)}
        fontWeight="700"
        fill={filled ? 'var(--card)' : colour}
      >
        {name}
      </text>
    </>
  );
}

const said = ({ value, interval }: End, unit: string): string =>
  `${figure(value)} ${unit}${interval ? ` (${figure(interval.low)} to ${figure(interval.high)})` : ''}`;

/** Two values of each lane on one axis, one for each report, with their intervals. */
export function PairChart({ rows, unit, mark }: PairChartProps) {
  const look = useLaneLook();
  const { at, ticks, log } = scaleOf(rows, mark);
  const plot = rows.length * HEIGHT;
  const describe = rows.map(
    ({ lane, a, b }) => `${laneTitle(lane)}: A ${said(a, unit)}, B ${said(b, unit)}`,
  );
  return (
    <>
      <svg
        className={styles['chart']}
        height={plot + AXIS}
        role="img"
        aria-label={`${describe.join('. ')}.`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles['grid']} x1={at(tick)} x2={at(tick)} y1="0" y2={plot} />
            <text
              className={styles['tick']}
              x={at(tick)}
              y={plot + forText(15)}
              textAnchor="middle"
            >
              {figure(tick)}
            </text>
          </g>
        ))}
        {mark !== null && (
          <line className={styles['mark']} x1={at(mark)} x2={at(mark)} y1="0" y2={plot} />
        )}
        {rows.map(({ lane, a, b }, i) => {
          const { colour, title } = look(lane);
          const top = i * HEIGHT;
          const [first, second] = [top + ROW.name + ROW.end / 2, top + ROW.name + ROW.end * 1.5];
          return (
            <g key={lane.id}>
              <text x="0" y={top + forText(11)} fontSize={forText(11)} className={styles['name']}>
                <tspan fontWeight="600" fill={colour}>
                  {title}
                </tspan>{' '}
                A {figure(a.value)}, B {figure(b.value)} {unit}
              </text>
              <line
                x1={at(a.value)}
                x2={at(b.value)}
                y1={first}
                y2={second}
                stroke={colour}
                strokeWidth="1.5"
                opacity="0.6"
              />
              <Marker name="A" end={a} y={first} at={at} colour={colour} />
              <Marker name="B" end={b} y={second} at={at} colour={colour} />
            </g>
          );
        })}
      </svg>
      {log && <p className={styles['note']}>The axis is logarithmic.</p>}
    </>
  );
}
