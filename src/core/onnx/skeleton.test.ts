import { toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floats, modelOf, node } from './build.ts';
import { externalBytes, isExternal, SELF } from './external.ts';
import { type GraphProto, ModelProtoSchema } from './onnx_pb.ts';
import { readModel } from './read.ts';
import { type PieceSource, readSkeleton } from './skeleton.ts';

/** A file that notes how many bytes were read of it. */
function counted(bytes: Uint8Array) {
  const read = { bytes: 0, times: 0 };
  const source: PieceSource = {
    size: bytes.length,
    async read(offset, length) {
      read.bytes += length;
      read.times += 1;
      return bytes.slice(offset, offset + length);
    },
  };
  return { source, read };
}

const modelWith = (...elements: number[]) =>
  toBinary(
    ModelProtoSchema,
    modelOf({
      node: [
        node(
          'Sum',
          elements.map((_, i) => `w${i}`),
          ['y'],
        ),
      ],
      initializer: elements.map((count, i) => floats(`w${i}`, [count], new Array(count).fill(i))),
    }),
  );

describe('readSkeleton', () => {
  it('reads a model as `readModel` does, but leaves large weights in the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat(40), fc.integer({ min: 200_000, max: 300_000 })), {
          maxLength: 5,
        }),
        async (elements) => {
          const bytes = modelWith(...elements);
          const skeleton = await readSkeleton(counted(bytes).source, 'made.onnx');
          const { initializer, ...graph } = skeleton.graph as GraphProto;
          const { initializer: full, ...whole } = readModel(bytes, 'made.onnx').graph as GraphProto;
          expect(graph).toEqual(whole);
          expect(initializer.map(({ dims, name }) => [dims, name])).toEqual(
            full.map(({ dims, name }) => [dims, name]),
          );
          initializer.forEach((tensor, i) => {
            const weights = isExternal(tensor)
              ? externalBytes(tensor, new Map([[SELF, bytes]]))
              : tensor.rawData;
            expect(Buffer.compare(weights, full[i]?.rawData ?? new Uint8Array())).toBe(0);
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads little of a large file, in few pieces', async () => {
    const { source, read } = counted(modelWith(2_000_000, 2_000_000, 2_000_000));
    await readSkeleton(source, 'large.onnx');
    expect(source.size).toBeGreaterThan(24e6);
    expect(read.bytes).toBeLessThan(600_000);
    expect(read.times).toBeLessThanOrEqual(5);
  });

  it.each([
    ['cut short', modelWith(300_000, 300_000).subarray(0, 1_700_000)],
    ['no protobuf', new TextEncoder().encode('<!doctype html>')],
    ['empty', new Uint8Array()],
  ])('refuses what is %s as `readModel` does', async (_, bytes) => {
    await expect(readSkeleton(counted(bytes).source, 'bad.onnx')).rejects.toMatchObject({
      name: 'ModelUnreadableError',
    });
  });

  it('reads or refuses anything else', async () => {
    const whole = modelWith(260_000, 3);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        await readSkeleton(counted(bytes).source, 'made.onnx').catch((error) =>
          expect(error).toMatchObject({ name: 'ModelUnreadableError' }),
        );
      }),
      { numRuns: 100 },
    );
  });
});
