import { figure, percent, ratio } from '../../core/format.ts';
import { EXPECTED } from '../../core/selftest/judge.ts';
import type { Check, CheckId } from '../../core/selftest/selftest.ts';
import { MEANING } from '../../core/selftest/summary.ts';
import { REPRODUCIBILITY } from '../../core/stats/paired.ts';
import type { Interval } from '../../core/units.ts';
import { Card } from '../parts/Card.tsx';
import sentence from '../parts/Headline.module.css';
import { BandChart } from './SelfTestBand.tsx';
import styles from './SelfTestCheck.module.css';

const HOW: Readonly<Record<CheckId, string>> = {
  timer:
    'The clock was read repeatedly for 0.1 s, in the page and in a worker like those of lanes; its smallest change is its resolution. Twice, a second apart, the page asked the worker for its time 20 times and took the quickest answer.',
  'null-race':
    'Six races of 48 rounds (or 12 s) of the page’s first model in two identical lanes, opened again for each race, by the same code that runs every race. Each line is a ratio of their times, paired by round, with its 95% interval.',
  'known-cost':
    'A chain of 8 matrix products (256 × 256) raced a chain of 16 on one thread, for 48 rounds (or 12 s); nothing was subtracted. The fixed overhead of a run makes the ratio slightly smaller than 2.',
  overhead:
    'In the same six races, a worker ran the same model in a hand-written baseline loop: read the clock, run, read the outputs, read the clock. Each line is a lane’s time divided by the loop’s. The interval of the median spans the six sessions, which contains it in 97% of cases.',
};

const SIGNS = { true: '✓', false: '×', null: '?' } as const;
const WORDS = { true: 'passed', false: 'failed', null: 'not decided' } as const;

/** Ratios that a healthy instrument gives; null for a check of something else. */
const BANDS: Readonly<Record<CheckId, Interval | null>> = {
  timer: null,
  'null-race': { low: 1 / (1 + REPRODUCIBILITY), high: 1 + REPRODUCIBILITY },
  'known-cost': EXPECTED['known-cost'],
  overhead: EXPECTED.overhead,
};

const BAND_WORDS: Readonly<Record<CheckId, string>> = {
  timer: '',
  'null-race': 'too small to be called a difference',
  'known-cost': 'expected',
  overhead: 'expected',
};

function printed(value: number, unit: string): string {
  if (unit === 'ms') {
    return Math.abs(value) < 0.1 ? `${figure(value * 1000)} µs` : `${figure(value)} ms`;
  }
  if (unit === '%') return percent(value / 100);
  return unit === '×' ? ratio(value) : `${value}`;
}

function Figures({ figures }: Pick<Check, 'figures'>) {
  if (figures.length === 0) return null;
  return (
    <dl className={styles['figures']}>
      {figures.map(({ title, value, unit, interval }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            {printed(value, unit)}
            {interval && (
              <span className={styles['interval']}>
                {printed(interval.low, unit)} to {printed(interval.high, unit)}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One check: what was found, the ratios against what is expected, and how it was done. */
export function SelfTestCheck({ check }: { check: Check }) {
  const { id, title, passed, sentence: found, figures } = check;
  const state = `${passed}` as const;
  const band = BANDS[id];
  const ratios = figures.filter(({ unit }) => unit === '×');
  return (
    <Card
      title={title}
      method="latency"
      aside={
        <span className={styles['verdict']} data-passed={state}>
          <span aria-hidden="true">{SIGNS[state]}</span> {WORDS[state]}
        </span>
      }
    >
      <div data-check={id} data-check-passed={state}>
        <p className={styles['found']}>{found}</p>
        {passed === false && <p className={styles['means']}>{MEANING[id]}</p>}
        {band && ratios.length > 0 && (
          <BandChart rows={ratios} band={band} bandWords={BAND_WORDS[id]} />
        )}
        <Figures figures={band ? figures.filter(({ unit }) => unit !== '×') : figures} />
        <details className={styles['how']}>
          <summary>How this was tested</summary>
          <p className={sentence['evidence']}>{HOW[id]}</p>
        </details>
      </div>
    </Card>
  );
}
