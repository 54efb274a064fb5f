import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, value } from '../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { tensorNumbers } from '../../onnx/tensors.ts';
import type { Context, Runner } from '../technique.ts';
import { staticInt8 } from './technique.ts';

const model = () =>
  modelOf({
    input: [value('x', T.FLOAT, 4, 2)],
    output: [value('y', T.FLOAT, 4, 2)],
    initializer: [floats('w', [2, 2], [1, 2, 3, 4]), floats('v', [2, 2], [1, 2, 3, 4])],
    node: [node('MatMul', ['x', 'w'], ['m']), node('MatMul', ['m', 'v'], ['y'])],
  });

/** Sees in every tensor what it is given, one array for each input, and in reductions what they make of it. */
const seeing = (...inputs: readonly (readonly number[])[]): Runner => ({
  count: inputs.length,
  noise: false,
  observe: async (_, tensors, take) => {
    inputs.forEach((data, input) => {
      for (const name of tensors) {
        const numbers = name.endsWith('_ReduceMin')
          ? [Math.min(...data)]
          : name.endsWith('_ReduceMax')
            ? [Math.max(...data)]
            : data;
        take({ name, dims: [numbers.length], data: Float32Array.from(numbers) }, input);
      }
    });
  },
});

const context = (runner: Runner | null, signal = new AbortController().signal): Context => ({
  runner,
  progress: () => undefined,
  signal,
});

const options = (given: object = {}) => v.parse(staticInt8.schema, given);

describe('static int8', () => {
  it('learns ranges from inputs, and quantizes with them', async () => {
    const subject = model();
    const decisions = await staticInt8.apply(subject, options(), context(seeing([0, 1], [-1, 4])));
    expect(decisions.map(({ node: name, outcome }) => `${name} ${outcome}`)).toEqual([
      'm changed',
      'y changed',
    ]);
    const scale = subject.graph?.initializer.find(({ name }) => name === 'x_scale');
    expect(scale && [...tensorNumbers(scale)]).toEqual([Math.fround(5 / 255)]);
    // The last product gives float by itself.
    expect(subject.graph?.initializer.some(({ name }) => name === 'y_scale')).toBe(false);
  });

  it('needs inputs', async () => {
    expect(staticInt8.needsInputs(options())).toBe(true);
    await expect(staticInt8.apply(model(), options(), context(null))).rejects.toThrow('inputs');
  });

  it('leaves the model as it was when stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    const subject = model();
    const stopped = staticInt8.apply(subject, options(), context(seeing([1]), stop.signal));
    await expect(stopped).rejects.toThrow('abort');
    expect(subject.graph?.node.map(({ opType }) => opType)).toEqual(['MatMul', 'MatMul']);
  });

  it('has a dial for every option, and refuses options it does not know the values of', () => {
    expect(Object.keys(staticInt8.dials).sort()).toEqual(Object.keys(options()).sort());
    expect(v.safeParse(staticInt8.schema, { activations: 'int4' }).success).toBe(false);
  });
});
