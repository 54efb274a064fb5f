import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';

const BUILT = readFileSync('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm');
const { signal } = new AbortController();

/** As after a reload of the page: modules are new, what the browser keeps stays. */
async function reloaded() {
  vi.resetModules();
  return import('./downloads.ts');
}

const kept = new Map<string, Response>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('document', { baseURI: 'https://bench.test/index.html' });
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (key: string) => kept.get(key)?.clone(),
      delete: async (key: string) => kept.delete(key),
      put: async (key: string, response: Response) => void kept.set(key, response),
    }),
  });
});

const wrongs = {
  empty: new Uint8Array(),
  halved: BUILT.subarray(0, BUILT.length / 2),
  'of other bytes': BUILT.map((byte, i) => (i === 1000 ? byte ^ 1 : byte)),
};
it.each(Object.entries(wrongs))(
  'a runtime that arrives %s is refused and not kept',
  async (_, body) => {
    let serves: Uint8Array = body;
    vi.stubGlobal('fetch', async () => new Response(serves as Uint8Array<ArrayBuffer>));
    const { runtimeFile } = await reloaded();
    await expect(runtimeFile('wasm', signal)).rejects.toMatchObject({
      name: 'RuntimeMissingError',
      message: expect.stringMatching(/bytes it should have|not the published file/),
    });
    // Mended, the same page gets it, and the next visit too.
    serves = BUILT;
    expect((await runtimeFile('wasm', signal)).size).toBe(BUILT.length);
    expect((await (await reloaded()).runtimeFile('wasm', signal)).size).toBe(BUILT.length);
  },
);
