import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { namedFiles, sizeOf, totalBytes } from './size.ts';

const weights = Uint8Array.from({ length: 10_000 }, (_, i) => i % 250);
const beside = { name: 'weights.bin', data: new Blob([weights]) };
const model = new Blob(['a header']);

test('a model with its weights beside it is as large as all its files, on disk and packed', async () => {
  const { bytes, gzip } = await sizeOf({ model, external: [beside] });
  expect(bytes).toBe(10_008);
  expect(gzip).toBe((await sizeOf({ model, external: [] })).gzip + gzipSync(weights).length);
});

test('files that a model does not name are not its own', () => {
  const other = { name: 'other.bin', data: new Blob([weights]) };
  const external = namedFiles([beside, other], ['weights.bin', 'missing.bin']);
  expect(external).toEqual([beside]);
  expect(totalBytes({ model, external })).toBe(10_008);
});
