import type { ModelProto } from '../../onnx/onnx_pb.ts';
import { elementCount } from '../../tensors/tensors.ts';
import type { Runner } from '../technique.ts';
import type { Layer } from './layers.ts';

/** Norms of the activations that meet a layer's weights, by channel, over all inputs. */
export type Norms = ReadonlyMap<Layer, Float64Array>;

/** Adds the squares of a tensor to those of each channel. */
function addSquares(
  squares: Float64Array,
  data: ArrayLike<number>,
  dims: readonly number[],
  axis: number,
): void {
  const at = axis < 0 ? Math.max(0, dims.length + axis) : axis;
  const channels = dims[at] ?? 1;
  const inner = elementCount(dims.slice(at + 1));
  for (let i = 0; i < data.length; i++) {
    const channel = Math.floor(i / inner) % channels;
    const x = data[i] as number;
    squares[channel] = (squares[channel] as number) + x * x;
  }
}

/**
 * ||x|| of each channel of the activations in front of each layer; where several nodes share the
 * weights, over what all of them read.
 * @throws what `Runner.observe` throws
 */
export async function activationNorms(
  model: ModelProto,
  layers: readonly Layer[],
  runner: Runner,
  progress: (done: number) => void,
): Promise<Norms> {
  const squares = new Map(
    layers.map((layer) => [layer, new Float64Array(layer.layout.inputs * layer.layout.groups)]),
  );
  const wanted = new Map<string, { squares: Float64Array; axis: number }[]>();
  for (const layer of layers) {
    for (const { activations, axis } of layer.readers) {
      const readers = wanted.get(activations) ?? [];
      readers.push({ squares: squares.get(layer) as Float64Array, axis });
      wanted.set(activations, readers);
    }
  }
  await runner.observe(model, [...wanted.keys()], ({ name, dims, data }, input) => {
    for (const reader of wanted.get(name) ?? [])
      addSquares(reader.squares, data, dims, reader.axis);
    progress(input + 1);
  });
  return new Map([...squares].map(([layer, sums]) => [layer, sums.map(Math.sqrt)]));
}
