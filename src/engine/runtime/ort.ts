/**
 * The only importer of onnxruntime-web. Runs in a lane's worker; the caller serialises calls
 * (see queue.ts).
 */
import type * as Ort from 'onnxruntime-web';
import type { Backend } from '../../core/backends/backend.ts';
import { backendKind } from '../../core/backends/backends.ts';
import { Fault, type FaultName, toError, unreachable } from '../../core/errors.ts';
import { list } from '../../core/format.ts';
import { halfToNumber } from '../../core/onnx/minifloat.ts';
import {
  elementCount,
  type FeedInput,
  holdsNumbers,
  NO_TENSOR,
  type OutputTensor,
  type TensorSpec,
} from '../../core/tensors/tensors.ts';
import type { OpenRequest, RuntimeBuild } from '../protocol.ts';
import { SMALLEST_MODEL } from './smallest.ts';

export type Session = Ort.InferenceSession;
export type Tensor = Ort.Tensor;

/** `.` and `/all` are left alone: the deprecated JSEP build with known wrong results. */
function importBuild(build: RuntimeBuild): Promise<typeof Ort> {
  switch (build) {
    case 'wasm':
      return import('onnxruntime-web/wasm');
    case 'jspi':
      return import('onnxruntime-web/jspi');
    case 'asyncify':
      return import('onnxruntime-web/webgpu');
    default:
      return unreachable(build);
  }
}

/** Loads a build; its WebAssembly comes as bytes, so it fetches nothing itself. */
export async function loadRuntime(
  build: RuntimeBuild,
  wasm: ArrayBuffer,
  threads: number,
): Promise<typeof Ort> {
  const ort = await importBuild(build);
  ort.env.wasm.wasmBinary = wasm;
  ort.env.wasm.numThreads = threads;
  return ort;
}

/**
 * Compiles and initialises the runtime, which else the first session would do in its own time.
 * On the CPU in every build: a GPU device is the real session's affair.
 */
export async function startRuntime(ort: typeof Ort): Promise<void> {
  const session = await ort.InferenceSession.create(SMALLEST_MODEL, {
    executionProviders: ['wasm'],
    logSeverityLevel: WARNING,
  });
  await session.release();
}

const VERBOSE = 0;
const WARNING = 2;

