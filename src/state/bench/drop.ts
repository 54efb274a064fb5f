import { Fault } from '../../core/errors.ts';
import { count, list } from '../../core/format.ts';
import type { Model, Variant } from '../../core/models/model.ts';
import type { ModelSummary } from '../../core/models/summary.ts';
import { errorFacts } from '../../core/race/events.ts';
import { recognisedTask } from '../../core/tasks/register.ts';
import { sameSpecs, shapeText } from '../../core/tensors/tensors.ts';
import { namedFiles, totalBytes } from '../../engine/files/size.ts';
import type { ExternalData } from '../../engine/protocol.ts';
import { keepDropped } from '../files/downloads.ts';
import { bench } from './bench.ts';

/** An ArrayBuffer, and with it the runtime, ends at 2 GiB. */
const MAX_BYTES = 2 ** 31 - 1;

/** The custom model's summary, which further files must fit. */
let lead: ModelSummary | null = null;
let added = 0;

/** Anything else is taken for weights that lie beside a model. */
export const isModel = ({ name }: File) => /\.onnx$/i.test(name);

/** @param beside the files that were dropped with it */
async function inspect(file: File, beside: readonly ExternalData[]): Promise<ModelSummary> {
  const { name, size } = file;
  if (!isModel(file)) {
    throw new Fault('ModelFormatError', `${name} is not an .onnx file.`);
  }
  if (size > MAX_BYTES) {
    throw new Fault('ModelRejectedError', `${name} has ${count(size)} bytes; 2 GB is the limit.`);
  }
  // The code that reads models is only needed by those who bring a file.
  const { InspectClient } = await import('../../engine/inspect/inspect.ts');
  const reader = new InspectClient();
  try {
    return await reader.summarise({ file: name, model: file, external: beside });
  } finally {
    reader.close();
  }
}

/** A title that tells the user's variants apart: the precision, else the file's name too. */
function titleFor(file: string, { precision }: ModelSummary, others: readonly Variant[]): string {
  const plain = precision === 'unknown' ? file : precision;
  return others.some(({ title }) => title === plain) ? `${plain} (${file})` : plain;
}

function variantFrom(
  file: File,
  external: readonly ExternalData[],
  summary: ModelSummary,
  others: readonly Variant[],
): Variant {
  added += 1;
  return {
    id: `file${added}`,
    title: titleFor(file.name, summary, others),
    precision: summary.precision,
    bytes: totalBytes({ model: file, external }),
    source: { kind: 'dropped', file: file.name },
    operators: summary.operators,
    ...(summary.random && { random: summary.random }),
  };
}

const named = (specs: ModelSummary['inputs']) =>
  list(specs.map((spec) => `${spec.name} ${spec.type}[${shapeText(spec)}]`));

/** fp32 first: the first variant is the reference for the others' answers. */
const referenceFirst = (variants: readonly Variant[]) =>
  [...variants].sort((a, b) => Number(b.precision === 'fp32') - Number(a.precision === 'fp32'));

function newModel(variant: Variant, summary: ModelSummary): Model {
  const file = variant.source.file;
  return {
    id: `custom-${variant.id}`,
    title: file.replace(/\.onnx$/i, ''),
    sentence: `Your file: ${named(summary.inputs)} to ${named(summary.outputs)}.`,
    task: recognisedTask(summary),
    variants: [variant],
    parameters: summary.parameters,
  };
}

function add(file: File, summary: ModelSummary, beside: readonly ExternalData[]): void {
  const { models, modelId } = bench.getState();
  const current = models.find(({ id }) => id === modelId);
  const fits =
    lead !== null &&
    current?.variants[0]?.source.kind === 'dropped' &&
    sameSpecs(summary.inputs, lead.inputs) &&
    sameSpecs(summary.outputs, lead.outputs);
  const external = namedFiles(beside, summary.externalFiles);
  const variant = variantFrom(file, external, summary, fits ? current.variants : []);
  keepDropped(variant.id, { model: file, external });
  if (fits) {
    const grown = { ...current, variants: referenceFirst([...current.variants, variant]) };
    bench.setState({
      models: models.map((model) => (model === current ? grown : model)),
      chosen: null,
    });
    return;
  }
  lead = summary;
  const model = newModel(variant, summary);
  bench.setState({ models: [...models, model], modelId: model.id, chosen: null, dimensions: {} });
}

/** One of the names less; others of the same name stay. */
const without = (names: readonly string[], name: string) => names.toSpliced(names.indexOf(name), 1);

/**
 * Takes the user's files in, one after another: as further variants of the user's current model
 * where inputs and outputs match, else as a new model. Files beside an .onnx file are taken for its
 * weights. Their names stand in `reading` until each is in; what is refused is said in `refusal`.
 */
export async function addFiles(files: readonly File[]): Promise<void> {
  const models = files.filter(isModel);
  const beside = files.filter((file) => !isModel(file)).map((data) => ({ name: data.name, data }));
  // fp32 files tend to be the larger ones; the first one in becomes the model.
  const bySize = [...(models.length > 0 ? models : files)].sort((a, b) => b.size - a.size);
  bench.setState(({ reading }) => ({
    refusal: null,
    reading: [...reading, ...bySize.map(({ name }) => name)],
  }));
  for (const file of bySize) {
    try {
      add(file, await inspect(file, beside), beside);
    } catch (thrown) {
      bench.setState({ refusal: errorFacts(thrown) });
    } finally {
      bench.setState(({ reading }) => ({ reading: without(reading, file.name) }));
    }
  }
}
