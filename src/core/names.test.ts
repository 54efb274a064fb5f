import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SRC = `${import.meta.dirname}/..`;
const EXPORTED = /^export (?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)/gm;

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|d)\./.test(file),
);

it('one name, one type: no two modules export types of the same name', () => {
  const homes = new Map<string, string[]>();
  for (const file of sources) {
    for (const [, name = ''] of readFileSync(`${SRC}/${file}`, 'utf8').matchAll(EXPORTED)) {
      homes.set(name, [...(homes.get(name) ?? []), file]);
    }
  }
  expect(homes.size).toBeGreaterThan(100);
  expect([...homes].filter(([, files]) => files.length > 1)).toEqual([]);
});
