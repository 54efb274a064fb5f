// Models generated for benches, written with the project's own codec.

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { createServer } from 'vite';
import { root } from '../scripts/setup.mjs';

const FLOAT = 1;

/**
 * A chain of convolutions with Relus between them, one weight each.
 * @param {number} nodes
 * @param {number} channels
 * @returns {Promise<Uint8Array>}
 */
export async function convolutionChain(nodes, channels) {
  // The codec is TypeScript: Vite compiles it as it does for the site.
  const vite = await createServer({ root, server: { middlewareMode: true }, logLevel: 'error' });
  try {
    const { ModelProtoSchema } = await vite.ssrLoadModule('/src/core/onnx/onnx_pb.ts');
    const type = (/** @type {string} */ name) => ({
      name,
      type: {
        value: {
          case: 'tensorType',
          value: {
            elemType: FLOAT,
            shape: {
              dim: [1, channels, 16, 16].map((size) => ({
                value: { case: 'dimValue', value: BigInt(size) },
              })),
            },
          },
        },
      },
    });
    const weight = new Uint8Array(channels * channels * 9 * 4).fill(1);
    const places = Array.from({ length: nodes / 2 }, (_, i) => i);
    const model = create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: 17n }],
      graph: {
        name: 'chain',
        input: [type('x0')],
        output: [type(`x${places.length}`)],
        node: places.flatMap((i) => [
          {
            name: `conv${i}`,
            opType: 'Conv',
            input: [`x${i}`, `w${i}`],
            output: [`c${i}`],
            attribute: [{ name: 'pads', type: 7, ints: [1n, 1n, 1n, 1n] }],
          },
          { name: `relu${i}`, opType: 'Relu', input: [`c${i}`], output: [`x${i + 1}`] },
        ]),
        initializer: places.map((i) => ({
          name: `w${i}`,
          dims: [channels, channels, 3, 3].map(BigInt),
          dataType: FLOAT,
          rawData: weight,
        })),
      },
    });
    return toBinary(ModelProtoSchema, model);
  } finally {
    await vite.close();
  }
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
