import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../', import.meta.url));

/** The build follows an address only where it stands within the call; else it copies the source, which no browser runs. */
it('names each worker’s file within the call that starts it, so that it is built', () => {
  const starts = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(file))
    .flatMap((file) => {
      const code = readFileSync(`${SOURCES}/${file}`, 'utf8');
      return [...code.matchAll(/new Worker\(\s*(.{0,8})/g)].map(([, next]) => `${file}: ${next}`);
    });
  expect(starts.length).toBeGreaterThan(4);
  for (const start of starts) expect(start).toMatch(/: new URL\($/);
});
