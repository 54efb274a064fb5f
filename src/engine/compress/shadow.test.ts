import { create } from '@bufbuild/protobuf';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { LayerTally } from '../../core/compress/proof/layers.ts';
import { shadowModel } from '../../core/compress/proof/shadow.ts';
import { planStatic, quantizeStatic } from '../../core/compress/static/quantize.ts';
import { floats, integers, modelOf, node, value } from '../../core/onnx/build.ts';
import { withOutputs } from '../../core/onnx/edit.ts';
import {
  type ModelProto,
  NodeProtoSchema,
  SparseTensorProtoSchema,
  TensorProto_DataType as T,
  TensorProtoSchema,
} from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import { seededRandom } from '../../core/tensors/random.ts';

ort.env.wasm.numThreads = 1;

const INPUT = [1, 3, 8, 8];

function random(count: number, seed: number): number[] {
  const { unit } = seededRandom(seed);
  return Array.from({ length: count }, () => unit() - 0.5);
}

const small = () =>
  modelOf({
    input: [value('x', T.FLOAT, ...INPUT)],
    output: [value('y', T.FLOAT, 1, 5)],
    initializer: [
      floats('w', [6, 3, 3, 3], random(162, 1)),
      floats('b', [6], random(6, 2)),
      floats('v', [4, 6, 1, 1], random(24, 3)),
      floats('g', [4, 5], random(20, 4)),
    ],
    node: [
      node('Conv', ['x', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1] }),
      node('Relu', ['c'], ['r']),
      node('Conv', ['r', 'v'], ['d']),
      node('GlobalAveragePool', ['d'], ['p']),
      node('Flatten', ['p'], ['f']),
      node('Gemm', ['f', 'g'], ['y']),
    ],
  });

async function run(model: ModelProto): Promise<Record<string, Float32Array>> {
  const session = await ort.InferenceSession.create(concat(modelParts(model)));
  const results = await session.run({
    x: new ort.Tensor('float32', Float32Array.from(random(192, 7)), INPUT),
  });
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]),
  );
}

async function quantized(): Promise<ModelProto> {
  const options = {
    activations: 'uint8',
    symmetric: false,
    perChannel: true,
    cover: 'fused',
    sparing: true,
    leaveOut: [],
    keep: [],
  } as const;
  const model = small();
  const needed = planStatic(model, options);
  const seen = await run(withOutputs(small(), needed));
  const ranges = new Map(
    needed.map((name) => {
      const data = name === 'x' ? random(192, 7) : [...(seen[name] ?? [])];
      return [name, { low: Math.min(...data), high: Math.max(...data) }];
    }),
  );
  quantizeStatic(model, ranges, options);
  return model;
}

async function layers(original: ModelProto, variant: ModelProto) {
  const shadow = shadowModel(original, variant);
  const outputs = Object.entries(await run(shadow.model));
  const tally = new LayerTally(shadow.probes);
  tally.add(outputs.map(([name, data]) => ({ name, dims: [], data })));
  return new Map(tally.result().map((layer) => [layer.tensor, layer]));
}

describe('a shadow model', () => {
  it('keeps weights that hold nothing, as a Resize without a region has', () => {
    const empty = () => {
      const model = small();
      const roi = create(TensorProtoSchema, { name: 'roi', dims: [0n], dataType: T.FLOAT });
      model.graph?.initializer.push(roi);
      return model;
    };
    const { model } = shadowModel(empty(), empty());
    for (const { rawData } of model.graph?.initializer ?? []) expect(rawData).toBeDefined();
  });

  it('finds no error where nothing was changed', async () => {
    for (const { sqnr, alone } of (await layers(small(), small())).values()) {
      expect([sqnr, alone]).toEqual([Number.POSITIVE_INFINITY, null]);
    }
  });

  it('tells the error of each tensor as it runs, and what each node adds', async () => {
    const found = await layers(small(), await quantized());
    expect([...found.keys()]).toEqual(['r', 'd', 'p', 'f', 'y']);
    const [r, d, y] = ['r', 'd', 'y'].map((name) => found.get(name));
    for (const layer of [r, d, y]) {
      expect(layer?.sqnr).toBeGreaterThan(20);
      expect(layer?.alone).toBeLessThan(60);
    }
    // The first has only exact tensors before it; rounding is all that the kernels differ in.
    expect(r?.sqnr).toBeCloseTo(r?.alone ?? 0, 1);
    expect(d?.alone).toBeGreaterThan(d?.sqnr ?? 0);
  });

  it('leaves out what is no plain tensor, as optionals and sequences are', async () => {
    const wrapped = () => {
      const model = small();
      const { graph } = model;
      if (!graph) throw new Error('no graph');
      for (const { input } of graph.node) {
        input.forEach((name, i) => {
          if (name === 'r') input[i] = 'unwrapped';
        });
      }
      graph.node.splice(
        2,
        0,
        create(NodeProtoSchema, node('Optional', ['r'], ['maybe'])),
        create(NodeProtoSchema, node('OptionalGetElement', ['maybe'], ['got'])),
        create(NodeProtoSchema, node('SequenceConstruct', ['got'], ['several'])),
        create(
          NodeProtoSchema,
          node('ConcatFromSequence', ['several'], ['unwrapped'], { axis: 0 }),
        ),
      );
      return model;
    };
    const found = await layers(wrapped(), wrapped());
    expect([...found.keys()]).toEqual(['c', 'r', 'got', 'unwrapped', 'd', 'p', 'f', 'y']);
    for (const { sqnr } of found.values()) expect(sqnr).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells sparse weights of the two models apart', async () => {
    const sparse = (weight: number) => {
      const model = small();
      model.graph?.sparseInitializer.push(
        create(SparseTensorProtoSchema, {
          values: floats('s', [1], [weight]),
          indices: integers('', [2]),
          dims: [5n],
        }),
      );
      model.graph?.node.push(create(NodeProtoSchema, node('Add', ['y', 's'], ['z'])));
      return model;
    };
    const same = await layers(sparse(3), sparse(3));
    expect(same.get('z')).toMatchObject({ sqnr: Number.POSITIVE_INFINITY, alone: null });
    const other = await layers(sparse(3), sparse(2.5));
    expect(other.get('y')?.sqnr).toBe(Number.POSITIVE_INFINITY);
    expect(other.get('z')?.sqnr).toBeLessThan(30);
    expect(other.get('z')?.alone).toBeCloseTo(other.get('z')?.sqnr ?? 0, 5);
  });

  it('lays the error where it is made', async () => {
    const damaged = small();
    const { graph } = damaged;
    if (!graph) throw new Error('no graph');
    graph.initializer = graph.initializer.map((tensor) =>
      tensor.name === 'v' ? { ...tensor, rawData: new Uint8Array(tensor.rawData.length) } : tensor,
    );
    const found = await layers(small(), damaged);
    expect(found.get('d')?.alone).toBeCloseTo(0, 5);
    expect(found.get('y')?.alone).toBeNull();
    expect(found.get('y')?.sqnr).toBeLessThan(1);
  });
});
