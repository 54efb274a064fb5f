import type { Check } from '../../core/selftest/selftest.ts';
import type { Interval } from '../../core/units.ts';
import styles from './SelfTestBand.module.css';

interface BandChartProps {
  readonly rows: Check['figures'];
  readonly band: Interval;
  /** What the shaded band means. */
  readonly bandWords: string;
}

/** Room around what is shown, as a share of it. */
const MARGIN = 0.12;
/** Half of a row; everything in it is drawn about its middle. */
const HALF = 6;

/** Ratios as points with their intervals, on one linear axis, the expected band shaded. */
export function BandChart({ rows, band, bandWords }: BandChartProps) {
  const ends = [
    band.low,
    band.high,
    ...rows.flatMap(({ value, interval }) => [
      value,
      interval?.low ?? value,
      interval?.high ?? value,
    ]),
  ];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = (most - least) * MARGIN;
  const at = (value: number) => ((value - least + room) / (most - least + 2 * room)) * 100;
  const percentAt = (value: number) => `${at(value)}%`;
  const shaded = (
    <rect
      className={styles['band']}
      x={percentAt(band.low)}
      width={`${at(band.high) - at(band.low)}%`}
      y="0"
      height="100%"
    />
  );
  return (
    <div className={styles['chart']}>
      {rows.map(({ title, value, interval }) => (
        <div key={title} className={styles['row']}>
          <span className={styles['name']}>{title}</span>
          <svg className={styles['plot']} aria-hidden="true" focusable="false">
            {shaded}
            {interval && (
              <line
                className={styles['interval']}
                x1={percentAt(interval.low)}
                x2={percentAt(interval.high)}
                y1="50%"
                y2="50%"
              />
            )}
            <circle className={styles['point']} cx={percentAt(value)} cy="50%" r={HALF - 2} />
          </svg>
          <span className={styles['value']}>{value.toFixed(3)}×</span>
        </div>
      ))}
      <div className={styles['row']}>
        <span />
        <svg className={styles['axis']} aria-hidden="true" focusable="false">
          {[band.low, band.high].map((edge, i) => (
            <text
              key={edge}
              x={percentAt(edge)}
              y="12"
              textAnchor={i === 0 ? 'end' : 'start'}
              dx={i === 0 ? 2 : -2}
            >
              {edge.toFixed(2)}
            </text>
          ))}
        </svg>
        <span />
      </div>
      <p className={styles['legend']}>
        Shaded: {bandWords}, {band.low.toFixed(2)}× to {band.high.toFixed(2)}×. Lines: 95%
        intervals.
      </p>
    </div>
  );
}
