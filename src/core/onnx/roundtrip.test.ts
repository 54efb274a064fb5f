import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readModel } from './read.ts';
import { concat, modelParts } from './write.ts';

const FIXTURES = new URL('../inspect/shapes/fixtures/', import.meta.url);
const SHIPPED = new URL('../../../public/models/', import.meta.url);

const files = [
  ...readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.onnx.gz'))
    .map((name) => ({ name, bytes: () => gunzipSync(readFileSync(new URL(name, FIXTURES))) })),
  ...readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.onnx'))
    .map((name) => ({ name, bytes: () => readFileSync(new URL(name, SHIPPED)) })),
];

describe('real models come back byte for byte', () => {
  it('of more than fifty files', () => expect(files.length).toBeGreaterThan(50));

  it.each(files)('$name', ({ name, bytes }) => {
    const file = bytes();
    const again = concat(modelParts(readModel(file, name)));
    // The same bytes are the same model, decoded once more or not.
    expect(Buffer.compare(again, file)).toBe(0);
  });
});
