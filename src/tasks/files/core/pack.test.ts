import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackFiles } from './pack.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const head = (...sizes: number[]) =>
  JSON.stringify(sizes.map((size, i) => ({ name: `f${i}`, bytes: size, about: 'A file.' })));

describe('unpackFiles', () => {
  it('cuts the contents apart', () => {
    const files = unpackFiles(bytes(`${head(2, 0, 3)}\nab\n\nc`));
    expect(files.map(({ name, content }) => [name, [...content]])).toEqual([
      ['f0', [...bytes('ab')]],
      ['f1', []],
      ['f2', [...bytes('\n\nc')]],
    ]);
  });

  it('refuses a pack that is cut off, too long, or none', () => {
    expect(() => unpackFiles(bytes(`${head(3)}\nab`))).toThrow(
      /holds \d+ bytes where its list needs/,
    );
    expect(() => unpackFiles(bytes(`${head(1)}\nab`))).toThrow(
      /holds \d+ bytes where its list needs/,
    );
    expect(() => unpackFiles(bytes('nothing'))).toThrow(/does not begin with a line of JSON/);
    expect(() => unpackFiles(bytes('[{}]\n'))).toThrow(/does not begin with a list of its files/);
    expect(() => unpackFiles(bytes('GIF89a\n'))).toThrow(/does not begin with a line of JSON/);
  });

  it('reads the pack of the site', () => {
    const path = new URL('../../../../public/models/files-samples.bin', import.meta.url);
    const files = unpackFiles(new Uint8Array(gunzipSync(readFileSync(path))));
    expect(files.length).toBeGreaterThanOrEqual(12);
    expect(files.find(({ name }) => name === 'nothing.zip')?.content).toHaveLength(0);
  });
});
