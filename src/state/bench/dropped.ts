import { type BenchState, bench } from './bench.ts';
import { addFiles, isModel } from './drop.ts';
import { droppedInput } from './inputs.ts';
import { selectedModel } from './selectors.ts';

/** What becomes of files that are dropped on the bench, in words. */
export const droppedWords = (state: BenchState): string =>
  droppedInput(state)?.says ?? 'Drop .onnx files to race them';

/** Files dropped on the bench: models to race, or an input for the selected model. */
export async function takeDropped(files: readonly File[]): Promise<void> {
  const state = bench.getState();
  const model = selectedModel(state);
  const input = droppedInput(state);
  const [first] = files;
  if (!first || !model || !input || files.some(isModel)) return addFiles(files);
  return input.take(model, first);
}
