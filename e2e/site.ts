import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, type PreviewServer, preview } from 'vite';
import { siteFiles } from '../site/serviceWorker.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(root, 'dist');

/** A host of its own for one journey, which can fail and be updated as real ones are. */
export class Host {
  readonly url: string;
  private readonly port: number;
  private server: PreviewServer | null = null;
  private folder = DIST;
  private readonly fault: Plugin | null;

  private constructor(port: number, fault: Plugin | null) {
    this.port = port;
    this.fault = fault;
    this.url = `http://localhost:${port}/`;
  }

  /** @param fault what it does wrong: see `halts` and `wrongAtFirst` */
  static async start(fault: Plugin | null = null): Promise<Host> {
    const host = new Host(await freePort(), fault);
    await host.serve();
    return host;
  }

  async serve(): Promise<void> {
    this.server = await preview({
      root,
      logLevel: 'warn',
      build: { outDir: this.folder },
      plugins: this.fault === null ? [] : [this.fault],
      preview: { port: this.port, strictPort: true, open: false },
    });
  }

  /** From here on nobody answers at its address. */
  async fail(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    const closed = server.close();
    if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
    await closed;
  }

  async end(): Promise<void> {
    await this.fail();
    if (this.folder !== DIST) await rm(this.folder, { recursive: true });
  }

  /** Publishes the site anew, with another title and without a part of the old version. */
  async update(title: string, part: string): Promise<void> {
    await this.fail();
    const folder = await mkdtemp(join(tmpdir(), 'site-'));
    await cp(DIST, folder, { recursive: true });
    const page = join(folder, 'index.html');
    const old = siteFiles(folder);
    const html = await readFile(page, 'utf8');
    await writeFile(page, html.replace(/<title>.*<\/title>/, `<title>${title}</title>`));
    const worker = join(folder, 'service-worker.js');
    const script = await readFile(worker, 'utf8');
    const gone = Object.keys(old).filter((file) => file.startsWith(`assets/${part}-`));
    if (gone.length === 0) throw new Error(`The site has no part ${part}.`);
    for (const file of gone) await rm(join(folder, file));
    const changed = gone
      .reduce((all, file) => all.replace(new RegExp(`.${file}.:.[^,]+,`), ''), script)
      .replace(old[''] ?? '', siteFiles(folder)[''] ?? '')
      .replace(/version:`\w+`/, 'version:`next`');
    await writeFile(worker, changed);
    this.folder = folder;
    await this.serve();
  }
}

/** Sends a body of its own for the first two requests of such a file, to be kept by the browser for a year. */
export function wrongAtFirst(file: RegExp, body: string): Plugin {
  let requests = 0;
  return {
    name: 'wrong-at-first',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!file.test(request.url ?? '') || ++requests > 2) return next();
        response.writeHead(200, { 'Cache-Control': 'public, max-age=31536000, immutable' });
        response.end(body);
      });
    },
  };
}

/** Sends half of a model's file and then nothing, unless asked for the rest. */
export const halts = (file: string): Plugin => ({
  name: 'halts',
  configurePreviewServer({ middlewares }) {
    middlewares.use(async (request, response, next) => {
      if (request.headers.range || request.url !== `/models/${file}`) return next();
      const whole = await readFile(join(DIST, 'models', file));
      response.writeHead(200, { 'Content-Length': whole.length });
      response.write(whole.subarray(0, Math.floor(whole.length / 2)));
    });
  },
});

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
