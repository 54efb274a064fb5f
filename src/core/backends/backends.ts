import { Fault } from '../errors.ts';
import type { Backend, BackendKind } from './backend.ts';
import { wasm } from './wasm.ts';
import { webgpu } from './webgpu.ts';

/** Every kind, in the order in which lanes stand; the first one's fp32 is the reference. */
const KINDS: BackendKind[] = [wasm, webgpu];

/** Adds a kind. @returns how to take it away again */
export function registerBackend(kind: BackendKind): () => void {
  KINDS.push(kind);
  return () => void KINDS.splice(KINDS.indexOf(kind), 1);
}

export const backendKinds = (): readonly BackendKind[] => KINDS;

export const knownKind = (kind: string): BackendKind | undefined =>
  KINDS.find((each) => each.kind === kind);

/** @throws Fault BackendError where the kind is not registered */
export function backendKind({ kind }: Pick<Backend, 'kind'>): BackendKind {
  const known = knownKind(kind);
  if (!known) {
    const names = KINDS.map((each) => each.kind).join(', ');
    throw new Fault('BackendError', `"${kind}" is no backend that is known here (${names}).`);
  }
  return known;
}

export const processorOf = (backend: Backend): BackendKind['processor'] =>
  backendKind(backend).processor;

/** Threads of the CPU that an inference keeps busy; 1 where there are none to choose. */
export const threadsOf = ({ threads }: Backend): number => threads ?? 1;

/** "WebGPU", "WebNN, npu": kind and device, without the number of threads. */
export const plainTitle = (backend: Backend): string => {
  const { title } = backendKind(backend);
  return backend.device === undefined ? title : `${title}, ${backend.device}`;
};

/** By its plain title, without a number of threads. */
const titled = (): ReadonlyMap<string, Backend> =>
  new Map(
    KINDS.flatMap(({ kind, devices }): Backend[] =>
      devices.length > 0 ? devices.map((device) => ({ kind, device })) : [{ kind }],
    ).map((backend) => [plainTitle(backend), backend]),
  );

/** Every plain title, as tables have them. */
export const backendTitles = (): readonly string[] => [...titled().keys()];

/** @throws Fault BackendError where nothing is called so */
export function titledBackend(title: string): Backend {
  const backend = titled().get(title);
  if (!backend) throw new Fault('BackendError', `No backend is called "${title}".`);
  return backend;
}

export const backendTitle = (backend: Backend): string =>
  backend.threads === 1 ? `${plainTitle(backend)}, 1 thread` : plainTitle(backend);

/** With the number of threads, where a reader must know it: "WASM, 2 threads". */
export const exactBackendTitle = (backend: Backend): string =>
  threadsOf(backend) > 1
    ? `${plainTitle(backend)}, ${backend.threads} threads`
    : backendTitle(backend);

/** Kind and device, whatever the number of threads: "wasm", "webnn-npu". */
export const deviceKey = ({ kind, device }: Backend): string =>
  device === undefined ? kind : `${kind}-${device}`;

/** One key for each backend that differs: "wasm-4", "webgpu", "webnn-npu". */
export const backendKey = (backend: Backend): string =>
  backend.threads === undefined ? deviceKey(backend) : `${deviceKey(backend)}-${backend.threads}`;

export const sameBackend = (a: Backend, b: Backend): boolean => backendKey(a) === backendKey(b);
