import type { ModelProto } from '../../onnx/onnx_pb.ts';
import { dimensionName, type FeedSet } from '../../tensors/tensors.ts';

/** Sizes that feeds give to a model's dynamic dimensions, by name, as `inferTypes` takes them. */
export function sizesOf({ graph }: ModelProto, { inputs }: FeedSet): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { name, dims } of inputs) {
    const type = graph?.input.find((each) => each.name === name)?.type?.value;
    const declared = type?.case === 'tensorType' ? (type.value.shape?.dim ?? []) : [];
    const shape = declared.map(({ value }) => (value.case === 'dimParam' ? value.value : -1));
    declared.forEach(({ value }, axis) => {
      // Some exporters write -1 for a size that is open.
      if (value.case === 'dimValue' && value.value >= 0n) return;
      sizes[dimensionName({ name, type: '', shape }, axis)] = dims[axis] ?? 1;
    });
  }
  return sizes;
}
