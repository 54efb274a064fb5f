import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, value } from '../onnx/build.ts';
import { TensorProto_DataType as T } from '../onnx/onnx_pb.ts';
import { inspect } from './inspect.ts';

/** Live bytes while each node runs, and the peak, of nodes on x: float32[n]. */
function lived(n: number, nodes: ReturnType<typeof node>[], outputs: string[]) {
  const model = modelOf({
    input: [value('x', T.FLOAT, n)],
    node: nodes,
    output: outputs.map((name) => value(name, T.FLOAT, n)),
    initializer: [floats('w', [n])],
  });
  const { nodes: listed, peak } = inspect(model, 'made', 1);
  return { live: listed.map(({ live }) => live), peak };
}

describe('activations', () => {
  it('live from the node that makes them to the last that reads them', () => {
    // x and a; a and b; a, b and c, since a is read again: 4 bytes times 10 for each.
    const { live, peak } = lived(
      10,
      [node('Relu', ['x'], ['a']), node('Neg', ['a'], ['b']), node('Add', ['a', 'b'], ['c'])],
      ['c'],
    );
    expect(live).toEqual([80, 80, 120]);
    expect(peak).toEqual({ bytes: 120, node: 2 });
  });

  it('that are outputs live to the end', () => {
    const { live } = lived(
      10,
      [node('Relu', ['x'], ['a']), node('Neg', ['a'], ['b']), node('Neg', ['b'], ['c'])],
      ['a', 'c'],
    );
    expect(live).toEqual([80, 80, 120]);
  });

  it('share the bytes of what they are views of', () => {
    const { live } = lived(
      10,
      [node('Relu', ['x'], ['a']), node('Identity', ['a'], ['v']), node('Neg', ['v'], ['c'])],
      ['c'],
    );
    expect(live).toEqual([80, 40, 80]);
  });

  it('do not count weights, nor what is never read', () => {
    const { live } = lived(
      10,
      [node('Add', ['x', 'w'], ['a']), node('Neg', ['a'], ['unused']), node('Neg', ['a'], ['c'])],
      ['c'],
    );
    expect(live).toEqual([80, 80, 80]);
  });
});
