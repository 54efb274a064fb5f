import { plainTitle } from '../../../core/backends/backends.ts';
import type { SampleTable, TableCell } from '../../../core/modes/found.ts';
import type { RaceFound } from '../../../core/race/found.ts';
import { looksSteadyFrom, steadyFrom } from '../../../core/stats/steady.ts';
import { RACE_COLUMNS } from './columns.ts';
import { readRace } from './tableRead.ts';

function* rows({ record }: RaceFound): Generator<readonly TableCell[]> {
  for (const { lane, turns, excluded } of record.lanes) {
    const { variant, backend, id, reference } = lane;
    const { threads = '' } = backend;
    const about = [
      id,
      variant.title,
      variant.precision,
      variant.bytes,
      plainTitle(backend),
      threads,
      reference,
    ];
    const medians = turns.map(({ median }) => median);
    const steady = steadyFrom(medians);
    const looking = steady < turns.length ? steady : looksSteadyFrom(medians);
    for (const [i, { round, at, batch, ms }] of turns.entries()) {
      const phase = i >= steady ? 'steady' : i >= looking ? 'provisional' : 'warming';
      for (const sample of ms) yield [...about, round, at, batch, sample, phase, ''];
    }
    for (const { round, why } of excluded) yield [...about, round, '', '', '', '', why];
  }
}

export const raceTable: SampleTable<RaceFound> = { columns: RACE_COLUMNS, rows, read: readRace };
