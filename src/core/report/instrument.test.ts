import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { INSTRUMENT, RUNTIME } from './instrument.ts';

const versionIn = (file: string): string =>
  JSON.parse(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')).version;

it('reports name the versions that really measure', () => {
  expect(INSTRUMENT).toBe(`Inferometer ${versionIn('package.json')}`);
  expect(RUNTIME).toBe(`onnxruntime-web ${versionIn('node_modules/onnxruntime-web/package.json')}`);
});
