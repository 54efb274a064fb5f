/** Makes variants of models, and what their proofs run. Parses each file once; for workers only. */
import { type MeasurePlan, planOf } from '../../core/compress/auto/measured.ts';
import { compress } from '../../core/compress/compress.ts';
import { shadowModel } from '../../core/compress/proof/shadow.ts';
import type { Runner } from '../../core/compress/technique.ts';
import { withNodeNames } from '../../core/inspect/profile/match.ts';
import { sizesOf } from '../../core/inspect/shapes/sizes.ts';
import { summarise } from '../../core/models/summary.ts';
import { copyModel } from '../../core/onnx/copy.ts';
import type { ModelProto } from '../../core/onnx/onnx_pb.ts';
import { errorFacts } from '../../core/race/events.ts';
import { blobOf, modelOf } from '../files/modelFiles.ts';
import { sizeOf } from '../files/size.ts';
import type {
  CompressedFile,
  CompressRequest,
  LayersFile,
  MeasuredFile,
  ModelFiles,
  PlanRequest,
  Progress,
  ProofFiles,
} from '../protocol.ts';

/** The page ends the whole worker instead. */
export const NEVER = { throwIfAborted: () => {} };

function layersOf(original: ModelProto, variant: ModelProto): LayersFile | ProofFiles['layers'] {
  try {
    const { model, probes } = shadowModel(copyModel(original), copyModel(variant));
    return { model: blobOf(model), probes };
  } catch (thrown) {
    return errorFacts(thrown);
  }
}

const proofOf = (original: ModelProto, variant: ModelProto): ProofFiles => ({
  layers: layersOf(original, variant),
  named: blobOf(withNodeNames(variant)),
});

/**
 * Makes a variant; the same request gives the same bytes.
 * @param start of what runs the model; null for recipes that look at no activations
 * @throws Fault as `compress`, `readModel` and the runtime do
 */
export async function makeFile(
  { files, recipe }: CompressRequest,
  start: () => Promise<Runner | null>,
  progress: Progress,
): Promise<CompressedFile> {
  const started = performance.now();
  const model = await modelOf(files);
  const original = copyModel(model);
  const context = { runner: await start(), progress, signal: NEVER };
  const reports = await compress(model, recipe, context, () => performance.now());
  const file = blobOf(model);
  const ms = performance.now() - started;
  progress('Preparing the proof', 0, 0);
  const summary = summarise(model);
  const proof = proofOf(original, model);
  return { file, summary, size: await sizeOf({ model: file, external: [] }), reports, proof, ms };
}

/** @throws Fault as `readModel` */
export const namedFile = async (files: ModelFiles): Promise<Blob> =>
  blobOf(withNodeNames(await modelOf(files)));

/** @throws Fault as `readModel` */
export const proofFiles = async (original: ModelFiles, variant: ModelFiles): Promise<ProofFiles> =>
  proofOf(await modelOf(original), await modelOf(variant));

const parsed = (file: string, model: Blob) => modelOf({ file, model, external: [] });

const measured = async (form: MeasuredFile | null) =>
  form && { ...form, model: await parsed('a form', form.named) };

export async function planFrom(request: PlanRequest): Promise<MeasurePlan> {
  const model = await parsed('the model', request.base);
  return planOf({
    model,
    profiles: request.profiles,
    static: await measured(request.static),
    dynamic: await measured(request.dynamic),
    sizes: sizesOf(model, request.feeds),
  });
}
