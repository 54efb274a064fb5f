import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaneConditions } from '../backends/backend.ts';
import { expectedFallbacks } from '../backends/fallbacks.ts';
import type { Variant } from '../models/model.ts';
import { type LaneOffer, laneTitle, offerLanes } from './lane.ts';
import { digitModel, lane, variant } from './testing.ts';

const FAST: LaneConditions = { threads: 8, webgpu: 'hardware', shaderF16: true };
const zoo = digitModel(
  variant('fp32', { operators: { Conv: 5 } }),
  variant('int8', { operators: { Conv: 5, QuantizeLinear: 12, DequantizeLinear: 28 } }),
  variant('int8w', { operators: { Conv: 5, DequantizeLinear: 8 } }),
  variant('fp16', { operators: { Conv: 5 } }),
);

const offers = (more: Partial<LaneConditions> = {}) => offerLanes(zoo, { ...FAST, ...more });
const idsOf = (all: readonly LaneOffer[], which: (offer: LaneOffer) => boolean) =>
  all.filter(which).map((offer) => offer.lane.id);
const preselected = (all: readonly LaneOffer[]) => idsOf(all, (offer) => offer.preselected);
function offerOf(all: readonly LaneOffer[], id: string): LaneOffer {
  const found = all.find((offer) => offer.lane.id === id);
  if (!found) throw new Error(`no offer ${id}`);
  return found;
}

const conditions = fc.record<LaneConditions>({
  threads: fc.integer({ min: 1, max: 64 }),
  webgpu: fc.constantFrom('hardware', 'software', 'missing'),
  shaderF16: fc.boolean(),
});

describe('offerLanes', () => {
  it('puts the one reference first: the first variant on WASM with all threads', () => {
    fc.assert(
      fc.property(conditions, (here) => {
        const all = offerLanes(zoo, here);
        expect(idsOf(all, (offer) => offer.lane.reference)).toEqual(['fp32-wasm']);
        expect(all[0]?.lane.backend).toEqual({ kind: 'wasm', threads: here.threads });
        expect(all[0]?.blocked).toBeNull();
      }),
    );
  });

  it('gives every lane an id of its own and preselects none that is blocked or warned of', () => {
    fc.assert(
      fc.property(conditions, (here) => {
        const all = offerLanes(zoo, here);
        expect(new Set(all.map((offer) => offer.lane.id)).size).toBe(all.length);
        for (const { preselected: picked, blocked, warning } of all) {
          if (picked) expect([blocked, warning]).toEqual([null, null]);
        }
      }),
    );
  });

  it('offers each variant on WASM with all threads and with one, and on WebGPU', () => {
    const lanes = offers().map((offer) => offer.lane);
    const ours = lanes.filter(({ backend }) => /^(wasm|webgpu)$/.test(backend.kind));
    expect(ours.map(({ id }) => id)).toEqual([
      'fp32-wasm',
      'fp32-wasm-1',
      'int8-wasm',
      'int8-wasm-1',
      'int8w-wasm',
      'int8w-wasm-1',
      'fp16-wasm',
      'fp16-wasm-1',
      'fp32-webgpu',
      'int8-webgpu',
      'int8w-webgpu',
      'fp16-webgpu',
    ]);
  });

  it('offers WASM once on a machine of one thread', () => {
    const wasm = offers({ threads: 1 }).filter((offer) => offer.lane.backend.kind === 'wasm');
    expect(wasm.map((offer) => laneTitle(offer.lane))).toEqual([
      'fp32, WASM, 1 thread',
      'int8, WASM, 1 thread',
      'int8w, WASM, 1 thread',
      'fp16, WASM, 1 thread',
    ]);
  });
});

