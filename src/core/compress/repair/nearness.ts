import { type ModelProto, TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { addFidelity, compareOutputs, NOTHING_COMPARED, sqnr } from '../../race/fidelity.ts';
import type { OutputTensor } from '../../tensors/tensors.ts';
import type { Bytes, Decibel } from '../../units.ts';
import type { Runner } from '../technique.ts';

/** Of outputs that are kept for comparison. */
const MAX_BYTES: Bytes = 256e6;

/** Outputs of a float model on the inputs of a runner, by name, input after input. */
export type Reference = ReadonlyMap<string, readonly OutputTensor[]>;

function floatOutputs({ graph }: ModelProto): string[] {
  return (graph?.output ?? []).flatMap(({ name, type }) =>
    type?.value.case === 'tensorType' && type.value.value.elemType === T.FLOAT ? [name] : [],
  );
}

/**
 * What a model makes of each input, copied; inputs past what memory allows are left out.
 * @throws what `Runner.observe` throws
 */
export async function referenceOf(model: ModelProto, runner: Runner): Promise<Reference> {
  const names = floatOutputs(model);
  const seen = new Map<string, OutputTensor[]>(names.map((name) => [name, []]));
  let room = MAX_BYTES;
  if (names.length === 0) return seen;
  await runner.observe(model, names, ({ name, dims, data }) => {
    room -= data.byteLength;
    if (room >= 0) seen.get(name)?.push({ name, dims: [...dims], data: data.slice() });
  });
  return seen;
}

/**
 * Signal to noise ratio of a model's outputs beside those of a reference; infinite without
 * anything to compare.
 * @throws what `Runner.observe` throws
 */
export async function nearness(
  model: ModelProto,
  reference: Reference,
  runner: Runner,
): Promise<Decibel> {
  let total = NOTHING_COMPARED;
  if (reference.size === 0) return Number.POSITIVE_INFINITY;
  await runner.observe(model, [...reference.keys()], (tensor, input) => {
    const expected = reference.get(tensor.name)?.[input];
    const found = expected && compareOutputs([tensor], [expected]);
    if (found) total = addFidelity(total, found);
  });
  return sqnr(total);
}
