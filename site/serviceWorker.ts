import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build, type Plugin } from 'vite';

const WORKER = 'service-worker.js';

/** Of the models, what a first visit fetches; all else is kept when somebody asked for it. */
const isKept = (file: string): boolean =>
  file.startsWith('models/')
    ? /^models\/(manifest\.json|cards\.json|card-.*|digits-samples-20\.bin)$/.test(file)
    : // Runtimes are large, and a page needs one or two of the three.
      !file.endsWith('.wasm') && file !== '_headers' && file !== WORKER;

/** The files of a built site that its service worker keeps, with what they must hold. */
export function siteFiles(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => isKept(file) && file !== 'index.html')
    .sort();
  const integrity = (file: string) =>
    `sha256-${createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('base64')}`;
  return Object.fromEntries([
    ...files.map((file) => [file, integrity(file)] as const),
    // Asked for by its folder's address, because some hosts redirect from its name; and last.
    ['', integrity('index.html')],
  ]);
}

/** Builds the service worker from what was really written, so that it changes with any file. */
export function serviceWorker(): Plugin {
  let root = '';
  let outDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = join(config.root, config.build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = siteFiles(outDir);
        const version = createHash('sha256').update(JSON.stringify(files)).digest('hex');
        const site = { version: version.slice(0, 12), files };
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          define: { __SITE__: JSON.stringify(site) },
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2022',
            // A classic script: not every browser takes modules as service workers.
            lib: {
              entry: 'src/service.worker.ts',
              formats: ['iife'],
              name: 'site',
              // A service worker rules the folder it lies in, so this one lies at the top.
              fileName: () => WORKER,
            },
          },
        });
      },
    },
  };
}
