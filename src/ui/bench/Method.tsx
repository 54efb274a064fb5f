import { ENERGY_METHOD, POWER_PRIORS } from '../../core/energy/priors.ts';
import { bytes, count, duration, figure } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { LaneFigures } from '../../core/report/figures.ts';
import { readJsHeap } from '../../engine/devices.ts';
import { deviceClass } from '../../state/selectors.ts';
import { useDevice, useRace } from '../use.ts';
import styles from './Method.module.css';

/** How the figures above came about and how far to trust them: one click away. */
export function Method({ figures }: { figures: readonly LaneFigures[] }) {
  const facts = useDevice((state) => state.facts);
  const device = useDevice(deviceClass);
  const record = useRace((state) => state.record);
  if (!facts || !record) return null;
  const heap = readJsHeap();
  const steady = figures.filter((lane) => lane.steady !== null);
  return (
    <details className={styles['method']}>
      <summary>How these figures were obtained, and how far to trust them</summary>
      <ul>
        <li>
          Each lane has a worker of its own. They take turns of about 25 ms in an order shuffled
          anew each round, so that a machine that slows down slows all lanes alike; only turns of
          the same round are divided by each other.
        </li>
        <li>
          A lane is warming until a window of 8 turns is within 5% of what follows.{' '}
          {steady
            .map(
              ({ lane, steadyAt, steady: s }) =>
                `${laneTitle(lane)}: ${count(steadyAt)} turns warming, ${count(s?.samples ?? 0)} steady samples`,
            )
            .join('; ')}
          .
        </li>
        <li>
          The clock moves in steps of {figure(facts.timerStep * 1000)} µs here. A shared or hot
          machine can move every lane’s time by a factor of 2 within a minute; the ratios move far
          less.
        </li>
        <li>
          Starting cost, in no figure above:{' '}
          {record.lanes
            .flatMap(({ lane, opened }) =>
              opened
                ? [
                    `${laneTitle(lane)} ${duration(opened.runtimeMs)} for the runtime and ${duration(opened.sessionMs)} for the session`,
                  ]
                : [],
            )
            .join('; ')}
          .
        </li>
        <li>
          Energy is {ENERGY_METHOD}, for “{POWER_PRIORS[device].title.toLowerCase()}”:{' '}
          {POWER_PRIORS[device].source} It is an estimate: no meter was read. The Device page lets
          you say what this device is.
        </li>
        <li>
          Right or wrong is judged against fp32 on WASM by signal-to-noise ratio (at least 40 dB for
          fp32, 30 for fp16, 10 for int8, 5 for int4) and, with 40 inputs or more, by naming the
          same class in at least 95%.
        </li>
        {heap !== null && <li>This page’s own JavaScript holds {bytes(heap)} now.</li>}
      </ul>
    </details>
  );
}
