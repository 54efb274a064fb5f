import { Fault, toError } from '../../core/errors.ts';
import type { SamplePack, Variant } from '../../core/models/model.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { Fetched } from '../../core/session/runner.ts';
import { type DownloadOptions, download } from '../../engine/files/download.ts';
import { modelUrl } from '../../engine/files/models.ts';
import type { ExternalData, RuntimeBuild } from '../../engine/protocol.ts';
import type { LaneFiles } from '../../engine/race/client.ts';
import { buildFor, RUNTIMES } from '../../engine/runtime/runtime.ts';
import { endTransfer, showTransfer } from './transfers.ts';

interface DroppedFile {
  readonly model: Blob;
  /** Weights that lie beside it. */
  readonly external: readonly ExternalData[];
}

/** Bytes of files that the user dropped, by variant id; too big and too opaque for a store. */
const dropped = new Map<string, DroppedFile>();

export function keepDropped(variantId: string, file: DroppedFile): void {
  dropped.set(variantId, file);
}

export function forgetDropped(variantId: string): void {
  dropped.delete(variantId);
}

const RUNTIME_TITLES: Readonly<Record<RuntimeBuild, string>> = {
  wasm: 'onnxruntime for WASM',
  jspi: 'onnxruntime for WebGPU',
  asyncify: 'onnxruntime for WebGPU, without JSPI',
};

/** A download brings hundreds of chunks; nobody reads a figure that changes faster. */
const PROGRESS_MS = 120;
/** Before this a rate says little about the time that is left. */
const TELLING_MS = 1000;

interface Got {
  readonly body: Blob;
  readonly fetched: Fetched;
}

/** Downloads with the progress shown in the store while it lasts. */
async function tracked(
  url: string,
  name: string,
  options: Omit<DownloadOptions, 'onProgress'>,
): Promise<Got> {
  const started = performance.now();
  let shown = 0;
  /** What a broken-off download left is no measure of the network. */
  let first: number | null = null;
  let latest = { loaded: 0, total: null as number | null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    shown = performance.now();
    const { loaded, total } = latest;
    const ms = shown - started;
    const leftMs =
      total === null || ms < TELLING_MS || first === null || loaded === first
        ? null
        : ((total - loaded) * ms) / (loaded - first);
    showTransfer(name, { loaded, total, leftMs });
  };
  const set = (loaded: number, total: number | null) => {
    first ??= loaded;
    latest = { loaded, total };
    // Where the network halts, the figure must be the last one, too.
    timer ??= setTimeout(show, shown + PROGRESS_MS - performance.now());
  };
  try {
    const { body, from } = await download(url, { ...options, onProgress: set });
    const ms = performance.now() - started;
    return { body, fetched: { name, bytes: body.size, ms, from } };
  } finally {
    clearTimeout(timer);
    endTransfer(name);
  }
}

/** A variant's files, from the cache where they lie there. */
export async function variantFiles(
  variant: Variant,
  signal: AbortSignal,
): Promise<DroppedFile & { readonly fetched: Fetched }> {
  const { source, bytes } = variant;
  if (source.kind === 'zoo') {
    const { file, sha256 } = source;
    const { body, fetched } = await tracked(modelUrl(file), file, { bytes, sha256, signal });
    return { model: body, external: [], fetched };
  }
  const files = dropped.get(variant.id);
  if (!files) throw new RangeError(`The bytes of ${source.file} are gone.`);
  return { ...files, fetched: { name: source.file, bytes, ms: 0, from: 'page' } };
}

/** Kept for the life of the page: every lane of a build needs the same file. */
const runtimes = new Map<RuntimeBuild, Blob>();

/** @throws Fault RuntimeMissingError */
export const runtimeFile = async (build: RuntimeBuild, signal: AbortSignal): Promise<Blob> =>
  (await fetchRuntime(build, signal)).body;

async function fetchRuntime(build: RuntimeBuild, signal: AbortSignal): Promise<Got> {
  const name = RUNTIME_TITLES[build];
  const kept = runtimes.get(build);
  if (kept) return { body: kept, fetched: { name, bytes: kept.size, ms: 0, from: 'page' } };
  try {
    const { url, bytes, sha256 } = RUNTIMES[build];
    const got = await tracked(url, name, { bytes, sha256, signal });
    runtimes.set(build, got.body);
    return got;
  } catch (thrown) {
    signal.throwIfAborted();
    throw new Fault('RuntimeMissingError', toError(thrown).message, { cause: thrown });
  }
}

/** The runtime and the model of a lane, from the cache where they lie there. */
export async function laneFiles(lane: Lane, signal: AbortSignal): Promise<LaneFiles> {
  const build = buildFor(lane.backend);
  const runtime = await fetchRuntime(build, signal);
  const { fetched, ...model } = await variantFiles(lane.variant, signal);
  return { build, runtime: runtime.body, ...model, fetched: [runtime.fetched, fetched] };
}

/** A file of the zoo. @throws Fault as `download` */
export async function fetchFile(
  { file, bytes, sha256 }: Omit<SamplePack, 'count'>,
  signal: AbortSignal,
): Promise<Blob> {
  return (await tracked(modelUrl(file), file, { bytes, sha256, signal })).body;
}

/** The same, read as JSON. @throws Fault as `download`; SyntaxError where it is none */
export async function fetchJson(
  file: Omit<SamplePack, 'count'>,
  signal: AbortSignal,
): Promise<unknown> {
  return JSON.parse(await (await fetchFile(file, signal)).text());
}
