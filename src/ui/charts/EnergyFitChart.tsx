import { ReferenceLine, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { rowTitle } from '../../core/energy/calibration.ts';
import type { FittedRow } from '../../core/energy/fit.ts';
import { figure, percent } from '../../core/format.ts';
import { forText } from '../parts/textSize.ts';
import { ChartFrame, GRID, MARGIN, TICK } from './frame.tsx';
import note from './note.module.css';
import { niceTicks, roundUp } from './ticks.ts';

const ROW = forText(54);
const AXIS_HEIGHT = forText(22);
/** Where in its row a load's marks stand, below its name. */
const MARKS = 0.78;

interface Mark {
  readonly x: number;
  readonly y: number;
}

const Disc = ({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) => (
  <circle cx={cx} cy={cy} r={4.5} fill="var(--ink)" />
);
const Tick = ({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) => (
  <path d={`M${cx} ${cy - 8}v16`} stroke="var(--accent)" strokeWidth={3} />
);
const Ring = ({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) => (
  <circle cx={cx} cy={cy} r={4.5} fill="none" stroke="var(--accent)" strokeWidth={1.5} />
);

const off = (read: number, said: number) => percent(Math.abs(said - read) / read);

function textOf({ read, fitted, leftOut }: FittedRow): string {
  const unseen = leftOut === null ? '' : `, left out: off by ${off(read, leftOut)}`;
  return `read ${figure(read)} W, fit ${figure(fitted)} W${unseen}`;
}

function Names({ rows }: { readonly rows: readonly FittedRow[] }) {
  return rows.map((row, i) => (
    <text
      key={rowTitle(row.row)}
      x={MARGIN.left + 2}
      y={MARGIN.top + ROW * i + forText(10)}
      fontSize={forText(11)}
      fill="var(--ink)"
    >
      <tspan fontWeight={600}>{rowTitle(row.row)}</tspan>
      <tspan x={MARGIN.left + 2} dy={forText(14)} fill="var(--soft)">
        {textOf(row)}
      </tspan>
    </text>
  ));
}

/** Per load: the watts that were read, what the fit says, and what a fit without it would say. */
export default function EnergyFitChart({ rows }: { readonly rows: readonly FittedRow[] }) {
  const at = (i: number) => rows.length - 1 - i + (1 - MARKS);
  const marks = (of: (row: FittedRow) => number | null): Mark[] =>
    rows.flatMap((row, i) => {
      const x = of(row);
      return x === null ? [] : [{ x, y: at(i) }];
    });
  const all = rows.flatMap(({ read, fitted, leftOut }) => [read, fitted, leftOut ?? 0]);
  const high = roundUp(Math.max(...all) * 1.05);
  const says = rows.map((row) => `${rowTitle(row.row)}: ${textOf(row)}`);
  return (
    <>
      <ChartFrame
        height={rows.length * ROW + AXIS_HEIGHT + MARGIN.top}
        says={`Watts above idle, read and fitted. ${says.join('. ')}.`}
      >
        <ScatterChart margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            dataKey="x"
            type="number"
            domain={[0, high]}
            ticks={niceTicks(0, high, false)}
            interval={0}
            height={AXIS_HEIGHT}
            tick={TICK}
            tickLine={false}
            stroke={GRID}
            tickFormatter={figure}
          />
          <YAxis dataKey="y" type="number" domain={[0, rows.length]} hide />
          {rows.map((row, i) => (
            <ReferenceLine
              key={rowTitle(row.row)}
              segment={[
                { x: 0, y: at(i) },
                { x: high, y: at(i) },
              ]}
              stroke={GRID}
            />
          ))}
          <Scatter data={marks((row) => row.leftOut)} shape={<Ring />} isAnimationActive={false} />
          <Scatter data={marks((row) => row.read)} shape={<Disc />} isAnimationActive={false} />
          <Scatter data={marks((row) => row.fitted)} shape={<Tick />} isAnimationActive={false} />
          <Names rows={rows} />
        </ScatterChart>
      </ChartFrame>
      <p className={note['note']}>
        Watts above idle while inferences ran. ● read; ┃ fitted; ○ predicted by a fit of the other
        loads only.
      </p>
    </>
  );
}
