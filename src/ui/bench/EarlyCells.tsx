import type { EarlyFigures, EarlySpeedup } from '../../core/figures/early.ts';
import { between, count, figure, roughly } from '../../core/format.ts';
import { STEADY_TURNS } from '../../core/stats/steady.ts';
import styles from '../parts/FoldingTable.module.css';
import { Term } from '../parts/Term.tsx';
import { Amount, NONE, time } from './Amount.tsx';

/** Says of a figure that it is provisional, and why. */
export function Provisional({ early: { turns, from } }: { early: EarlyFigures }) {
  return (
    <Term
      explains={`From ${count(turns - from)} turns that look steady; ${count(turns)} turns are too few to tell warm-up from steady state, which takes ${STEADY_TURNS}. Below: the shortest and the longest of them.`}
    >
      provisional
    </Term>
  );
}

/** Where turns were measured, but too few for even a provisional figure. */
export const NOT_YET = 'not yet';

/** Without a steady turn: what is known so far, marked as that. */
export function EarlyMedian({ early }: { early: EarlyFigures | null }) {
  if (!early) return NONE;
  const { median, range, turns } = early;
  if (median === null) {
    return (
      <>
        {turns === 1 ? <Amount quantity={time(range.low)} big /> : between(range)}
        <span className={styles['sub']}>
          {count(turns)} {turns === 1 ? 'turn' : 'turns'}, not steady yet
        </span>
      </>
    );
  }
  return (
    <>
      <Amount quantity={time(median)} big />
      <span className={styles['sub']}>
        <Provisional early={early} />
      </span>
      <span className={styles['sub']}>{between(range)}</span>
    </>
  );
}

/** How a lane compares with the reference, as far as known. */
export function EarlySpeed({ early, speedup }: { early: EarlyFigures; speedup: EarlySpeedup }) {
  const { ratio, range } = speedup;
  return (
    <>
      about {roughly(ratio)}×
      <span className={styles['sub']}>
        <Provisional early={early} />
      </span>
      <span className={styles['sub']}>
        {figure(range.low)} to {figure(range.high)}
      </span>
    </>
  );
}
