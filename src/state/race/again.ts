import { isRace } from '../../core/race/found.ts';
import type { Report } from '../../core/report/report.ts';
import { ALL_IMAGES } from '../../tasks/digit/state/inputs.ts';
import { type BenchState, bench, type DigitInput } from '../bench/bench.ts';
import { inputSelected } from '../bench/inputs.ts';
import { startRace } from './run.ts';

const modelOf = ({ models }: BenchState, { model }: Report) =>
  models.find(({ id, title }) => id === model.id && title === model.title);

/** Why a report's race cannot be run here and now, in a sentence; null when it can. */
export function againBlocked(state: BenchState, report: Report): string | null {
  const { found, model } = report;
  if (!isRace(found)) return 'Only races can be run again from here.';
  if (modelOf(state, report)) return null;
  const files = model.variants.flatMap(({ source }) =>
    source.kind === 'dropped' ? [source.file] : [],
  );
  return files.length > 0
    ? `To race it again, drop ${files.join(', ')} on the bench first: your files are not kept.`
    : `This page has no model called ${model.title}.`;
}

/** The digit that a report's race ran on; drawings are not kept, so another stands in. */
function digitOf(input: string): DigitInput {
  const sample = /^test image (\d+)$/.exec(input);
  if (sample) return { kind: 'sample', index: Number(sample[1]) - 1 };
  return input === ALL_IMAGES ? { kind: 'sweep' } : { kind: 'sample', index: 0 };
}

/** Sets the bench as it was for a report's race, as far as this device can, and starts. */
export async function raceAgain(report: Report): Promise<void> {
  const { found } = report;
  const model = modelOf(bench.getState(), report);
  if (!isRace(found) || !model) return;
  const { stop, dimensions, input } = found.settings;
  bench.setState({
    modelId: model.id,
    chosen: new Set(found.record.lanes.map(({ lane }) => lane.id)),
    digit: digitOf(input),
    dimensions,
    ...(stop.kind === 'sweep' ? {} : { stop }),
  });
  // Of other tasks than digits and multiplication, whatever is chosen now, or the first sample, stands in.
  await inputSelected(model.id);
  if (model.task.kind === 'arithmetic') {
    (await import('../../tasks/arithmetic/state/inputs.ts')).typeProblem(model, input);
  }
  await startRace();
}
