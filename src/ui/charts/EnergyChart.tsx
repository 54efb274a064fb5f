import { memo } from 'react';
import { Bar, Cell } from 'recharts';
import { type EnergyEstimate, tierSentence } from '../../core/energy/estimate.ts';
import { range } from '../../core/format.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { laneStyle } from '../laneStyle.ts';
import { useRaceView } from '../raceView.ts';
import { BAR_ROW, type BarRow, LaneBars, samePrinted } from './bars.tsx';
import styles from './note.module.css';

interface EnergyRow extends BarRow {
  readonly energy: EnergyEstimate;
  /** Lowest and highest, in millijoules. */
  readonly span: [number, number];
}

function energyRows(figures: readonly LaneFigures[]): EnergyRow[] {
  return figures.flatMap(({ lane, energy }) => {
    if (!energy) return [];
    const [low, high] = [energy.marginal.low * 1000, energy.marginal.high * 1000];
    return [{ lane, energy, span: [low, high], value: `${range({ low, high })} mJ` }];
  });
}

const EnergyBars = memo(({ rows }: { readonly rows: readonly EnergyRow[] }) => {
  const [first] = rows;
  if (!first) return null;
  const highs = rows.map(({ span }) => span[1]);
  const lows = rows.map(({ span }) => span[0]);
  const log = Math.max(...highs) / Math.min(...highs) > 8;
  return (
    <>
      <LaneBars
        rows={rows}
        what="Estimated energy per inference"
        low={log ? Math.min(...lows) * 0.8 : 0}
        high={Math.max(...highs) * 1.05}
        logarithmic={log}
      >
        <Bar dataKey="span" barSize={BAR_ROW.bar} radius={5} isAnimationActive={false}>
          {rows.map(({ lane }) => (
            <Cell key={lane.id} fill={laneStyle(lane).colour} fillOpacity={0.55} />
          ))}
        </Bar>
      </LaneBars>
      <p className={styles['note']}>
        {tierSentence(first.energy.tier)}
        {log && ' The axis is logarithmic.'}
      </p>
    </>
  );
}, samePrinted);

/** From low to high per lane: an interval, because nothing was measured with a meter. */
export function EnergyChart() {
  return <EnergyBars rows={energyRows(useRaceView()?.figures ?? [])} />;
}
