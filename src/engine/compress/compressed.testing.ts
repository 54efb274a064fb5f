/** For tests: small models run as they are and compressed. */
import * as ort from 'onnxruntime-web/wasm';
import { floats } from '../../core/onnx/build.ts';
import type { ModelProto } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { seededRandom } from '../../core/tensors/random.ts';

export function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
}

export const weights = (name: string, dims: readonly number[], seed: number) =>
  floats(
    name,
    dims,
    random(
      dims.reduce((a, b) => a * b, 1),
      seed,
    ),
  );

ort.env.wasm.numThreads = 1;

/** Numbers below a vocabulary's size, or floats about 0. */
function feed(type: ort.Tensor.Type, dims: readonly number[]): ort.Tensor {
  const count = dims.reduce((a, b) => a * b, 1);
  const data = random(count, 7);
  if (type === 'int64') {
    const ids = BigInt64Array.from(data, (x) => BigInt(Math.floor((x + 0.5) * 29)));
    return new ort.Tensor('int64', ids, dims);
  }
  if (type === 'int32') {
    return new ort.Tensor(
      'int32',
      Int32Array.from(data, (x) => (x + 0.5) * 29),
      dims,
    );
  }
  return new ort.Tensor('float32', Float32Array.from(data), dims);
}

/** Runs a model once on seeded inputs. @returns its float outputs by name */
export async function runOnce(model: ModelProto): Promise<Map<string, Float32Array>> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)), {
    logSeverityLevel: 3,
  });
  try {
    const feeds = session.inputMetadata.map((input) => {
      const { type, shape } = input as ort.InferenceSession.TensorValueMetadata;
      return [input.name, feed(type, shape as number[])] as const;
    });
    const outputs = await session.run(Object.fromEntries(feeds));
    const floats32 = Object.entries(outputs).filter(([, { type }]) => type === 'float32');
    return new Map(floats32.map(([name, { data }]) => [name, data as Float32Array]));
  } finally {
    await session.release();
  }
}

/** Signal to quantization noise of the worst output, in decibels. */
export function worstSqnr(
  exact: ReadonlyMap<string, Float32Array>,
  compressed: ReadonlyMap<string, Float32Array>,
): number {
  const each = [...exact].map(([name, numbers]) => {
    const others = compressed.get(name) ?? new Float32Array();
    let signal = 0;
    let noise = 0;
    numbers.forEach((x, i) => {
      signal += x * x;
      noise += (x - (others[i] ?? Number.NaN)) ** 2;
    });
    return 10 * Math.log10(signal / noise);
  });
  return Math.min(...each);
}