describe('preselection', () => {
  it('takes what is sensible on a real GPU', () => {
    expect(preselected(offers())).toEqual([
      'fp32-wasm',
      'int8-wasm',
      'fp32-webgpu',
      'int8w-webgpu',
      'fp16-webgpu',
    ]);
  });

  it.each(['software', 'missing'] as const)('leaves WebGPU out when it is %s', (webgpu) => {
    expect(preselected(offers({ webgpu }))).toEqual(['fp32-wasm', 'int8-wasm']);
  });

  it('leaves the reference’s twins and halves to whoever wants them, but races what was dropped', () => {
    const here = { ...FAST, webgpu: 'missing' } as const;
    const forms = ['fp32', 'fp32-if', 'fp16', 'int8', 'int8-kept'];
    const wasm = (source: Variant['source']) =>
      preselected(offerLanes(digitModel(...forms.map((id) => variant(id, { source }))), here));
    expect(wasm({ kind: 'zoo', file: 'x.onnx', sha256: '' })).toEqual([
      'fp32-wasm',
      'int8-wasm',
      'int8-kept-wasm',
    ]);
    expect(wasm({ kind: 'dropped', file: 'x.onnx' })).toEqual(forms.map((id) => `${id}-wasm`));
  });
});

describe('what is said beforehand', () => {
  it('a missing adapter blocks every WebGPU lane and nothing else', () => {
    const all = offers({ webgpu: 'missing' });
    expect(idsOf(all, (offer) => offer.blocked !== null)).toEqual(
      idsOf(all, (offer) => offer.lane.backend.kind === 'webgpu'),
    );
  });

  it('fp16 is blocked on a GPU without shader-f16', () => {
    const blocked = (more: Partial<LaneConditions>) =>
      idsOf(offers(more), (offer) => offer.blocked !== null);
    expect(blocked({ shaderF16: false })).toEqual(['fp16-webgpu']);
    expect(blocked({ shaderF16: true })).toEqual([]);
    expect(offerOf(offers({ shaderF16: false }), 'fp16-webgpu').blocked).toContain('shader-f16');
  });

  it('a software adapter is warned of on every lane of it that can run', () => {
    const all = offers({ webgpu: 'software' });
    expect(offerOf(all, 'fp32-webgpu').warning).toMatch(/^Software adapter/);
    expect(offerOf(all, 'fp32-webgpu').blocked).toBeNull();
    expect(offerOf(all, 'fp32-wasm').warning).toBeNull();
  });

  it('the warning counts the nodes that will fall back', () => {
    expect(offerOf(offers(), 'int8-webgpu').warning).toMatch(/: 12 nodes have /);
    const one = digitModel(variant('int8', { operators: { QuantizeLinear: 1 } }));
    expect(offerOf(offerLanes(one, FAST), 'int8-webgpu').warning).toMatch(/: 1 node has /);
  });

  it('weights-only variants are warned of on WASM, where they are no faster', () => {
    const warned = idsOf(
      offers(),
      (offer) => offer.lane.backend.kind === 'wasm' && offer.warning !== null,
    );
    expect(warned).toEqual(['int8w-wasm', 'int8w-wasm-1']);
  });
});

it('expectedFallbacks counts every operator without a kernel, and knows when it does not know', () => {
  const operators = {
    Conv: 9,
    QuantizeLinear: 1,
    DynamicQuantizeLinear: 2,
    MatMulInteger: 3,
    ConvInteger: 4,
    // It has a kernel: all 23 nodes of Silero VAD ran on the GPU.
    LSTM: 7,
    DynamicQuantizeLSTM: 2,
    DequantizeLinear: 100,
  };
  expect(expectedFallbacks(variant('int8', { operators }))).toBe(12);
  expect(expectedFallbacks(variant('fp32', { operators: {} }))).toBe(0);
  expect(expectedFallbacks(variant('dropped'))).toBeNull();
});

it('laneTitle names variant and backend', () => {
  expect(['fp32/wasm', 'fp32/wasm1', 'int8/webgpu'].map((text) => laneTitle(lane(text)))).toEqual([
    'fp32, WASM',
    'fp32, WASM, 1 thread',
    'int8, WebGPU',
  ]);
});
