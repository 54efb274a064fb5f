import type { BackendKind } from './backend.ts';
import { unpacksWeights } from './fallbacks.ts';

/** The runtime's own kernels on the CPU, compiled to WebAssembly; runs everywhere. */
export const wasm: BackendKind = {
  kind: 'wasm',
  title: 'WASM',
  processor: 'cpu',
  threaded: true,
  devices: [],
  build: 'cpu',
  provider: () => 'wasm',
  offers: ({ threads }) => [
    { backend: { kind: 'wasm', threads }, id: 'wasm', usual: true },
    ...(threads > 1 ? [{ backend: { kind: 'wasm', threads: 1 }, id: 'wasm-1', usual: false }] : []),
  ],
  missing: () => null,
  refuses: () => null,
  warning: (variant) =>
    unpacksWeights(variant)
      ? 'Weights are unpacked to float on every run: a smaller download, not a faster run.'
      : null,
  // core/verdict/forms.ts
  float16: false,
  tinyKernel: 0.005,
  line: ({ threads }) =>
    threads === 1 ? { dash: '1.5 3', fill: 'dotted' } : { dash: '', fill: 'full' },
};
