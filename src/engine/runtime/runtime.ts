import asyncify from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?digest';
import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspi from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?digest';
import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?digest';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Backend } from '../../core/backends/backend.ts';
import { backendKind } from '../../core/backends/backends.ts';
import type { Expected } from '../files/download.ts';
import type { RuntimeBuild } from '../protocol.ts';

/** A build's WebAssembly: where it lies on our own origin, and what it must hold. */
export interface RuntimeSource extends Required<Expected> {
  readonly url: string;
}

export const RUNTIMES: Readonly<Record<RuntimeBuild, RuntimeSource>> = {
  wasm: { url: wasmUrl, ...wasm },
  jspi: { url: jspiUrl, ...jspi },
  asyncify: { url: asyncifyUrl, ...asyncify },
};

/** JavaScript Promise Integration: Chrome 137, Firefox 153, Safari 27. */
export function hasJspi(): boolean {
  return 'Suspending' in WebAssembly;
}

/** The smallest build that serves: 14 MB for WASM, 17 MB with JSPI, 27 MB without. */
export function buildFor(backend: Backend): RuntimeBuild {
  if (backendKind(backend).build === 'cpu') return 'wasm';
  return hasJspi() ? 'jspi' : 'asyncify';
}
