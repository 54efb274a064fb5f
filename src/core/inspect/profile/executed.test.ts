import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../onnx/read.ts';
import { inspect } from '../inspect.ts';
import { roofPoints } from '../roofline/roofline.ts';
import { readProfile } from './events.ts';
import { absorbedNodes, costedNodes } from './executed.ts';
import { mergeProfile } from './merge.ts';
import { profileHeadline, profileNotes } from './words.ts';

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));

/** A recorded profile of a shipped model, joined with its inspection. */
function joined(form: string, backend: string) {
  const text = gunzipSync(bytesOf(`./fixtures/profile-digits-${form}-${backend}.json.gz`));
  const file = readModel(bytesOf(`../../../../public/models/digits-${form}.onnx`), form);
  const { nodes, cost } = inspect(file, form, 1);
  const profile = mergeProfile(readProfile(text.toString()), 1);
  return { profile, nodes, cost, costed: costedNodes(profile, nodes) };
}

describe('digits, int8, on WASM', () => {
  const { profile, nodes, cost, costed } = joined('int8', 'wasm');
  const convolutions = costed.filter(({ executed }) => executed.operator === 'QLinearConv');

  it('runs each convolution of the file as QLinearConv, with its MACs', () => {
    expect(convolutions.map(({ file }) => file?.operator)).toEqual(new Array(5).fill('Conv'));
    expect(convolutions.every(({ arithmetic }) => arithmetic === 'int8')).toBe(true);
    const ran = costed.reduce((sum, node) => sum + (node.cost?.macs ?? 0), 0);
    expect(ran).toBe(cost.macs);
  });

  it('counts weights that the runtime repacked at one byte each', () => {
    for (const { cost: own, file, executed } of convolutions) {
      const weights = file?.parameters ?? 0;
      expect(own?.read).toBeGreaterThanOrEqual(weights);
      expect(own?.read).toBeLessThanOrEqual(weights + executed.activationBytes);
    }
  });

  it('leaves what was fused among the absorbed, and nothing else', () => {
    const absorbed = new Set(absorbedNodes(costed, nodes).map(({ operator }) => operator));
    expect(absorbed.has('DequantizeLinear')).toBe(true);
    expect(absorbed.has('Conv')).toBe(false);
  });

  it('is said in words', () => {
    expect(profileHeadline(profile, 0.5)).toMatch(
      /^One run takes 0.500 ms\. .* All 8 convolutions and matrix products ran as int8\.$/,
    );
    const notes = profileNotes(profile, 0.5).join(' ');
    expect(notes).toContain('nodes ran on CPU (WASM). Nothing was copied');
  });

  it('places its nodes and itself under the roof', () => {
    const { nodes: points, whole } = roofPoints(costed, 2);
    expect(points.length).toBeGreaterThan(5);
    expect(points.every(({ rate, perByte }) => rate > 0 && perByte > 0)).toBe(true);
    expect(whole).toMatchObject({ ms: 2, arithmetic: 'int8' });
  });
});

it('fp32 on WASM runs all as float', () => {
  const { profile, costed } = joined('fp32', 'wasm');
  expect(costed.every(({ arithmetic }) => arithmetic === 'fp32')).toBe(true);
  expect(profileHeadline(profile, 1)).toContain('ran as float');
});

it('int8 on WebGPU tells what crossed between GPU and CPU', () => {
  const { profile } = joined('int8', 'webgpu');
  expect(profileNotes(profile, 100).join(' ')).toMatch(/went from the GPU to the CPU in 15 copies/);
});
