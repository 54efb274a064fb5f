import { describe, expect, it } from 'vitest';
import type { ExecutedNode, Profile } from '../../inspect/profile/profile.ts';
import { floats, modelOf, node, stored, value } from '../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import type { Decision } from '../technique.ts';
import { type Measured, type MeasuredForm, planOf } from './measured.ts';

const ELEMENTS = [1, 4, 40, 40] as const;

function executed(name: string, operator: string, ...runs: number[]): ExecutedNode {
  const cpu = { median: 0, total: 0, runs };
  const outputs = [{ elem: T.FLOAT, shape: [...ELEMENTS] }];
  return {
    name,
    operator,
    provider: 'CPUExecutionProvider',
    kind: 'cpu',
    cpu,
    outputs,
  } as unknown as ExecutedNode;
}

const profile = (...nodes: ExecutedNode[]) => ({ nodes }) as unknown as Profile;

/** Conv, Relu, Conv. */
const float = () =>
  modelOf({
    input: [value('x', T.FLOAT, 'batch', 4, 40, 40)],
    output: [value('y', T.FLOAT)],
    initializer: [floats('w', [4, 4, 1, 1]), floats('v', [4, 4, 1, 1])],
    node: [
      { ...node('Conv', ['x', 'w'], ['c']), name: 'one' },
      { ...node('Relu', ['c'], ['r']), name: 'relu' },
      { ...node('Conv', ['r', 'v'], ['y']), name: 'two' },
    ],
  });

const FLOAT = profile(executed('one', 'FusedConv', 9, 5, 7), executed('two', 'Conv', 4, 6));

const decision = (name: string, outcome: Decision['outcome']): Decision => ({
  node: name,
  title: name,
  operator: '',
  outcome,
  reason: '',
});

const layer = (tensor: string, alone: number | null) => ({
  tensor,
  title: tensor,
  operator: '',
  sqnr: 20,
  alone,
});

const codes = (name: string) => stored(name, T.UINT8, [], Uint8Array.of(0).buffer);
const weights = (name: string) => stored(name, T.INT8, [4, 4, 1, 1], new ArrayBuffer(16));

/** The Relu is absorbed, the second Conv stays float. */
const STATIC: MeasuredForm = {
  model: modelOf({
    input: [value('x', T.FLOAT, 1, 4, 40, 40)],
    output: [value('y', T.FLOAT)],
    initializer: [floats('s', [], [1]), codes('z'), weights('wq'), floats('v', [4, 4, 1, 1])],
    node: [
      node('QuantizeLinear', ['x', 's', 'z'], ['xq']),
      node('DequantizeLinear', ['xq', 's', 'z'], ['xd']),
      node('DequantizeLinear', ['wq', 's'], ['wd']),
      { ...node('Conv', ['xd', 'wd'], ['r']), name: 'one' },
      node('QuantizeLinear', ['r', 's', 'z'], ['rq']),
      node('DequantizeLinear', ['rq', 's', 'z'], ['rd']),
      { ...node('Conv', ['rd', 'v'], ['y']), name: 'two' },
    ],
  }),
  profiles: [
    profile(
      executed('QuantizeLinear_xq', 'QuantizeLinear', 0.64),
      executed('Transpose_token_1', 'Transpose', 0.5),
      executed('one_token_2', 'QLinearConv', 3, 2.5),
      executed('DequantizeLinear_rd', 'DequantizeLinear', 0.32),
      executed('two', 'Conv', 5),
    ),
    profile(executed('one_token_2', 'QLinearConv', 2, 8)),
  ],
  decisions: [decision('c', 'changed'), decision('r', 'removed'), decision('y', 'kept')],
  layers: [layer('r', 33), layer('y', null)],
};

/** Both are dynamic, and the Relu stands alone now. */
const DYNAMIC: MeasuredForm = {
  model: modelOf({
    input: [value('x', T.FLOAT, 1, 4, 40, 40)],
    output: [value('y', T.FLOAT)],
    initializer: [weights('wq'), weights('vq'), floats('s', [], [1])],
    node: [
      node('DynamicQuantizeLinear', ['x'], ['xq', 'xs', 'xz']),
      node('ConvInteger', ['xq', 'wq', 'xz'], ['ci']),
      node('Cast', ['ci'], ['cf'], { to: 1 }),
      node('Mul', ['cf', 's'], ['c']),
      { ...node('Relu', ['c'], ['r']), name: 'relu' },
      node('DynamicQuantizeLinear', ['r'], ['rq', 'rs', 'rz']),
      node('ConvInteger', ['rq', 'vq', 'rz'], ['yi']),
      node('Cast', ['yi'], ['yf'], { to: 1 }),
      node('Mul', ['yf', 's'], ['y']),
    ],
  }),
  profiles: [
    profile(
      executed('DynamicQuantizeLinear_xq', 'DynamicQuantizeLinear', 1),
      executed('ConvInteger_ci', 'ConvInteger', 2),
      executed('Cast_cf', 'Cast', 0.25),
      executed('Mul_c', 'Mul', 0.25),
      executed('relu', 'Relu', 0.5),
      executed('DynamicQuantizeLinear_rq', 'DynamicQuantizeLinear', 1),
      executed('ConvInteger_yi', 'ConvInteger', 1),
      executed('Mul_y', 'Mul', 0.25),
    ),
  ],
  decisions: [decision('c', 'changed'), decision('r', 'kept'), decision('y', 'changed')],
  layers: [layer('c', 31), layer('r', null), layer('y', 29)],
};

const plan = (change: Partial<Measured> = {}) =>
  planOf({
    model: float(),
    profiles: [FLOAT],
    static: STATIC,
    dynamic: DYNAMIC,
    sizes: { batch: 1 },
    ...change,
  });

describe('planOf', () => {
  it('takes of each node its best run in each form', () => {
    const [one, relu, two] = plan().nodes;
    expect(one).toMatchObject({ node: 'c', operator: 'Conv', floatMs: 5 });
    expect(one?.static).toEqual({ ms: 2, alone: 33 });
    expect(relu).toMatchObject({ floatMs: 0, static: { ms: 0, alone: null }, dynamic: null });
    expect(two).toMatchObject({ floatMs: 4, static: null });
  });

  it('counts with a dynamic node all that stands in its place, and what it keeps from being fused', () => {
    const [one, , two] = plan().nodes;
    expect(one?.dynamic).toEqual({ ms: 4, alone: 31 });
    expect(two?.dynamic).toEqual({ ms: 2.25, alone: 29 });
  });

  it('prices changes by what they took per element', () => {
    const { links } = plan();
    const layout = 0.9 * 0.64;
    const between = links.find(({ from }) => from === 1);
    expect(between).toMatchObject({ to: [2], readInFloat: false });
    expect(between?.quantizeMs).toBeCloseTo(0.64 + layout, 9);
    expect(between?.dequantizeMs).toBeCloseTo(0.32 + layout, 9);
    expect(links.find(({ from }) => from === null)).toMatchObject({ to: [0] });
    expect(links.find(({ readInFloat }) => readInFloat)).toMatchObject({ from: 2, to: [] });
  });

  it('goes without a form that could not be made', () => {
    const { nodes } = plan({ static: null });
    expect(nodes.map((each) => each.static)).toEqual([null, null, null]);
    expect(nodes[0]?.dynamic?.ms).toBe(4);
  });
});
