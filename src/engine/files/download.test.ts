import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DownloadOptions, download } from './download.ts';
import { forgetFile, partKey, storedFiles } from './fileCache.ts';

const URL_A = 'https://bench.test/site/models/a%20b.onnx';
const BODY = 'twelve bytes';
const SHA256 = createHash('sha256').update(BODY).digest('hex');

let controller: AbortController;
beforeEach(() => {
  controller = new AbortController();
  vi.stubGlobal('document', { baseURI: 'https://bench.test/site/index.html' });
});
afterEach(() => vi.unstubAllGlobals());

/** Serves one answer and counts how often it is asked for. */
function serve(answer: () => Response | Promise<Response>) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => answer());
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const get = (more: Partial<DownloadOptions> = {}) =>
  download(URL_A, { signal: controller.signal, bytes: 12, sha256: SHA256, ...more }).then(
    ({ body }) => body,
  );

/** A body that comes in these parts and then does what `end` does. */
function stream(parts: readonly string[], end: (to: ReadableStreamDefaultController) => void) {
  const left = parts.map((part) => new TextEncoder().encode(part));
  return new ReadableStream<Uint8Array>({
    pull(to) {
      const part = left.shift();
      if (part) to.enqueue(part);
      else end(to);
    },
  });
}
const whole = (...parts: readonly string[]) => stream(parts, (to) => to.close());

