// Plain JavaScript, because the benches build with it too.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const QUERY = '?digest';
const PREFIX = '\0digest:';

/**
 * `import digest from 'package/file?digest'`: its size and SHA-256, as they are when the site is built.
 * @returns {import('vite').Plugin}
 */
export function digests() {
  return {
    name: 'digests',
    enforce: 'pre',
    resolveId(source) {
      return source.endsWith(QUERY) ? `${PREFIX}${source.slice(0, -QUERY.length)}` : null;
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const file = await this.resolve(id.slice(PREFIX.length));
      if (!file) throw new Error(`${id.slice(PREFIX.length)} was not found.`);
      const content = readFileSync(file.id);
      const sha256 = createHash('sha256').update(content).digest('hex');
      return `export default ${JSON.stringify({ bytes: content.length, sha256 })}`;
    },
  };
}
