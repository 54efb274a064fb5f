import { proxy, releaseProxy, wrap } from 'comlink';
import { Fault } from '../../core/errors.ts';
import { count } from '../../core/format.ts';
import { totalBytes } from '../files/size.ts';
import type { CompressApi, CompressedFile, CompressRequest, Progress } from '../protocol.ts';
import { lockName, watchLock } from '../worker/lock.ts';

/** An ArrayBuffer, and protobuf with it, ends at 2 GiB. */
const MOST_BYTES = 2 ** 31 - 1;

function refuseTooBig({ files }: CompressRequest): void {
  const bytes = totalBytes(files);
  if (bytes <= MOST_BYTES) return;
  throw new Fault(
    'CompressError',
    `${files.file} has ${count(bytes)} bytes with its weights; models up to 2 GB can be compressed here.`,
  );
}

/** The runtime's code, compiled; null until a first variant needed it. */
let held: Promise<unknown> | null = null;

/**
 * Keeps the runtime's code while the worker that compiled it still lives. As long as somebody holds it,
 * V8 gives it, as far as it is optimized by then, to each worker that compiles the same bytes: that halves
 * the processor time of a second variant (measured with EfficientNet-Lite0 on 16 inputs).
 */
function holdRuntime({ runtime }: CompressRequest['runtime']): Promise<unknown> {
  held ??= runtime
    .arrayBuffer()
    .then((bytes) => WebAssembly.compile(bytes))
    // Without it the next variant takes longer, and nothing else happens.
    .catch(() => null);
  return held;
}

/**
 * Makes a variant of a model in a worker of its own, which is gone afterwards with all its memory.
 * The same request gives the same bytes.
 * @throws Fault as `compress`, `readModel` and the runtime do; OutOfMemoryError when the worker
 *   ends by itself; the signal's reason, at once
 */
export async function compressModel(
  request: CompressRequest,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<CompressedFile> {
  signal.throwIfAborted();
  refuseTooBig(request);
  const worker = new Worker(new URL('./compress.worker.ts', import.meta.url), {
    type: 'module',
    name: 'compress',
  });
  const api = wrap<CompressApi>(worker);
  const done = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
    const fail = (message: string) => reject(new Fault('OutOfMemoryError', message));
    worker.addEventListener('error', ({ message }) =>
      fail(message || 'The worker that compresses could not start.'),
    );
    const name = lockName('compress');
    void api.holdLock(name).then((held) => {
      if (held)
        watchLock(name, done.signal, () =>
          fail('The worker that compresses ended: out of memory, or killed by the browser.'),
        );
    });
  });
  const end = () => {
    done.abort();
    worker.terminate();
    api[releaseProxy]();
  };
  try {
    const made = await Promise.race([api.compress(request, proxy(onProgress)), ended]);
    if (request.inputs) void holdRuntime(request.runtime).then(end);
    else end();
    return made;
  } catch (thrown) {
    end();
    throw thrown;
  }
}