/** A model in memory, with the files that hold its weights. */
interface ModelBytes {
  readonly model: Uint8Array;
  readonly external: readonly { readonly path: string; readonly data: Uint8Array }[];
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** Reads a model's files into memory. */
export async function modelBytes({
  model,
  external = [],
}: Pick<OpenRequest, 'model' | 'external'>): Promise<ModelBytes> {
  const files = external.map(async ({ name, data }) => ({ path: name, data: await bytesOf(data) }));
  return { model: await bytesOf(model), external: await Promise.all(files) };
}

/**
 * @param telling what the session shall print through the console; each takes time in every run
 * @throws Fault as `explain` names them, when the runtime cannot load the model
 */
export async function createSession(
  ort: typeof Ort,
  { model, external }: ModelBytes,
  backend: Backend,
  file: string,
  telling: 'nothing' | 'placement' | 'profile',
): Promise<Session> {
  let session: Session;
  try {
    session = await ort.InferenceSession.create(model, {
      externalData: [...external],
      // One provider only: a list falls back with nothing but a console warning.
      executionProviders: [
        backendKind(backend).provider(backend) as Ort.InferenceSession.ExecutionProviderConfig,
      ],
      logSeverityLevel: telling === 'placement' ? VERBOSE : WARNING,
      enableProfiling: telling === 'profile',
      // A lane's idle threads would go on spinning into the next lane's turn: measured on two
      // cores, it made the other lane up to 1.7 times slower and its p95 seven times as long.
      extra: { session: { force_spinning_stop: '1' } },
    });
  } catch (thrown) {
    throw explain(toError(thrown), file);
  }
  return requireNumbers(session, file);
}

/** @throws Fault ModelRejectedError where there is nothing to read an answer from */
function requireNumbers(session: Session, file: string): Session {
  if (numericOutputs(session).length > 0) return session;
  const names = list(session.outputNames.map((name) => `"${name}"`));
  throw new Fault(
    'ModelRejectedError',
    `${file}: none of its outputs can be read as numbers: ${names}. Export with ZipMap turned off to avoid lists and maps.`,
  );
}

/** What a message of the runtime is about, by its words. */
const KINDS: readonly (readonly [RegExp, FaultName])[] = [
  [/Unsupported model IR version|support for domain \S+ is till opset/, 'ModelVersionError'],
  [/Could not find an implementation|No Op registered|is not a registered/, 'OperatorError'],
  [/MountedFiles/, 'ExternalDataError'],
];

/**
 * The runtime's messages, turned into one sentence with the file's name.
 * @param otherwise what it is called that has no name of its own: RunError in an inference
 */
export function explain(
  error: Error,
  file: string,
  otherwise: FaultName = 'ModelRejectedError',
): Error {
  const { message } = error;
  const cause = { cause: error };
  if (/bad_alloc|failed to allocate|out of memory/i.test(message)) {
    return new Fault('OutOfMemoryError', `${file}: the lane ran out of memory.`, cause);
  }
  if (
    /protobuf parsing failed|INVALID_PROTOBUF|no graph|ModelProto does not have a graph/i.test(
      message,
    )
  ) {
    return new Fault(
      'ModelUnreadableError',
      `${file} is not a complete ONNX file: its contents cannot be read.`,
      cause,
    );
  }
  const detail = message
    .replace(/^Can't create a session\. /, '')
    .replace(/ERROR_CODE: \d+, ERROR_MESSAGE: /, '')
    .replace(/^\S*onnxruntime\S*:\d+ .*?\) /, '')
    .trim();
  const name = KINDS.find(([words]) => words.test(message))?.[1] ?? otherwise;
  return new Fault(name, `${file}: the runtime said: ${detail}`, cause);
}

/** A dimension without a name: the runtime's -1, which its JavaScript reads as an unsigned number. */
const NAMELESS = 2 ** 32 - 1;

function toSpec(meta: Ort.InferenceSession.ValueMetadata): TensorSpec {
  return meta.isTensor
    ? {
        name: meta.name,
        type: meta.type,
        shape: meta.shape.map((dim) => (dim === NAMELESS ? -1 : dim)),
      }
    : { name: meta.name, type: NO_TENSOR, shape: [] };
}

export function specsOf(session: Session): { inputs: TensorSpec[]; outputs: TensorSpec[] } {
  return {
    inputs: session.inputMetadata.map(toSpec),
    outputs: session.outputMetadata.map(toSpec),
  };
}

/** Tensors for one feed of a set; they are views of the set's data, nothing is copied. */
export function feedTensors(
  ort: typeof Ort,
  inputs: readonly FeedInput[],
  index: number,
): Record<string, Ort.Tensor> {
  return Object.fromEntries(
    inputs.map(({ name, type, dims, data }) => {
      const size = elementCount(dims);
      const part = data.subarray(index * size, (index + 1) * size);
      // The overloads tie each type to its array; a FeedInput holds such a pair by construction.
      return [name, new ort.Tensor(type as 'float32', part as Float32Array, dims)];
    }),
  );
}

const numeric = new WeakMap<Session, readonly string[]>();

/**
 * The outputs that JavaScript can read as numbers. A classifier of scikit-learn ends in a list of
 * maps, and asking for it makes the whole run fail.
 */
function numericOutputs(session: Session): readonly string[] {
  let names = numeric.get(session);
  if (!names) {
    const { outputs } = specsOf(session);
    names = outputs.filter(holdsNumbers).map(({ name }) => name);
    numeric.set(session, names);
  }
  return names;
}

/** One inference up to and including its outputs' arrival in JavaScript. */
export async function infer(
  session: Session,
  feeds: Record<string, Ort.Tensor>,
): Promise<Ort.InferenceSession.ReturnType> {
  const names = numericOutputs(session);
  const all = names.length === session.outputNames.length;
  const results = await (all ? session.run(feeds) : session.run(feeds, names));
  for (const name of names) await (results[name] as Ort.Tensor).getData();
  return results;
}

/** Outputs that are numbers, as plain ones, copied out of the runtime's memory. */
export function toOutputs(
  session: Session,
  results: Ort.InferenceSession.ReturnType,
): OutputTensor[] {
  return numericOutputs(session).map((name) => {
    const { type, dims, data } = results[name] as Ort.Tensor;
    return { name, dims, data: toNumbers(type, data) };
  });
}

/** Any tensor's elements as plain numbers; a copy. */
export function toNumbers(type: string, data: Ort.Tensor.DataType): Float32Array | Float64Array {
  if (data instanceof Float32Array) return data.slice();
  if (type === 'float16' && data instanceof Uint16Array)
    return Float32Array.from(data, halfToNumber);
  return Float64Array.from(data as ArrayLike<unknown>, Number);
}
