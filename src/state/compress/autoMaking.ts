/** Auto on the Compress page: chooses a variant, measures longer where that was left open. */
import type { AutoResult } from '../../core/compress/auto/choice.ts';
import { readRecipe } from '../../core/compress/recipe.ts';
import { Fault } from '../../core/errors.ts';
import { randomIn, randomWords } from '../../core/models/model.ts';
import { type AutoMade, autoCompress } from '../../engine/compress/auto.ts';
import { fileTitle, saveFile } from '../page/saveFile.ts';
import { compression } from './compress.ts';
import { type SplitInputs, splitInputs } from './compressInputs.ts';
import { filesOf, measureSource, recordOf, takeIn } from './compressing.ts';
import { runJob, tell } from './compressJob.ts';
import { proofBench, proofInputs, proveMade, watched } from './compressProving.ts';
import { type CompressSource, currentSource } from './compressSource.ts';

/** What stands behind a result. */
interface Behind {
  readonly source: CompressSource;
  readonly inputs: SplitInputs;
  readonly found: AutoMade;
}

/** The candidates' files lie beside the store, for as long as it holds the result. */
const behind = new WeakMap<AutoResult, Behind>();

/** Has Auto choose, takes in what it made, and proves it on inputs that the choice did not see. */
async function autoFrom(source: CompressSource, signal: AbortSignal): Promise<void> {
  const random = randomIn(source.model);
  if (random) {
    throw new Fault(
      'CompressError',
      `Auto chooses by comparing answers, and this model’s cannot be compared: ${randomWords(random)}.`,
    );
  }
  const files = await filesOf(source.variant, signal);
  const bench = await proofBench(signal);
  const inputs = await splitInputs(source.model, signal);
  const { budget } = compression.getState();
  const choice = proofInputs(inputs.choice, source.model);
  const request = { files, calibration: inputs.calibration, choice, budget, bench };
  const found = await watched((watch) => autoCompress(request, watch, tell, signal));
  await measureSource(source, files);
  await settle({ source, inputs, found }, signal);
}

/** Shows what was found, and takes in and proves the variant that was chosen. */
async function settle(one: Behind, signal: AbortSignal): Promise<void> {
  const { source, inputs, found } = one;
  const { result, made } = found;
  behind.set(result, one);
  compression.setState(({ noGain: { [source.key]: _, ...others } }) => ({
    noGain: made ? others : { ...others, [source.key]: result },
  }));
  if (!made) return;
  // With all options, so that the recipe means the same whatever the defaults become.
  const recipe = recordOf(readRecipe({ ...made.recipe, title: 'Auto' }), inputs.on);
  const variant = takeIn(source, recipe, made.file, inputs.calibration.title, result);
  const proving = {
    original: await filesOf(source.variant, signal),
    variant: await filesOf(variant, signal),
    files: async () => made.file.proof,
  };
  await proveMade(variant.id, source.model, proving, inputs.proof, signal);
}

/** Makes the fastest variant that keeps the budget, if any is faster than the original. */
export function makeAuto(): Promise<void> {
  const source = currentSource();
  if (!source) return Promise.resolve();
  return runJob('Fetching', (signal) => autoFrom(source, signal));
}

/** Races a result's candidates longer, and chooses anew. */
export function measureLonger(result: AutoResult): Promise<void> {
  const one = behind.get(result);
  if (!one) return Promise.resolve();
  return runJob('Racing', async (signal) => {
    const found = await watched((watch) => one.found.raceLonger(watch, tell, signal));
    const chosen = (each: AutoResult) => each.candidates[each.chosen];
    if (found.made && chosen(found.result)?.title === chosen(result)?.title) {
      // The variant is there already: only what is known of it has changed.
      behind.set(found.result, { ...one, found });
      compression.setState(({ made }) => ({
        made: made.map((each) => (each.auto === result ? { ...each, auto: found.result } : each)),
      }));
      return;
    }
    await settle({ ...one, found }, signal);
  });
}

/** Hands the user a candidate's model as a file. @param place among the result's candidates */
export function saveCandidate(result: AutoResult, place: number): void {
  const one = behind.get(result);
  const model = one?.found.models[place];
  const candidate = result.candidates[place];
  if (!one || !model || !candidate) return;
  saveFile(model, `${fileTitle(`${one.source.model.title}-${candidate.title}`)}.onnx`);
}
