// npm start: everything that is missing, then the built site. Further arguments go to `vite preview`: npm start -- --host

import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureDependencies, ensureNode, root, run } from './setup.mjs';

await run(async () => {
  ensureNode();
  ensureDependencies();
  ensureBuilt();

  // Vite's command line runs inside this process: there is no child that could outlive it.
  process.on('SIGINT', () => process.exit(0));
  process.argv.splice(2, 0, 'preview');
  await import(pathToFileURL(`${root}/node_modules/vite/bin/vite.js`).href);
});
