import { memo } from 'react';
import { Bar, Cell } from 'recharts';
import type { EnergyEstimate } from '../../core/energy/estimate.ts';
import type { DeviceClass } from '../../core/energy/priors.ts';
import {
  amount,
  milliJoules,
  TIER_TITLES,
  tierSentence,
  timesBelow,
} from '../../core/energy/words.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { list } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { EnergyFootprint } from '../parts/EnergyFootprint.tsx';
import { useRaceView } from '../parts/raceView.ts';
import { Term } from '../parts/Term.tsx';
import { useLaneLook } from '../parts/wrongLanes.tsx';
import { BAR_ROW, type BarRow, LaneBars, samePrinted } from './bars.tsx';
import { Coming } from './Coming.tsx';
import styles from './EnergyChart.module.css';
import note from './note.module.css';

interface EnergyRow extends BarRow {
  readonly energy: EnergyEstimate;
  /** Lowest and highest, in millijoules. */
  readonly span: [number, number];
}

function energyRows(figures: readonly LaneFigures[]): EnergyRow[] {
  return figures.flatMap(({ lane, energy }) => {
    if (!energy) return [];
    const [low, high] = [energy.marginal.low * 1000, energy.marginal.high * 1000];
    const value = `${milliJoules(energy.marginal)}, ${TIER_TITLES[energy.tier]}`;
    return [{ lane, energy, span: [low, high], value }];
  });
}

/** Each sentence once, with its lanes where there are several. */
function tiersOf(rows: readonly EnergyRow[]): string {
  const says = [...new Set(rows.map(({ energy }) => energy.tier))].map((tier) => {
    const own = rows.filter(({ energy }) => energy.tier === tier);
    const widest = own.reduce((a, b) => (b.span[1] / b.span[0] > a.span[1] / a.span[0] ? b : a));
    return {
      titles: own.map(({ lane }) => laneTitle(lane)),
      sentence: tierSentence(widest.energy),
    };
  });
  return says.length === 1
    ? (says[0]?.sentence ?? '')
    : says.map(({ titles, sentence }) => `${list(titles)}: ${sentence}`).join(' ');
}

const WHY_BELOW =
  'MACs × joules per MAC + bytes × joules per byte, from 7 nm (TPUv4i, 2021) to 45 nm (Horowitz, 2014), with weights read once from memory. Real inference takes hundreds of times more, because nearly all of it goes into fetching and decoding instructions, moving data through caches, leakage, clocks and waiting. It also predicts 20 times less for int8 than for fp32, which no measurement shows. So it is a lower bound to learn from, not an estimate.';

/** A mark of its own scale: on the bars' axis it would lie far outside. */
function Floors({ rows }: { readonly rows: readonly EnergyRow[] }) {
  const look = useLaneLook();
  const known = rows.filter(({ energy }) => energy.floor);
  return (
    <p className={styles['floor']} data-figure="energy-floor">
      <Term explains={WHY_BELOW}>Arithmetic and memory alone (lower bound):</Term>{' '}
      {known.length === 0
        ? 'not estimated, since this model’s operation count is not known.'
        : known.map(({ lane, energy }, i) => (
            <span key={lane.id} className={styles['part']}>
              <span
                aria-hidden="true"
                className={styles['tick']}
                style={{ background: look(lane).colour }}
              />
              {laneTitle(lane)} {energy.floor && amount(energy.floor, 'J')}, {timesBelow(energy)}{' '}
              times less{i < known.length - 1 ? '; ' : '.'}
            </span>
          ))}
    </p>
  );
}

interface EnergyBarsProps {
  readonly rows: readonly EnergyRow[];
  readonly device: DeviceClass;
}

const EnergyBars = memo(
  ({ rows, device }: EnergyBarsProps) => {
    const look = useLaneLook();
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
              <Cell key={lane.id} fill={look(lane).colour} fillOpacity={0.55} />
            ))}
          </Bar>
        </LaneBars>
        <p className={note['note']}>
          {tiersOf(rows)}
          {log && ' The axis is logarithmic.'}
        </p>
        <Floors rows={rows} />
        <EnergyFootprint
          device={device}
          lanes={rows.map(({ lane, energy }) => ({ title: laneTitle(lane), energy, id: lane.id }))}
        />
      </>
    );
  },
  (before, now) => before.device === now.device && samePrinted(before, now),
);

/** From low to high per lane, always an interval, with what it comes down to. */
export function EnergyChart() {
  const view = useRaceView();
  const rows = energyRows(view?.figures ?? []);
  if (rows.length === 0) {
    return (
      <Coming
        stored={view?.stored ?? false}
        when="Shown once a lane is steady: energy is its time multiplied by power."
        why="No lane was steady for long enough to estimate its energy from its time."
      />
    );
  }
  return <EnergyBars rows={rows} device={view?.here?.device ?? 'unknown'} />;
}
