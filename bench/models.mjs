// Models generated for benches, written with the project's own codec.

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { withModules } from '../scripts/modules.mjs';

const [FLOAT, INTS] = [1, 7];

/** @param {string} name @param {number[]} sizes */
const typed = (name, sizes) => ({
  name,
  type: {
    value: {
      case: 'tensorType',
      value: {
        elemType: FLOAT,
        shape: { dim: sizes.map((size) => ({ value: { case: 'dimValue', value: BigInt(size) } })) },
      },
    },
  },
});

/** Nodes and weights of a model of convolutions, one after another. */
class Builder {
  node = /** @type {object[]} */ ([]);
  initializer = /** @type {object[]} */ ([]);

  /** @param {string} opType @param {string[]} input @param {object[]} [attribute] */
  add(opType, input, attribute = []) {
    const name = `${opType.toLowerCase()}${this.node.length}`;
    this.node.push({ name, opType, input, output: [name], attribute });
    return name;
  }

  /** @param {number[]} dims */
  weight(...dims) {
    const name = `w${this.initializer.length}`;
    const bytes = dims.reduce((product, size) => product * size, 4);
    // No zeros, which could be compressed on their way.
    const rawData = Uint8Array.from({ length: bytes }, (_, i) => (i * 2654435761) >>> 24);
    this.initializer.push({ name, dims: dims.map(BigInt), dataType: FLOAT, rawData });
    return name;
  }

  /** @param {string} x @param {number} from @param {number} to @param {number} kernel */
  convolution(x, from, to, kernel) {
    const pads = new Array(4).fill(BigInt(kernel >> 1));
    return this.add(
      'Conv',
      [x, this.weight(to, from, kernel, kernel)],
      [{ name: 'pads', type: INTS, ints: pads }],
    );
  }

  /** @param {number[]} input @returns {Promise<Uint8Array>} */
  async bytes(input) {
    return withModules(['/src/core/onnx/onnx_pb.ts'], ({ ModelProtoSchema }) => {
      const last = /** @type {{ output: string[] }} */ (this.node.at(-1)).output[0];
      const { node, initializer } = this;
      const graph = {
        name: 'generated',
        node,
        initializer,
        input: [typed('x', input)],
        output: [{ name: last }],
      };
      const opsetImport = [{ domain: '', version: 17n }];
      return toBinary(
        ModelProtoSchema,
        create(ModelProtoSchema, { irVersion: 8n, opsetImport, graph }),
      );
    });
  }
}

/**
 * A chain of small convolutions with Relus between them.
 * @param {number} nodes
 */
export function convolutionChain(nodes) {
  const model = new Builder();
  let x = 'x';
  for (let i = 0; i < nodes / 2; i++) x = model.add('Relu', [model.convolution(x, 4, 4, 3)]);
  return model.bytes([1, 4, 16, 16]);
}

/** Width inside a block, width outside it, blocks: ResNet-50 (He et al., 1512.03385, table 1). */
const STAGES = /** @type {const} */ ([
  [64, 256, 3],
  [128, 512, 4],
  [256, 1024, 6],
  [512, 2048, 3],
]);

/** All weights of ResNet-50, 102 MB, in a network of its form; only its strides are left out. */
export function resnet50() {
  const model = new Builder();
  let x = model.add('Relu', [model.convolution('x', 3, 64, 7)]);
  let width = 64;
  for (const [inner, outer, blocks] of STAGES) {
    for (let block = 0; block < blocks; block++) {
      const shortcut = width === outer ? x : model.convolution(x, width, outer, 1);
      const first = model.add('Relu', [model.convolution(x, width, inner, 1)]);
      const second = model.add('Relu', [model.convolution(first, inner, inner, 3)]);
      const third = model.convolution(second, inner, outer, 1);
      x = model.add('Relu', [model.add('Add', [third, shortcut])]);
      width = outer;
    }
  }
  const pooled = model.add('Flatten', [model.add('GlobalAveragePool', [x])]);
  model.add('MatMul', [pooled, model.weight(width, 1000)]);
  return model.bytes([1, 3, 32, 32]);
}

/**
 * Keeps a file while `use` runs.
 * @template T
 * @param {Uint8Array} bytes
 * @param {(path: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withFile(bytes, use) {
  const folder = await mkdtemp(join(tmpdir(), 'inferometer-'));
  try {
    const path = join(folder, 'generated.onnx');
    writeFileSync(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
