/** Reads and costs a model off the main thread; keeps it, so that other sizes need no second read. */
import { expose } from 'comlink';
import { Fault } from '../core/errors.ts';
import { inspect } from '../core/inspect/inspect.ts';
import { withNodeNames } from '../core/inspect/profileMatch.ts';
import { checkExternal } from '../core/onnx/external.ts';
import type { ModelProto } from '../core/onnx/onnx_pb.ts';
import { readModel } from '../core/onnx/read.ts';
import { modelParts } from '../core/onnx/write.ts';
import type { InspectApi, Inspected, ModelFiles } from './protocol.ts';

let opened: { readonly model: ModelProto; readonly files: ModelFiles } | null = null;

function inspected(sizes: Readonly<Record<string, number>>, readMs: number): Inspected {
  if (!opened) throw new Fault('ModelRejectedError', 'No model was opened.');
  const { model, files } = opened;
  const started = performance.now();
  const inspection = inspect(model, files.file, files.model.size, { sizes });
  return { inspection, readMs, countMs: performance.now() - started };
}

const api: InspectApi = {
  async open(files, sizes) {
    const started = performance.now();
    const bytes = new Uint8Array(await files.model.arrayBuffer());
    opened = { model: readModel(bytes, files.file), files };
    return inspected(sizes, performance.now() - started);
  },
  async resize(sizes) {
    return inspected(sizes, 0);
  },
  async checkExternal() {
    if (!opened) return;
    const sizes = opened.files.external.map(({ name, data }) => [name, data.size] as const);
    checkExternal(opened.model, new Map(sizes));
  },
  async named() {
    if (!opened) throw new Fault('ModelRejectedError', 'No model was opened.');
    return new Blob(modelParts(withNodeNames(opened.model)) as BlobPart[]);
  },
};

expose(api);
