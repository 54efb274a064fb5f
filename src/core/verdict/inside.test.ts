import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../figures/figures.ts';
import { inspect } from '../inspect/inspect.ts';
import { readProfile } from '../inspect/profile/events.ts';
import { mergeProfile } from '../inspect/profile/merge.ts';
import type { Ceiling, Ceilings } from '../inspect/roofline/ceilings.ts';
import type { ModelProto } from '../onnx/onnx_pb.ts';
import { readModel } from '../onnx/read.ts';
import { laneRecord, raceRecord, times } from '../race/testing.ts';
import { verdictsOf } from './rules.ts';
import { depthwiseNet, halfFused, heavyFloat, manyTiny, unguarded } from './testing.ts';
import type { Inside, Verdict } from './verdict.ts';

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));
const profileIn = (path: string, warm: number) =>
  mergeProfile(readProfile(gunzipSync(bytesOf(path)).toString()), warm);

/** A profile that onnxruntime-web 1.30 gave of a model of `testing.ts`, one thread. */
const recorded = (name: string, model: ModelProto, plainMs: number): Inside => ({
  profile: profileIn(`./fixtures/profile-${name}-wasm.json.gz`, 1),
  plainMs,
  nodes: inspect(model, `${name}.onnx`, 1).nodes,
  ceilings: null,
});

/** Of a shipped model in Chromium 156. */
const digits = (form: string, backend: string, plainMs: number): Inside => ({
  profile: profileIn(`../inspect/profile/fixtures/profile-digits-${form}-${backend}.json.gz`, 1),
  plainMs,
  nodes: inspect(readModel(bytesOf(`../../../public/models/digits-${form}.onnx`), form), form, 1)
    .nodes,
  ceilings: null,
});

const ceiling = (value: number, unit: Ceiling['unit']): Ceiling => ({
  value,
  low: value,
  high: value,
  samples: 9,
  unit,
  probe: 'a probe',
});
/** A device that reaches so many GFLOP/s and GB/s. */
const roof = (gflops: number, gbs: number): Ceilings => ({
  backend: { kind: 'wasm', threads: 1 },
  build: 'wasm',
  compute: { fp32: ceiling(gflops, 'GFLOP/s'), int8: ceiling(2 * gflops, 'GOP/s') },
  bandwidth: ceiling(gbs, 'GB/s'),
  measuredAt: '2026-11-25T00:00:00Z',
});

/** What is said of a healthy race in which one lane was looked into. */
function said(lane: string, inside: Inside, softwareGpu = false): readonly Verdict[] {
  const equal = { compared: 9, sameTop: 9, signal: 1e4, noise: 1, maxAbs: 1, notFinite: 0 };
  const lanes = [
    laneRecord('fp32/wasm*', times(40, 5)),
    ...(lane === 'fp32/wasm' ? [] : [laneRecord(lane, times(40, 2), { fidelity: equal })]),
  ];
  const record = { ...raceRecord(lanes), phase: 'done' as const };
  const device = { isolated: true, cores: 4, softwareGpu, timerStep: 0.005 };
  const conditions = { ...device, device: 'laptop', calibration: null } as const;
  const figures = figuresOf(record, conditions);
  return verdictsOf({ record, figures, device, insides: new Map([[lane, inside]]) });
}
const of = (found: readonly Verdict[], rule: string) =>
  found.find((one) => one.rule === rule)?.sentence;
const rules = (found: readonly Verdict[]) => found.map(({ rule }) => rule);

