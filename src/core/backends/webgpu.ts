import type { BackendKind } from './backend.ts';
import { expectedFallbacks } from './fallbacks.ts';

/** The GPU, through WebGPU; what it has no kernel for runs on the CPU. */
export const webgpu: BackendKind = {
  kind: 'webgpu',
  title: 'WebGPU',
  processor: 'gpu',
  threaded: false,
  devices: [],
  build: 'gpu',
  provider: () => 'webgpu',
  offers: () => [{ backend: { kind: 'webgpu' }, id: 'webgpu', usual: true }],
  missing: ({ webgpu }) =>
    webgpu === 'missing' ? 'This browser provides no WebGPU adapter.' : null,
  refuses: ({ precision }, { shaderF16 }) =>
    precision === 'fp16' && !shaderF16 ? 'This GPU lacks shader-f16.' : null,
  warning: (variant, here) => {
    const fallbacks = expectedFallbacks(variant) ?? 0;
    if (fallbacks > 0) {
      const nodes = fallbacks === 1 ? 'node has' : 'nodes have';
      return `Expected slow: ${fallbacks} ${nodes} no WebGPU kernel and will run on the CPU.`;
    }
    return here.webgpu === 'software'
      ? 'Software adapter: the CPU stands in for the GPU. The answers are right, but the speed says nothing about a GPU.'
      : null;
  },
  float16: true,
  tinyKernel: 0.1,
  line: () => ({ dash: '5 4', fill: 'open' }),
};
