/** Files brought to the compress page: models with their weights, recipes, inputs. */
import { Fault } from '../../core/errors.ts';
import { list } from '../../core/format.ts';
import { errorFacts } from '../../core/race/events.ts';
import { inputSpecs } from '../../core/tasks/specs.ts';
import { sha256Of } from '../../engine/files/download.ts';
import { bench } from '../bench/bench.ts';
import { dismissRefusal } from '../bench/choices.ts';
import { addFiles, isModel } from '../bench/drop.ts';
import { sourceId } from '../inspect/inspecting.ts';
import { openRecipe } from './composing.ts';
import { compression, isCompressing } from './compress.ts';
import { keepOwnInputs } from './compressInputs.ts';
import { chooseSource, currentSource } from './compressSource.ts';

const endsWith = (ending: string) => (file: File) => file.name.toLowerCase().endsWith(ending);

export function dismissCompressRefusal(): void {
  compression.setState({ refusal: null });
}

const allIds = () =>
  bench
    .getState()
    .models.flatMap((model) => model.variants.map((variant) => sourceId(model, variant)));

/** Opens models, which the bench can race too, and chooses the first. */
async function openModels(files: readonly File[]): Promise<void> {
  const known = new Set(allIds());
  await addFiles(files);
  const added = allIds().find((id) => !known.has(id));
  if (added) chooseSource(added);
}

async function openInputs(files: readonly File[]): Promise<void> {
  const source = currentSource();
  if (!source) return;
  try {
    const { readInputs } = await import('../../core/compress/inputs/npy.ts');
    const read = await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    );
    const digests = read.map(async ({ name, bytes }) => ({
      name,
      sha256: await sha256Of(bytes.buffer),
    }));
    keepOwnInputs(readInputs(read, inputSpecs(source.model.task)), await Promise.all(digests));
  } catch (thrown) {
    compression.setState({ refusal: errorFacts(thrown) });
  }
}

/**
 * Takes the user's files in: .onnx with the weight files beside it, .npy inputs for the chosen model, or a
 * recipe (.json). What is refused is said in `refusal`, or the bench's for models.
 */
export async function openCompressFiles(files: readonly File[]): Promise<void> {
  if (isCompressing(compression.getState())) return;
  dismissCompressRefusal();
  dismissRefusal();
  if (files.some(isModel)) return openModels(files);
  const inputs = files.filter(endsWith('.npy'));
  if (inputs.length > 0) return openInputs(inputs);
  const recipe = files.find(endsWith('.json'));
  if (recipe) return openRecipe(recipe);
  const names = list(files.map(({ name }) => name));
  const fault = new Fault(
    'ModelFormatError',
    `None of these is a model (.onnx), inputs (.npy) or a recipe (.json): ${names}.`,
  );
  compression.setState({ refusal: errorFacts(fault) });
}
