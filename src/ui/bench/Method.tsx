import { Link } from 'wouter';
import { FROM_WORDS } from '../../core/figures/phases.ts';
import { bytes, count, duration, figure, percent } from '../../core/format.ts';
import { laneTitle } from '../../core/race/lane.ts';
import type { LaneRecord } from '../../core/race/record.ts';
import { REPRODUCIBILITY } from '../../core/stats/paired.ts';
import { STEADY_TURNS } from '../../core/stats/steady.ts';
import { readJsHeap } from '../../engine/device/devices.ts';
import { EnergyMethodLine } from '../device/EnergyMethodLine.tsx';
import styles from '../parts/Method.module.css';
import type { RaceView } from '../parts/raceView.ts';

/** Each file that a lane needed and how long it took to get; the chart of phases has their sum. */
function filesOf({ lane, opened }: LaneRecord): string[] {
  if (!opened || opened.fetched.length === 0) return [];
  const files = opened.fetched.map(({ name, bytes: size, ms, from }) =>
    from === 'page'
      ? `${name} ${FROM_WORDS.page}`
      : `${name} (${bytes(size)}) ${FROM_WORDS[from]} in ${duration(ms)}`,
  );
  return [`${laneTitle(lane)}: ${files.join(', ')}`];
}

/** How the figures above came about and how far to trust them: one click away. */
export function Method({ view }: { readonly view: RaceView }) {
  const { record, figures, here, stored } = view;
  // What this page holds says nothing of the page that raced.
  const heap = stored ? null : readJsHeap();
  const steady = figures.filter((lane) => lane.steady !== null);
  return (
    <details className={styles['method']}>
      <summary>How these figures were obtained, and how far to trust them</summary>
      <ul>
        <li>
          Each lane has its own worker. Lanes take turns of about 25 ms, in an order that is
          shuffled in every round, so that a machine that slows down slows all lanes alike. Ratios
          are taken only between turns of the same round.
        </li>
        <li>
          A lane’s warm-up ends at the last change point before which its turns took longer than
          after it, by more than chance and by more than 1%. With fewer than {STEADY_TURNS} turns
          this cannot be told: figures are then provisional, the median of the turns that look
          steady, with the shortest and the longest of them.{' '}
          {steady
            .map(
              ({ lane, steadyAt, steady: s }) =>
                `${laneTitle(lane)}: ${count(steadyAt)} warm-up turns, ${count(s?.samples ?? 0)} steady samples`,
            )
            .join('; ')}
          .
        </li>
        <li>
          {here &&
            `The clock has a resolution of ${figure(here.timerStep * 1000)} µs here; medians are finer, since a run can begin at any moment within a step. `}
          On a shared or hot machine every lane’s time can change by a factor of 2 within a minute;
          the ratios change far less.
        </li>
        <li>
          Intervals contain the true value in about 95% of cases: for ratios they come from order
          statistics, for percentiles from resampling whole turns. Correlated rounds count as
          correspondingly fewer. Two sessions of the very same model differ by up to about{' '}
          {percent(REPRODUCIBILITY)}, so a smaller difference is not called one. Where there is no
          interval, there were too few rounds for it.
        </li>
        <li>
          Spikes (samples far above the median) come from garbage collection, the scheduler or other
          programs; they count in p95 and p99.{' '}
          {steady
            .map(({ lane, steady: s }) => `${laneTitle(lane)}: ${count(s?.spikes.count ?? 0)}`)
            .join(', ')}
          .
        </li>
        <li>
          No speed figure includes the cold start. Each of its phases is timed once, in the lane’s
          worker, except for the files; checking them counts as fetching.{' '}
          {record.lanes.flatMap(filesOf).join('; ')}.
        </li>
        <li>
          A lane’s memory is the WASM heap of its worker, read after each phase and turn; it never
          shrinks, and is released only when the worker ends. GPU buffers are counted as they are
          created and destroyed, at the requested sizes; what the driver adds is not visible. The
          runtime’s compiled code and JavaScript are only in the figure for the whole page, where
          the browser reports one.
        </li>
        {here && (
          <li>
            <EnergyMethodLine figures={figures} device={here.device} stored={stored} />
          </li>
        )}
        <li>
          Whether a lane is right is judged against fp32 on WASM by the SQNR of its outputs (at
          least 40 dB for fp32, 30 for fp16, 10 for int8, 5 for int4) and, with 40 inputs or more,
          by predicting the same class for at least 95%. Int8 and int4 detectors are judged by their
          boxes instead: an F1 of at least 0.9 against the reference’s, with 40 boxes or more.
        </li>
        <li>
          In full: <Link href="/method/latency">latency</Link>,{' '}
          <Link href="/method/energy">energy</Link>, <Link href="/method/memory">memory</Link>,{' '}
          <Link href="/method/accuracy">accuracy</Link>.
        </li>
        {heap !== null && <li>This page’s own JavaScript uses {bytes(heap)} now.</li>}
      </ul>
    </details>
  );
}
