/** The host of the site, for tests: it serves the zoo's and the runtime's own files, or what a test says. */
import { existsSync, readFileSync } from 'node:fs';

/** What a host says of a file: its bytes, a status, or nothing ever. */
export type Served = Uint8Array<ArrayBuffer> | number | 'offline' | Response;

const FOLDERS = ['public/models', 'node_modules/onnxruntime-web/dist'];

const read = new Map<string, Uint8Array<ArrayBuffer>>();

/** The bytes of a file that the site ships. */
export function siteFile(path: string): Uint8Array<ArrayBuffer> {
  const bytes = read.get(path) ?? readSiteFile(path);
  read.set(path, bytes);
  return bytes;
}

function readSiteFile(path: string): Uint8Array<ArrayBuffer> {
  const found = FOLDERS.map((folder) => `${folder}/${path}`).find(existsSync);
  if (!found) throw new RangeError(`The site has no file ${path}.`);
  return new Uint8Array(readFileSync(found));
}

/** Sends the first bytes and then nothing, until the page gives up. */
export function halting(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal | null): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes);
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
  return new Response(body);
}

export class Host {
  /** Addresses that were asked for, with the range where one was. */
  readonly asked: string[] = [];
  /** What to say of some files instead, by name. */
  serves: Record<string, Served | ((init: RequestInit) => Served)> = {};

  readonly fetch = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(url, 'https://bench.test/');
    // Where the runtime lies depends on who serves the page's code.
    const path = pathname.replace(/^.*\/(onnxruntime-web\/dist|models)\//, '');
    const range = new Headers(init.headers).get('Range');
    this.asked.push(range ? `${path} ${range}` : path);
    init.signal?.throwIfAborted();
    const own = this.serves[path];
    const said = typeof own === 'function' ? own(init) : own;
    if (said === 'offline') throw new TypeError('Failed to fetch');
    if (typeof said === 'number') return new Response('', { status: said });
    if (said instanceof Response) return said;
    const whole = said ?? siteFile(path);
    const from = said ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    return new Response(whole.subarray(from), { status: from > 0 ? 206 : 200 });
  };
}