describe('kernels', () => {
  it('of digits, int8, on WASM give nothing to object to', () => {
    expect(said('int8/wasm', digits('int8', 'wasm', 0.3))).toEqual([]);
    expect(said('fp32/wasm', digits('fp32', 'wasm', 0.3))).toEqual([]);
  });

  it('that could not be fused ran as float, with what stood in the way', () => {
    const found = said('int8/wasm', recorded('half-fused', halfFused(), 0.75));
    expect(rules(found)).toEqual(['not-fused']);
    expect(of(found, 'not-fused')).toMatch(
      /^1 of 2 quantized convolutions .* took \d\d\.\d% of the time .* go to Sigmoid instead of straight/,
    );
  });

  it('of weights alone are not meant as integers', () => {
    expect(said('int8/wasm', digits('int8w', 'wasm', 0.5))).toEqual([]);
  });

  it('that the runtime quantized unasked are doubted', () => {
    const found = said('int8/wasm', recorded('unguarded', unguarded(), 0.2));
    expect(rules(found)).toEqual(['quantized-unasked']);
    expect(of(found, 'quantized-unasked')).toContain('1 node of int8 on WASM ran as int8 though');
  });

  it('of depthwise convolutions in int8 take more than their share', () => {
    const found = said('int8/wasm', recorded('depthwise', depthwiseNet(), 0.23));
    expect(rules(found)).toEqual(['depthwise-int8']);
    expect(of(found, 'depthwise-int8')).toMatch(/^1 depthwise convolution .* takes \d+\.\d% of/);
  });

  it('without a place on the GPU cost copies', () => {
    const inside = digits('int8', 'webgpu', 100);
    expect(of(said('int8/webgpu', inside), 'copies')).toMatch(
      /makes \d+ copies of .* between GPU and CPU, .* 15 to the CPU/,
    );
    expect(rules(said('fp32/webgpu', digits('fp32', 'webgpu', 100), true))).not.toContain('copies');
  });
});

describe('what holds a lane back', () => {
  const heavy = recorded('heavy', heavyFloat(), 1.34);
  // 3 convolutions of 32 x 32 x 9 x 28 x 28 MACs are 43.4 MFLOP: 32 GFLOP/s in 1.34 ms.
  it('is arithmetic where the device reaches hardly more', () => {
    const found = said('fp32/wasm', { ...heavy, ceilings: roof(40, 20) });
    expect(rules(found)).toEqual(['compute-bound']);
    expect(of(found, 'compute-bound')).toMatch(
      /needs about (79|8\d)\.\d% of the time .* 40\.0 GFLOP\/s in fp32/,
    );
  });

  it('is memory where bytes take longer than arithmetic', () => {
    const found = said('fp32/wasm', { ...heavy, ceilings: roof(4000, 0.8) });
    expect(rules(found)).toEqual(['memory-bound']);
  });

  it('is the kernels where the device could do far more', () => {
    const found = said('fp32/wasm', { ...heavy, ceilings: roof(400, 200) });
    expect(rules(found)).toEqual(['below-the-roof']);
    expect(of(found, 'below-the-roof')).toMatch(/Most of it goes into Conv “Conv_[hiy]”/);
  });

  it('is not told by ceilings that the lane is far above', () => {
    const found = said('fp32/wasm', { ...heavy, ceilings: roof(10, 20) });
    expect(rules(found)).toEqual(['above-the-roof']);
    expect(of(found, 'above-the-roof')).toContain('times as fast as this device’s ceilings allow');
  });

  it('is starting nodes where each does next to nothing', () => {
    const tiny = { ...recorded('tiny', manyTiny(40), 0.024), ceilings: roof(40, 20) };
    const found = said('fp32/wasm', tiny);
    expect(rules(found)).toEqual(['dispatch-bound']);
    expect(of(found, 'dispatch-bound')).toContain('starts 40 nodes in each run');
  });

  it('is waiting for orders where the GPU is mostly idle', () => {
    const { profile, ...rest } = digits('fp32', 'webgpu', 10);
    const idle = { ...rest, profile: { ...profile, gpuMs: 1.2 } };
    expect(of(said('fp32/webgpu', idle), 'dispatch-bound')).toContain(
      'the GPU is busy for 1.20 ms of the 10.0 ms',
    );
    expect(rules(said('fp32/webgpu', idle, true))).toEqual(['software-adapter']);
  });

  it('is not told without ceilings', () => {
    expect(said('fp32/wasm', heavy)).toEqual([]);
  });
});
