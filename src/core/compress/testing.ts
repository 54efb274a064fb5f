/** The archives in fixtures/, which zoo/parity writes: models, and what onnxruntime made of them. */
import * as v from 'valibot';
import type { ModelProto } from '../onnx/onnx_pb.ts';
import { readModel } from '../onnx/read.ts';
import type { Interval } from '../units.ts';
import { DynamicOptions, quantizeDynamic } from './dynamic/dynamic.ts';
import type { QuantizeOptions } from './static/decide.ts';
import { quantizeStatic } from './static/quantize.ts';
import { quantizeWeights, WeightsOptions } from './weights/weights.ts';

export interface WrittenTensor {
  readonly type: 'float32' | 'int64';
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

type Tensors = Readonly<Record<string, WrittenTensor>>;

interface Facts {
  /** The inputs of which the ranges come. */
  readonly calibration: readonly Tensors[];
  /** Others, for `outputs`. */
  readonly inputs: readonly Tensors[];
  /** Lowest and highest number of every activation, by method. */
  readonly ranges: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  /** What onnxruntime computes for each of the inputs, by variant. */
  readonly outputs: Readonly<Record<string, readonly Tensors[]>>;
}

/** One model with its variants. Every call for a model reads it anew. */
export interface Fixture extends Facts {
  readonly variants: readonly string[];
  readonly original: () => ModelProto;
  readonly theirs: (variant: string) => ModelProto;
  readonly rangesBy: (method: string) => ReadonlyMap<string, Interval>;
}

const BLOCK = 512;

/** Files in a tar archive by name: blocks of 512 bytes, a header with name and octal size before each file. */
function unpack(tar: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const text = (from: number, length: number) =>
    String.fromCharCode(...tar.subarray(from, from + length)).replace(/\0.*$/s, '');
  for (let at = 0; at < tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    files.set(text(at, 100), tar.slice(at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

/** @param tar an archive, unzipped */
export function readFixture(tar: Uint8Array): Fixture {
  const files = unpack(tar);
  const file = (name: string) => {
    const found = files.get(name);
    if (!found) throw new RangeError(`The archive has no ${name}.`);
    return found;
  };
  const ascii = Array.from(file('facts.json'), (code) => String.fromCharCode(code)).join('');
  const facts = JSON.parse(ascii) as Facts;
  const model = (name: string) => readModel(file(`${name}.onnx`), `${name}.onnx`);
  return {
    ...facts,
    variants: Object.keys(facts.outputs).filter((name) => name !== 'float'),
    original: () => model('float'),
    theirs: model,
    rangesBy: (method) =>
      new Map(
        Object.entries(facts.ranges[method] ?? {}).map(([name, [low, high]]) => [
          name,
          { low, high },
        ]),
      ),
  };
}

const STATIC: QuantizeOptions = {
  activations: 'uint8',
  symmetric: false,
  perChannel: true,
  cover: 'all',
  leaveOut: [],
  keep: [],
  sparing: false,
};

type Make = (model: ModelProto, fixture: Fixture, keep: readonly string[]) => void;

function staticInt8(options: Partial<QuantizeOptions> = {}, method = 'minmax'): Make {
  return (model, fixture, keep) => {
    quantizeStatic(model, fixture.rangesBy(method), { ...STATIC, ...options, keep });
  };
}

function dynamicInt8(options: object): Make {
  return (model, _, keep) => {
    quantizeDynamic(model, v.parse(DynamicOptions, { ...options, keep }));
  };
}

/** onnxruntime's tool takes MatMul alone. */
function blocks(options: object): Make {
  return (model, _, given) => {
    const others = model.graph?.node.filter(({ opType }) => opType !== 'MatMul') ?? [];
    const keep = [...given, ...others.flatMap(({ output }) => output.slice(0, 1))];
    quantizeWeights(model, v.parse(WeightsOptions, { ...options, keep }));
  };
}

/** Our settings for those of zoo/parity/settings.py, by variant. */
const MAKERS: Readonly<Record<string, Make>> = {
  static: staticInt8(),
  'static-tensor': staticInt8({ perChannel: false }),
  'static-percentile': staticInt8({}, 'percentile'),
  'static-s8': staticInt8({ activations: 'int8', perChannel: false }),
  'static-s8-symmetric': staticInt8({ activations: 'int8', symmetric: true }),
  'static-u16': staticInt8({ activations: 'uint16' }),
  // Theirs have one type for all weights.
  dynamic: dynamicInt8({ weights: 'int8', convWeights: 'int8' }),
  'dynamic-channel': dynamicInt8({ weights: 'int8', convWeights: 'int8', perChannel: true }),
  'dynamic-u8': dynamicInt8({ weights: 'uint8', convWeights: 'uint8' }),
  'blocks-4': blocks({ bits: 4, block: 32, symmetric: true }),
  'blocks-4-zero-16': blocks({ bits: 4, block: 16, symmetric: false }),
  'blocks-8': blocks({ bits: 8, block: 32, symmetric: true }),
  'blocks-8-zero-16': blocks({ bits: 8, block: 16, symmetric: false }),
};

/**
 * The variant as this project makes it.
 * @param keep nodes that stay float, by their first output
 */
export function makeOurs(
  fixture: Fixture,
  variant: string,
  keep: readonly string[] = [],
): ModelProto {
  const model = fixture.original();
  const make = MAKERS[variant];
  if (!make) throw new RangeError(`There are no settings for "${variant}".`);
  make(model, fixture, keep);
  return model;
}
