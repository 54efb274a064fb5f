// The project's own TypeScript for scripts: Vite compiles it as it does for the site.

import { createServer } from 'vite';
import { root } from './setup.mjs';

/**
 * Lends modules of src/ while `use` runs.
 * @template T
 * @param {readonly string[]} paths as in '/src/core/onnx/build.ts'
 * @param {(...modules: any[]) => T | Promise<T>} use gets the modules in the order of their paths
 * @returns {Promise<T>}
 */
export async function withModules(paths, use) {
  const vite = await createServer({
    root,
    server: { middlewareMode: true, hmr: false, ws: false },
    logLevel: 'error',
  });
  try {
    const modules = [];
    for (const path of paths) modules.push(await vite.ssrLoadModule(path));
    return await use(...modules);
  } finally {
    await vite.close();
  }
}
