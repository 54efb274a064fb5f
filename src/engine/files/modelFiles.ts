import { inlineExternal } from '../../core/onnx/external.ts';
import type { ModelProto } from '../../core/onnx/onnx_pb.ts';
import { readModel } from '../../core/onnx/read.ts';
import { modelParts } from '../../core/onnx/write.ts';
import type { ModelFiles } from '../protocol.ts';

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/**
 * Reads a model with all its weights.
 * @throws Fault as `readModel` and `inlineExternal`
 */
export async function modelOf({ file, model, external }: ModelFiles): Promise<ModelProto> {
  const read = readModel(await bytesOf(model), file);
  const beside = external.map(
    async ({ name, data }): Promise<[string, Uint8Array]> => [name, await bytesOf(data)],
  );
  inlineExternal(read, new Map(await Promise.all(beside)));
  return read;
}

/** BlobPart wants to be sure that no part is shared memory; the codec shares none. */
export const blobOf = (model: ModelProto): Blob =>
  new Blob(modelParts(model) as BlobPart[], { type: 'application/octet-stream' });
