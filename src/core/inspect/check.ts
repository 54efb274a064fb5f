import { Fault } from '../errors.ts';
import { elementName, packedBytes } from '../onnx/elements.ts';
import { storedLength, storedTensors } from '../onnx/external.ts';
import type { ModelProto, ValueInfoProto } from '../onnx/onnx_pb.ts';
import { tensorElements } from '../onnx/tensors.ts';

/**
 * Looks for what would make every figure nonsense: shapes past counting, and weights that are not
 * as long as their shape says.
 * @throws Fault DimensionError with the sizes
 */
export function checkModel(model: ModelProto): void {
  for (const input of model.graph?.input ?? []) checkDeclared(input);
  for (const tensor of storedTensors(model)) {
    const { name, dataType, dims } = tensor;
    const expected = packedBytes(dataType, tensorElements(tensor));
    const length = storedLength(tensor);
    // Data in typed fields is counted when it is read; a tensor without data may be empty.
    if (length === null || length === 0 || length === expected) continue;
    throw new Fault(
      'DimensionError',
      `The weights "${name}" declare ${dims.join(' × ') || 'one'} of ${elementName(dataType)}, ${expected} bytes, and hold ${length}.`,
    );
  }
}

/** Sizes from the file, not as JS numbers: those would lose their last digits here. */
function checkDeclared({ name, type }: ValueInfoProto): void {
  if (type?.value.case !== 'tensorType') return;
  const sizes = (type.value.value.shape?.dim ?? []).flatMap(({ value }) =>
    value.case === 'dimValue' ? [value.value] : [],
  );
  const elements = sizes.reduce((product, size) => product * (size > 0n ? size : 1n), 1n);
  if (elements > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Fault(
      'DimensionError',
      `The input "${name}" declares an impossible shape: ${sizes.join(' × ')}.`,
    );
  }
}
