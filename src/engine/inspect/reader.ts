/** Reads and costs a model; keeps it, so that other sizes need no second read. For workers only. */
import { Fault } from '../../core/errors.ts';
import { inspect } from '../../core/inspect/inspect.ts';
import { withNodeNames } from '../../core/inspect/profile/match.ts';
import type { InferOptions } from '../../core/inspect/shapes/infer.ts';
import { type ModelSummary, summarise } from '../../core/models/summary.ts';
import { withOutputs } from '../../core/onnx/edit.ts';
import { checkExternal, externalFilesOf, SELF } from '../../core/onnx/external.ts';
import type { ModelProto } from '../../core/onnx/onnx_pb.ts';
import { readModel } from '../../core/onnx/read.ts';
import { type PieceSource, readSkeleton } from '../../core/onnx/skeleton.ts';
import { modelParts } from '../../core/onnx/write.ts';
import { type ErrorFacts, errorFacts } from '../../core/race/events.ts';
import { MAX_IR, MAX_OPSET } from '../../core/runtimeLimits.ts';
import { namedFiles, totalBytes } from '../files/size.ts';
import type { InspectApi, Inspected, ModelFiles } from '../protocol.ts';

const pieces = (blob: Blob): PieceSource => ({
  size: blob.size,
  read: async (offset, length) =>
    new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
});

let opened: { readonly model: ModelProto; readonly files: ModelFiles } | null = null;

function inspected(options: InferOptions, readMs: number): Inspected {
  if (!opened) throw new Fault('ModelRejectedError', 'No model was opened.');
  const { model, files } = opened;
  const started = performance.now();
  // Other models' weights may have been dropped with them.
  const external = namedFiles(files.external, externalFilesOf(model));
  const bytes = totalBytes({ model: files.model, external });
  const inspection = inspect(model, files.file, bytes, options);
  const countMs = performance.now() - started;
  return { inspection, readMs, countMs, lacks: lacking(model, files) };
}

function lacking(model: ModelProto, files: ModelFiles): ErrorFacts | null {
  const sizes = new Map(files.external.map(({ name, data }) => [name, data.size]));
  try {
    checkExternal(model, sizes.set(SELF, files.model.size));
    return null;
  } catch (thrown) {
    return errorFacts(thrown);
  }
}

function refuseNewer(file: string, { irVersion, opset }: ModelSummary): void {
  if (irVersion <= MAX_IR && opset <= MAX_OPSET) return;
  throw new Fault(
    'ModelVersionError',
    `${file} has IR version ${irVersion} and opset ${opset}; the runtime reads up to ${MAX_IR} and ${MAX_OPSET}.`,
  );
}

/** The opened model, weights and all, as another file. */
async function rewritten(change: (model: ModelProto) => ModelProto): Promise<Blob> {
  if (!opened) throw new Fault('ModelRejectedError', 'No model was opened.');
  const { model, file } = opened.files;
  const whole = readModel(new Uint8Array(await model.arrayBuffer()), file);
  return new Blob(modelParts(change(whole)) as BlobPart[]);
}

export const modelReader: InspectApi = {
  async summarise({ file, model, external }) {
    const read = await readSkeleton(pieces(model), file);
    const summary = summarise(read);
    refuseNewer(file, summary);
    const sizes = new Map(external.map(({ name, data }) => [name, data.size]));
    checkExternal(read, sizes.set(SELF, model.size));
    return summary;
  },
  async open(files, sizes) {
    const started = performance.now();
    opened = null;
    opened = { model: await readSkeleton(pieces(files.model), files.file), files };
    return inspected({ sizes }, performance.now() - started);
  },
  async resize(sizes) {
    return inspected({ sizes }, 0);
  },
  named: () => rewritten(withNodeNames),
  withOutputs: (names) => rewritten((model) => withOutputs(model, names)),
  async learn(sizes, observed) {
    return inspected({ sizes, observed }, 0);
  },
};
