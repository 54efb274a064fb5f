import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchManifest, gunzip, modelUrl } from './models.ts';

const { signal } = new AbortController();

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://bench.test/site/index.html' });
});
afterEach(() => vi.unstubAllGlobals());

/** Serves one answer and remembers what was asked for. */
function serve(answer: () => Response) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => answer());
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('the manifest', () => {
  it('lies beside the page, wherever that is', async () => {
    expect(modelUrl('x.onnx')).toBe('https://bench.test/site/models/x.onnx');
    const fetched = serve(() => Response.json({ version: 1, models: [] }));
    expect(await fetchManifest(signal)).toEqual([]);
    expect(fetched.mock.calls[0]?.[0]).toBe('https://bench.test/site/models/manifest.json');
  });

  it('that is no JSON is refused as a manifest', async () => {
    serve(() => new Response('{"version": 1,'));
    await expect(fetchManifest(signal)).rejects.toMatchObject({ name: 'ManifestError' });
  });

  it('is asked for past the browser’s own cache where a wrong copy lies in it', async () => {
    for (const wrong of ['', '{"version": 1,', '{"version": 1}']) {
      const answer = async (_url: string, { cache }: RequestInit) =>
        cache === 'reload' ? Response.json({ version: 1, models: [] }) : new Response(wrong);
      vi.stubGlobal('fetch', answer);
      expect(await fetchManifest(signal), wrong).toEqual([]);
    }
  });

  it('says that the connection broke where it did', async () => {
    const broken = new ReadableStream({ pull: (to) => to.error(new TypeError('reset')) });
    serve(() => new Response(broken));
    await expect(fetchManifest(signal)).rejects.toMatchObject({ name: 'TruncatedError' });
  });
});

describe('gunzip', () => {
  it('unpacks what was packed', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
    expect(await gunzip(new Blob([Uint8Array.from(gzipSync(bytes))]))).toEqual(bytes);
  });

  it('rejects what was not', async () => {
    await expect(gunzip(new Blob(['plain text']))).rejects.toThrow();
  });
});
