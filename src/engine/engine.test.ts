import { afterEach, describe, expect, it, vi } from 'vitest';
import { download } from './files/download.ts';
import { Queue } from './race/queue.ts';
import { explain } from './runtime/ort.ts';
import { readPlacement } from './runtime/placement.ts';

describe('Queue', () => {
  it('runs one task at a time, in order, and goes on after a failure', async () => {
    const queue = new Queue();
    const seen: string[] = [];
    const task = (name: string, fails = false) =>
      queue.add(async () => {
        seen.push(`${name} begins`);
        await Promise.resolve();
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const [a, b, c] = [task('a'), task('b', true), task('c')];
    await expect(b).rejects.toThrow('b');
    await Promise.all([a, c]);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});

describe('readPlacement', () => {
  const esc = String.fromCharCode(27);
  it('reads providers, node counts and operators from the runtime’s log', () => {
    expect(
      readPlacement([
        '2026-01-01 [V:onnxruntime:, session_state.cc:1] Node placements',
        '[V:onnxruntime:, session_state.cc:2]  Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 2',
        '[V:onnxruntime:, session_state.cc:3]   Conv (conv1)',
        `${esc}[0;93m[V:onnxruntime:, session_state.cc:3]   Conv (conv2)${esc}[m`,
        '[V:onnxruntime:, session_state.cc:2]  Node(s) placed on [CPUExecutionProvider]. Number of nodes: 1',
        '[V:onnxruntime:, session_state.cc:3]   QuantizeLinear (image_q)',
      ]),
    ).toEqual([
      { provider: 'WebGpuExecutionProvider', nodes: 2, operators: ['Conv'] },
      { provider: 'CPUExecutionProvider', nodes: 1, operators: ['QuantizeLinear'] },
    ]);
  });

  it('finds nothing in a log that says nothing', () => {
    expect(readPlacement(['[I:onnxruntime:] Creating session'])).toEqual([]);
  });
});

describe('explain', () => {
  it.each([
    ['std::bad_alloc', 'OutOfMemoryError', /mine\.onnx: the lane ran out of memory/],
    [
      'ERROR_CODE: 7, ERROR_MESSAGE: protobuf parsing failed.',
      'ModelUnreadableError',
      /mine\.onnx is not a complete/,
    ],
    [
      "Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: Could not find an implementation for Foo(1)",
      'OperatorError',
      /mine\.onnx: the runtime said: Could not find an implementation for Foo\(1\)/,
    ],
  ])('turns %s into a %s', (message, name, says) => {
    const error = explain(new Error(message), 'mine.onnx');
    expect(error.name).toBe(name);
    expect(error.message).toMatch(says);
  });
});

describe('download', () => {
  const { signal } = new AbortController();
  const answer = async (body: string, init: ResponseInit = {}) => {
    vi.stubGlobal('document', { baseURI: 'http://site/' });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)));
    return (await download('http://site/models/a.onnx', { signal, bytes: 3, sha256: ABC })).body;
  };
  /** SHA-256 of "abc" (FIPS 180-2, appendix B.1). */
  const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  afterEach(() => vi.unstubAllGlobals());

  it('returns the file when length and hash are as stated', async () => {
    expect(await (await answer('abc')).text()).toBe('abc');
  });

  it.each([
    ['ab', {}, 'TruncatedError', /a\.onnx has 2 of the 3 bytes/],
    ['abd', {}, 'IntegrityError', /a\.onnx is not the published file: its SHA-256 starts with/],
    ['no', { status: 404 }, 'DownloadError', /a\.onnx could not be fetched: the server said 404/],
    ['<html>', { headers: { 'Content-Type': 'text/html' } }, 'DownloadError', /sent a web page/],
  ])('refuses %s %o', async (body, init, name, says) => {
    await expect(answer(body, init)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(says),
    });
  });
});
