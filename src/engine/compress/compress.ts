import { proxy, type Remote } from 'comlink';
import type { MeasurePlan } from '../../core/compress/auto/measured.ts';
import { Fault } from '../../core/errors.ts';
import { count } from '../../core/format.ts';
import { totalBytes } from '../files/size.ts';
import type {
  CompressApi,
  CompressedFile,
  CompressRequest,
  ModelFiles,
  PlanRequest,
  Progress,
  ProofFiles,
} from '../protocol.ts';
import { WorkerClient } from '../worker/workerClient.ts';

/** An ArrayBuffer, and protobuf with it, ends at 2 GiB. */
const MAX_BYTES = 2 ** 31 - 1;

function refuseTooBig({ files }: CompressRequest): void {
  const bytes = totalBytes(files);
  if (bytes <= MAX_BYTES) return;
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

const ENDED =
  'The worker that compresses ended: it ran out of memory or was killed by the browser.';
const died = (message: string) =>
  new Fault('OutOfMemoryError', message || 'The worker that compresses could not start.');

/** What is asked of a worker that compresses. */
type Ask<T> = (api: Remote<CompressApi>) => Promise<T>;

/**
 * One task in a worker of its own, which is gone afterwards with all its memory.
 * @param until what the worker outlives the task for
 * @throws OutOfMemoryError when the worker ends by itself; the signal's reason, at once
 */
async function inWorker<T>(
  signal: AbortSignal,
  ask: Ask<T>,
  until?: () => Promise<unknown>,
): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./compress.worker.ts', import.meta.url), {
    type: 'module',
    name: 'compress',
  });
  const client = new WorkerClient<CompressApi>(worker, died);
  const abort = () => client.end(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    // Its end is known to the call below.
    client.watchEnd('compress', ENDED).catch(() => {});
    const made = await client.call(ask);
    if (until) void until().then(() => client.stop());
    else client.stop();
    return made;
  } catch (thrown) {
    client.stop();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Makes a variant of a model. The same request gives the same bytes.
 * @throws Fault as `compress`, `readModel` and the runtime do; else as `inWorker`
 */
export async function compressModel(
  request: CompressRequest,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<CompressedFile> {
  refuseTooBig(request);
  const until = request.inputs ? () => holdRuntime(request.runtime) : undefined;
  return inWorker(signal, (api) => api.compress(request, proxy(onProgress)), until);
}

/** See `CompressApi`. @throws Fault as `readModel`; else as `inWorker` */
export const namedModel = (files: ModelFiles, signal: AbortSignal): Promise<Blob> =>
  inWorker(signal, (api) => api.named(files));

/** See `CompressApi`. @throws Fault as `readModel`; else as `inWorker` */
export const proofFilesOf = (
  original: ModelFiles,
  variant: ModelFiles,
  signal: AbortSignal,
): Promise<ProofFiles> => inWorker(signal, (api) => api.proofFiles(original, variant));

/** See `CompressApi`. @throws Fault as `readModel`; else as `inWorker` */
export const planAuto = (request: PlanRequest, signal: AbortSignal): Promise<MeasurePlan> =>
  inWorker(signal, (api) => api.plan(request));
