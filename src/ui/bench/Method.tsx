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
          Each lane has a worker of its own. They take turns of about 25 ms in an order shuffled
          anew each round, so that a machine that slows down slows all lanes alike; only turns of
          the same round are divided by each other.
        </li>
        <li>
          A lane is warming up to the last point of change before which its turns took longer than
          after it, by more than chance and by more than 1%. With fewer than {STEADY_TURNS} turns
          nobody can tell: figures are provisional then, medians of turns that look steady with the
          least and the most of them.{' '}
          {steady
            .map(
              ({ lane, steadyAt, steady: s }) =>
                `${laneTitle(lane)}: ${count(steadyAt)} turns warming, ${count(s?.samples ?? 0)} steady samples`,
            )
            .join('; ')}
          .
        </li>
        <li>
          {here &&
            `The clock moves in steps of ${figure(here.timerStep * 1000)} µs here; medians are finer, since a run begins at any moment of a step. `}
          A shared or hot machine can move every lane’s time by a factor of 2 within a minute; the
          ratios move far less.
        </li>
        <li>
          Intervals hold the true value in about 95% of cases: those of ratios by order statistics,
          those of percentiles by resampling whole turns; rounds that resemble their neighbours
          count as correspondingly fewer. Two sessions of the very same model differ by up to about{' '}
          {percent(REPRODUCIBILITY)}, so a smaller difference is called none. Without an interval
          there were too few rounds for one.
        </li>
        <li>
          Spikes, samples far above the median, are garbage collection, the scheduler or another
          program; they count in p95 and p99.{' '}
          {steady
            .map(({ lane, steady: s }) => `${laneTitle(lane)}: ${count(s?.spikes.count ?? 0)}`)
            .join(', ')}
          .
        </li>
        <li>
          A lane’s start is in no figure of speed: each phase is timed once, in the lane’s worker
          but for its files, whose checking counts as fetching.{' '}
          {record.lanes.flatMap(filesOf).join('; ')}.
        </li>
        <li>
          A lane’s memory is the WASM heap of its worker, read after each phase and turn: it never
          shrinks, and goes back only when the worker ends. GPU buffers are counted as they are made
          and destroyed, at the sizes asked for; what a driver adds is not seen. The runtime’s
          compiled code and JavaScript are in the whole page’s figure only, where the browser gives
          one.
        </li>
        {here && (
          <li>
            <EnergyMethodLine figures={figures} device={here.device} stored={stored} />
          </li>
        )}
        <li>
          Right or wrong is judged against fp32 on WASM by signal-to-noise ratio (at least 40 dB for
          fp32, 30 for fp16, 10 for int8, 5 for int4) and, with 40 inputs or more, by naming the
          same class in at least 95%. Int8 and int4 detectors instead by their boxes: an F1 of at
          least 0.9 against the reference’s, with 40 boxes or more.
        </li>
        {heap !== null && <li>This page’s own JavaScript holds {bytes(heap)} now.</li>}
      </ul>
    </details>
  );
}