describe('a download that fails', () => {
  it('names the file and the status', async () => {
    serve(() => new Response('', { status: 503 }));
    await expect(get()).rejects.toMatchObject({
      name: 'DownloadError',
      message: 'a b.onnx could not be fetched: the server said 503.',
    });
  });

  it('keeps what fetch threw as the cause', async () => {
    const cause = new TypeError('Failed to fetch');
    serve(() => Promise.reject(cause));
    await expect(get()).rejects.toMatchObject({ name: 'DownloadError', cause });
  });

  it('tells how far it came when the connection broke', async () => {
    serve(() => new Response(stream(['twelve'], (to) => to.error(new TypeError('reset')))));
    await expect(get()).rejects.toMatchObject({
      name: 'TruncatedError',
      message: 'a b.onnx: the connection broke after 6 bytes.',
    });
  });

  it('rejects with the signal’s reason when aborted before an answer or within one', async () => {
    const reason = new Error('enough');
    serve(() => {
      controller.abort(reason);
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    await expect(get()).rejects.toBe(reason);
    controller = new AbortController();
    const broken = stream(['twelve'], (to) => {
      controller.abort(reason);
      to.error(new DOMException('aborted', 'AbortError'));
    });
    serve(() => new Response(broken));
    await expect(get()).rejects.toBe(reason);
  });

  it('calls a file that is too long another file, not a truncated one', async () => {
    serve(() => new Response(`${BODY}!`));
    await expect(get()).rejects.toMatchObject({ name: 'IntegrityError' });
  });
});

describe('progress', () => {
  const seen = async (response: Response, more: Partial<DownloadOptions>) => {
    serve(() => response);
    const steps: [number, number | null][] = [];
    await download(URL_A, {
      signal: controller.signal,
      onProgress: (...step) => steps.push(step),
      ...more,
    });
    return steps;
  };

  it('counts bytes part by part to the size that is known beforehand', async () => {
    const headers = { 'Content-Length': '999' };
    expect(await seen(new Response(whole('twelve', ' bytes'), { headers }), { bytes: 12 })).toEqual(
      [
        [6, 12],
        [12, 12],
      ],
    );
  });

  it('takes the server’s word else, but not for a compressed answer', async () => {
    const length = { 'Content-Length': '12' };
    expect(await seen(new Response(whole(BODY), { headers: length }), {})).toEqual([[12, 12]]);
    const headers = { ...length, 'Content-Encoding': 'gzip' };
    expect(await seen(new Response(whole(BODY), { headers }), {})).toEqual([[12, null]]);
    expect(await seen(new Response(whole(BODY)), {})).toEqual([[12, null]]);
  });
});

it('is checked without Web Crypto too, where a page came over plain http', async () => {
  vi.stubGlobal('crypto', {});
  serve(() => new Response(BODY));
  expect(await (await get()).text()).toBe(BODY);
  await expect(get({ sha256: SHA256.replace(/^./, 'x') })).rejects.toMatchObject({
    name: 'IntegrityError',
    message: expect.stringContaining(SHA256.slice(0, 12)),
  });
});

describe('the cache', () => {
  const kept = new Map<string, Response>();
  const put = vi.fn(async (key: string, response: Response) => void kept.set(key, response));
  beforeEach(() => {
    kept.clear();
    put.mockClear();
    const cache = {
      match: async (key: string) => kept.get(key)?.clone(),
      delete: async (key: string) => kept.delete(key),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      put,
    };
    vi.stubGlobal('caches', { open: async () => cache });
  });

  it('saves the second download', async () => {
    const fetched = serve(() => new Response(BODY));
    await get();
    await vi.waitFor(() => expect(kept.size).toBe(1));
    expect(await (await get()).text()).toBe(BODY);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is not trusted: what was damaged in it is fetched again', async () => {
    const fetched = serve(() => new Response(BODY));
    await get();
    for (const key of kept.keys()) kept.set(key, new Response('twelve bytez'));
    expect(await (await get()).text()).toBe(BODY);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('keeps nothing that failed its check', async () => {
    serve(() => new Response('something els'));
    await expect(get()).rejects.toThrow();
    expect(put).not.toHaveBeenCalled();
  });

  it('may be full or forbidden', async () => {
    serve(() => new Response(BODY));
    put.mockRejectedValueOnce(new DOMException('no', 'SecurityError'));
    expect(await (await get()).text()).toBe(BODY);
    const open = () => Promise.reject(new DOMException('no', 'SecurityError'));
    vi.stubGlobal('caches', { open });
    expect(await (await get()).text()).toBe(BODY);
  });

  it('makes room by its oldest file, lists what it holds and frees it', async () => {
    const key = `${URL_A}?sha256=${SHA256}`;
    const old = (savedAt: number) =>
      new Response('old', { headers: { 'x-saved-at': `${savedAt}` } });
    kept.set('https://bench.test/site/older.onnx', old(1));
    kept.set('https://bench.test/site/newer.onnx', old(2));
    put.mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'));
    serve(() => new Response(BODY));
    await get();
    await vi.waitFor(async () => expect(kept.has(key)).toBe(true));
    const [latest, rest, ...more] = await storedFiles();
    expect(latest).toMatchObject({ key, name: 'a b.onnx', bytes: 12, whole: true });
    expect(rest).toMatchObject({ name: 'newer.onnx', savedAt: 2 });
    expect(more).toEqual([]);
    await forgetFile(key);
    expect(kept.has(key)).toBe(false);
  });

  it('of the browser itself is passed by once it gave a wrong copy', async () => {
    for (const wrong of ['', 'twelve', 'twelve bytez', '<html>twelve bytes</html>']) {
      const fetched = vi.fn(async (_url: string, { cache, headers }: RequestInit) => {
        expect(headers).toEqual({});
        return new Response(cache === 'reload' ? BODY : wrong);
      });
      vi.stubGlobal('fetch', fetched);
      expect(await (await get()).text(), wrong).toBe(BODY);
      expect(fetched).toHaveBeenCalledTimes(2);
      await vi.waitFor(() => expect([...kept.keys()]).toEqual([`${URL_A}?sha256=${SHA256}`]));
      kept.clear();
    }
  });

  it('loses what an older version kept of a file without its digest', async () => {
    kept.set(URL_A, new Response('whatever'));
    serve(() => new Response(BODY));
    expect(await (await get()).text()).toBe(BODY);
    await vi.waitFor(() => expect([...kept.keys()]).toEqual([`${URL_A}?sha256=${SHA256}`]));
  });

  describe('of a download that was broken off', () => {
    const part = partKey(`${URL_A}?sha256=${SHA256}`);
    const broken = () => new Response(stream(['twelve'], (to) => to.error(new TypeError('reset'))));
    /** A server that knows ranges. */
    const ranged = (rest: string) => new Response(rest, { status: 206 });

    it('keeps what came, asks for the rest alone and tells where it goes on', async () => {
      serve(broken);
      await expect(get()).rejects.toMatchObject({ name: 'TruncatedError' });
      expect(await storedFiles()).toMatchObject([{ key: part, bytes: 6, whole: false }]);
      const fetched = serve(() => ranged(' bytes'));
      const steps: number[] = [];
      expect(await (await get({ onProgress: (loaded) => steps.push(loaded) })).text()).toBe(BODY);
      expect(fetched.mock.calls[0]?.[1].headers).toEqual({ Range: 'bytes=6-' });
      expect(steps).toEqual([12]);
      expect(kept.has(part)).toBe(false);
    });

    it('keeps what came before the user cancelled', async () => {
      const cancelled = stream(['twelve'], (to) => {
        controller.abort(new Error('enough'));
        to.error(new DOMException('aborted', 'AbortError'));
      });
      serve(() => new Response(cancelled));
      await expect(get()).rejects.toThrow('enough');
      expect(kept.has(part)).toBe(true);
    });

    it('breaks again, further on', async () => {
      serve(broken);
      await expect(get()).rejects.toThrow();
      serve(
        () =>
          new Response(
            stream([' by'], (to) => to.error(new TypeError('reset'))),
            { status: 206 },
          ),
      );
      await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('9 bytes') });
      serve(() => ranged('tes'));
      expect(await (await get()).text()).toBe(BODY);
    });

    it('begins anew where the server knows no ranges', async () => {
      serve(broken);
      await expect(get()).rejects.toThrow();
      serve(() => new Response(BODY));
      expect(await (await get()).text()).toBe(BODY);
    });

    it('begins anew where the part is another file’s, or is all there is', async () => {
      for (const end of [() => ranged(' bytez'), () => new Response('', { status: 416 })]) {
        serve(broken);
        await expect(get()).rejects.toThrow();
        const answers = [end, () => new Response(BODY)];
        serve(() => (answers.shift() ?? broken)());
        expect(await (await get()).text()).toBe(BODY);
        await vi.waitFor(() => expect(kept.size).toBe(1));
        kept.clear();
      }
    });

    it('keeps no part of a file whose end nobody could check', async () => {
      serve(broken);
      const { signal } = controller;
      await expect(download(URL_A, { signal })).rejects.toMatchObject({ name: 'TruncatedError' });
      expect(kept.size).toBe(0);
    });
  });
});
