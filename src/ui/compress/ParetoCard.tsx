import { NativeSelect } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { meantClasses } from '../../core/compress/proof/proof.ts';
import { bytes, duration, figure, percent } from '../../core/format.ts';
import { sqnr } from '../../core/race/fidelity.ts';
import type { VariantRow } from '../../state/compress/compressView.ts';
import type { ParetoAxis, ParetoPoint } from '../charts/ParetoChart.tsx';
import { Card } from '../parts/Card.tsx';
import { useVariantLook } from '../parts/looks.tsx';
import styles from './ParetoCard.module.css';

const ParetoChart = lazy(() => import('../charts/ParetoChart.tsx'));

interface Axis extends ParetoAxis {
  readonly id: string;
  /** Null where it was not measured. */
  readonly of: (row: VariantRow) => number | null;
}

/** Joules are read in small units here. */
const millijoules = (value: number) => `${figure(value)} mJ`;

const COSTS: readonly Axis[] = [
  { id: 'time', title: 'time', print: duration, of: (row) => row.heldMs },
  { id: 'download', title: 'download', print: bytes, of: (row) => row.gzip },
  { id: 'disk', title: 'size on disk', print: bytes, of: (row) => row.bytes },
  {
    id: 'energy',
    title: 'energy, estimated',
    print: millijoules,
    // The middle of an interval whose ends are factors apart.
    of: ({ energy }) => energy && Math.sqrt(energy.marginal.low * energy.marginal.high) * 1000,
  },
];

const isOriginal = ({ made }: VariantRow) => made === null;

const WORTHS: readonly Axis[] = [
  {
    id: 'agreement',
    title: 'same answers',
    print: percent,
    of: (row) => (isOriginal(row) ? 1 : ((row.answers && meantClasses(row.answers)?.top1) ?? null)),
  },
  {
    id: 'accuracy',
    title: 'accuracy',
    print: percent,
    of: (row) => row.answers?.classes?.accuracy?.variant ?? null,
  },
  {
    id: 'sqnr',
    title: 'SQNR',
    print: (value) => `${figure(value)} dB`,
    of: (row) =>
      isOriginal(row)
        ? Number.POSITIVE_INFINITY
        : row.answers && !row.answers.random
          ? sqnr(row.answers.fidelity)
          : null,
  },
];

/** Only what is known of at least one variant that was made; the original's accuracy is told by theirs. */
function withOriginal(rows: readonly VariantRow[], axis: Axis): Axis {
  if (axis.id !== 'accuracy') return axis;
  const known = rows.flatMap(({ answers }) => answers?.classes?.accuracy ?? []);
  return {
    ...axis,
    of: (row) => (isOriginal(row) ? (known.at(-1)?.original ?? null) : axis.of(row)),
  };
}

const known = (axis: Axis, rows: readonly VariantRow[]) =>
  rows.some((row) => !isOriginal(row) && axis.of(row) !== null);

function pointsOf(
  rows: readonly VariantRow[],
  across: Axis,
  up: Axis,
  lookOf: ReturnType<typeof useVariantLook>,
): ParetoPoint[] {
  return rows.flatMap((row) => {
    const cost = across.of(row);
    const worth = up.of(row);
    if (cost === null || worth === null || Number.isNaN(worth)) return [];
    const size = row.gzip ?? row.bytes;
    const tell = [
      `${across.print(cost)} ${across.title}`,
      Number.isFinite(worth) ? `${up.print(worth)} ${up.title}` : 'exact',
      `${bytes(size)} ${row.gzip === null ? 'on disk' : 'to download'}`,
    ];
    return [
      {
        id: row.id,
        title: row.title,
        look: lookOf(row.variant),
        pruned: row.pruned,
        cost,
        worth,
        download: size,
        note: bytes(size),
        tip: tell.join(', '),
      },
    ];
  });
}

interface AxisSelectProps {
  readonly label: string;
  readonly axes: readonly Axis[];
  readonly value: Axis;
  readonly onChange: (id: string) => void;
}

function AxisSelect({ label, axes, value, onChange }: AxisSelectProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value.id}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={axes.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
}

/** Every variant made so far in one picture, on the axes that matter to the reader. */
export function ParetoCard({ rows }: { rows: readonly VariantRow[] }) {
  const lookOf = useVariantLook();
  const [cost, setCost] = useState('time');
  const [worth, setWorth] = useState('agreement');
  const costs = COSTS.filter((axis) => known(axis, rows));
  const worths = WORTHS.filter((axis) => known(axis, rows)).map((axis) => withOriginal(rows, axis));
  const across = costs.find(({ id }) => id === cost) ?? costs[0];
  const up = worths.find(({ id }) => id === worth) ?? worths[0];
  const points = across && up ? pointsOf(rows, across, up, lookOf) : [];
  return (
    <Card title="Every variant; a mark's area is its download">
      {across && up && points.length > 1 ? (
        <>
          <div className={styles['axes']}>
            <AxisSelect label="Up" axes={worths} value={up} onChange={setWorth} />
            <span>against</span>
            <AxisSelect label="Across" axes={costs} value={across} onChange={setCost} />
          </div>
          <Suspense fallback={<div className={styles['room']} />}>
            <ParetoChart
              points={points}
              across={across}
              up={up}
              most={up.id === 'sqnr' ? null : 1}
            />
          </Suspense>
          <p className={styles['note']}>
            {across.id === 'time' || across.id === 'energy'
              ? 'Times are relative to the original, which took turns with each variant. '
              : ''}
            {rows.some(({ pruned }) => pruned) ? 'Dashed outline: pruned. ' : ''}
            Up and to the left is better; the dotted line joins the variants that no other beats
            (the Pareto front).
          </p>
        </>
      ) : (
        <p className={styles['note']}>Shown once a variant has been compared.</p>
      )}
    </Card>
  );
}
