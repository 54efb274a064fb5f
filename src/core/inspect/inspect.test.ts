import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readModel } from '../onnx/read.ts';
import { inspect } from './inspect.ts';

const fixture = (name: string) =>
  gunzipSync(readFileSync(new URL(`./shapes/fixtures/${name}.onnx.gz`, import.meta.url)));
const shipped = (name: string) =>
  readFileSync(new URL(`../../../public/models/${name}.onnx`, import.meta.url));
const inspected = (bytes: Uint8Array, name: string) =>
  inspect(readModel(bytes, name), name, bytes.length);

describe('MACs of published models', () => {
  // Counted over Conv and Gemm with onnxruntime's own shapes.
  it.each([
    ['resnet50', 4_089_184_256],
    ['bvlc_alexnet', 654_560_384],
    ['squeezenet', 349_151_936],
    ['shufflenet', 124_664_528],
    ['densenet121', 2_834_161_664],
    ['inception_v1', 1_431_556_352],
    ['inception_v2', 2_018_851_840],
    ['zfnet512', 1_481_727_008],
    ['vgg19', 19_632_062_464],
  ])('of light_%s are %d', (name, macs) => {
    const { cost, uncosted, typed } = inspected(fixture(`light_${name}`), name);
    expect(cost.macs).toBe(macs);
    expect(uncosted).toBe(0);
    expect(typed.known).toBe(typed.all);
  });
});

describe('the digits', () => {
  it.each(['fp32', 'int8', 'int8w'])('%s have 96,782 parameters and 6.90 M MACs', (precision) => {
    const { parameters, cost } = inspected(shipped(`digits-${precision}`), precision);
    expect({ parameters, macs: cost.macs }).toEqual({ parameters: 96_782, macs: 6_900_096 });
  });
});
