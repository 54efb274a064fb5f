import asyncifyUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Backend } from '../../core/race/lane.ts';
import type { RuntimeBuild } from '../protocol.ts';

/** Where each build's WebAssembly lies, from our own origin and with a hash in its name. */
export const RUNTIME_URLS: Readonly<Record<RuntimeBuild, string>> = {
  wasm: wasmUrl,
  jspi: jspiUrl,
  asyncify: asyncifyUrl,
};

/** JavaScript Promise Integration: Chrome 137, Firefox 153, Safari 27. */
export function hasJspi(): boolean {
  return 'Suspending' in WebAssembly;
}

/** The smallest build that serves: 14 MB for WASM, 17 MB with JSPI, 27 MB without. */
export function buildFor(backend: Backend): RuntimeBuild {
  if (backend.kind === 'wasm') return 'wasm';
  return hasJspi() ? 'jspi' : 'asyncify';
}
