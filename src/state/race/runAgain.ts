import { isRace } from '../../core/race/found.ts';
import type { Report } from '../../core/report/report.ts';
import { type BenchState, bench } from '../bench/bench.ts';
import { inputSelected, recallInput } from '../bench/inputs.ts';
import { startRace } from './run.ts';

const modelOf = ({ models }: BenchState, { model }: Report) =>
  models.find(({ id, title }) => id === model.id && title === model.title);

/** Why a report's race cannot be run here and now, in a sentence; null when it can. */
export function runAgainBlocked(state: BenchState, report: Report): string | null {
  const { found, model } = report;
  if (!isRace(found)) return 'Only races can be run again from here.';
  if (modelOf(state, report)) return null;
  const files = model.variants.flatMap(({ source }) =>
    source.kind === 'dropped' ? [source.file] : [],
  );
  return files.length > 0
    ? `To run it again, drop ${files.join(', ')} on the bench first: your files are not stored.`
    : `This page has no model called ${model.title}.`;
}

/** Sets the bench as it was for a report's race, as far as this device can, and starts. */
export async function runAgain(report: Report): Promise<void> {
  const { found } = report;
  const model = modelOf(bench.getState(), report);
  if (!isRace(found) || !model) return;
  const { stop, dimensions } = found.settings;
  bench.setState({
    modelId: model.id,
    chosen: new Set(found.record.lanes.map(({ lane }) => lane.id)),
    dimensions,
    ...(stop.kind === 'sweep' ? {} : { stop }),
  });
  await inputSelected(model.id);
  await recallInput(model, found.settings);
  await startRace();
}
