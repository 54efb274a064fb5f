import { describe, expect, it } from 'vitest';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import { list, of, problemOf, scalar, typeOf, typesOf } from './testing.ts';

describe('MatMul', () => {
  it.each([
    [['m', 'k'], ['k', 'n'], 'float32[m,n]'],
    [['batch', 'seq', 768], [768, 3072], 'float32[batch,seq,3072]'],
    [['b', 12, 's', 64], ['b', 12, 64, 't'], 'float32[b,12,s,t]'],
    [['b', 1, 's', 64], [12, 64, 't'], 'float32[b,12,s,t]'],
    [['k'], ['k'], 'float32[]'],
    [['k'], ['b', 'k', 'n'], 'float32[b,n]'],
    [['b', 'm', 'k'], ['k'], 'float32[b,m]'],
    [['a', 2, 3], ['b', 3, 4], 'float32[?,2,4]'],
  ])('%j × %j', (a, b, expected) => {
    expect(typeOf('MatMul', [a, b])).toBe(expected);
  });

  it('refuses other inner sizes and scalars', () => {
    expect(
      problemOf('MatMul', [
        ['m', 3],
        [4, 'n'],
      ]),
    ).toBe('The inner sizes of [m,3] and [4,n] must be equal: 3 and 4.');
    expect(problemOf('MatMul', [[], [4]])).toBe('A scalar cannot be multiplied as a matrix.');
  });

  it('gives int32 for integers', () => {
    expect(typeOf('MatMulInteger', [of(T.UINT8, 'm', 4), of(T.INT8, 4, 'n')])).toBe('int32[m,n]');
  });
});

describe('Gemm', () => {
  it('turns operands round', () => {
    expect(
      typeOf(
        'Gemm',
        [
          ['m', 4],
          [8, 4],
        ],
        { transB: 1 },
      ),
    ).toBe('float32[m,8]');
    expect(
      typeOf(
        'Gemm',
        [
          [4, 'm'],
          [4, 8],
        ],
        { transA: 1 },
      ),
    ).toBe('float32[m,8]');
    expect(
      problemOf('Gemm', [
        ['m', 4],
        [8, 4],
      ]),
    ).toContain('4 and 8');
  });
});

describe('Einsum', () => {
  const einsum = (equation: string, ...inputs: (string | number)[][]) =>
    typeOf('Einsum', inputs, { equation });
  const refused = (equation: string, ...inputs: (string | number)[][]) =>
    problemOf('Einsum', inputs, { equation });

  it('names axes', () => {
    const [q, k] = [
      ['b', 'h', 's', 64],
      ['b', 'h', 't', 64],
    ];
    expect(einsum('bhqd,bhkd->bhqk', q, k)).toBe('float32[b,h,s,t]');
    expect(einsum(' b h q d -> b q h d ', q)).toBe('float32[b,s,h,64]');
    expect(einsum('ii->i', [3, 3])).toBe('float32[3]');
  });

  it('orders the result without an arrow', () => {
    expect(einsum('ij,jk', ['i', 'j'], ['j', 'k'])).toBe('float32[i,k]');
    expect(einsum('ba', ['x', 'y'])).toBe('float32[y,x]');
    expect(einsum('ii', [3, 3])).toBe('float32[]');
  });

  it('broadcasts what an ellipsis stands for', () => {
    expect(einsum('...ij,...jk->...ik', ['a', 1, 'i', 4], [3, 4, 'k'])).toBe('float32[a,3,i,k]');
    expect(einsum('...i,...i', ['a', 3], ['a', 3])).toBe('float32[a]');
  });

  it('refuses what does not fit', () => {
    expect(refused('ij,jk->ik', [2, 3])).toContain('2 operands, and the node has 1');
    expect(refused('ijk->i', [2, 3])).toBe('The Einsum term "ijk" does not fit the operand [2,3].');
    expect(refused('ij,jk->ik', [2, 3], [4, 5])).toContain('cannot be broadcast together');
    expect(refused('ij->k', [2, 3])).toContain('gives out the label "k"');
    expect(refused('i$->i', [2, 3])).toContain('cannot be read');
  });
});

describe('Attention', () => {
  it('splits hidden sizes into heads and appends to the past', () => {
    const inputs = [
      ['b', 's', 32],
      ['b', 's', 16],
      ['b', 's', 16],
      null,
      ['b', 2, 'past', 8],
      ['b', 2, 'past', 8],
    ];
    const attributes = { q_num_heads: 4, kv_num_heads: 2 };
    expect(typesOf('Attention', inputs, attributes, { opset: 23, outputs: 4 })).toEqual([
      'float32[b,s,32]',
      'float32[b,2,past + s,8]',
      'float32[b,2,past + s,8]',
      'float32[b,4,s,past + s]',
    ]);
  });

  it('takes heads as an axis', () => {
    const inputs = [
      ['b', 4, 's', 8],
      ['b', 2, 't', 8],
      ['b', 2, 't', 16],
    ];
    expect(typeOf('Attention', inputs, {}, { opset: 23 })).toBe('float32[b,4,s,16]');
  });

  it('refuses hidden sizes that do not split', () => {
    const inputs = [
      [1, 5, 30],
      [1, 5, 16],
      [1, 5, 16],
    ];
    expect(problemOf('Attention', inputs, { q_num_heads: 4, kv_num_heads: 2 })).toBe(
      'A hidden size of 30 does not split into 4 heads.',
    );
  });
});

describe('Fourier transforms', () => {
  it('keeps one side of a real signal', () => {
    const inputs = [['b', 'n', 1], null, scalar(1)];
    expect(typeOf('DFT', inputs, { onesided: 1 })).toBe('float32[b,floor(n/2) + 1,2]');
    expect(typeOf('DFT', [['b', 'n', 2]], { inverse: 1 })).toBe('float32[b,n,2]');
    expect(typeOf('DFT', [['b', 'n', 1]], { onesided: 1 }, { opset: 17 })).toBe(
      'float32[b,floor(n/2) + 1,2]',
    );
    expect(problemOf('DFT', [['b', 'n', 2], null, scalar(-1)])).toContain('last axis');
  });

  it('counts frames', () => {
    const inputs = [['b', 'n', 1], scalar(10), [16]];
    expect(typeOf('STFT', inputs)).toBe('float32[b,floor((n + 4)/10) - 1,9,2]');
    expect(problemOf('STFT', [[1, 8, 1], scalar(10), [16]])).toBe(
      'A frame of 16 is longer than the signal of 8.',
    );
  });
});

describe('reductions', () => {
  it('takes axes from attribute or input', () => {
    expect(typeOf('ReduceMean', [['b', 's', 8]], { axes: [-1], keepdims: 0 }, { opset: 13 })).toBe(
      'float32[b,s]',
    );
    expect(typeOf('ReduceSum', [['b', 's', 8], list(1)])).toBe('float32[b,1,8]');
    expect(typeOf('ReduceSum', [['b', 's', 8]])).toBe('float32[1,1,1]');
    expect(typeOf('ReduceSum', [['b', 8]], { noop_with_empty_axes: 1 })).toBe('float32[b,8]');
    const unknown = of(T.INT64, 2);
    expect(typeOf('ReduceSum', [['b', 's', 8], unknown], { keepdims: 0 })).toBe('float32[?]');
    expect(problemOf('ReduceSum', [['b', 's'], list(2)])).toContain('no axis 2');
  });

  it('gives indices', () => {
    expect(typeOf('ArgMax', [['b', 's', 8]], { axis: -1, keepdims: 0 })).toBe('int64[b,s]');
  });
});

describe('normalization', () => {
  it('gives statistics from an axis on', () => {
    expect(typesOf('LayerNormalization', [['b', 's', 8], [8]], {}, { outputs: 3 })).toEqual([
      'float32[b,s,8]',
      'float32[b,s,1]',
      'float32[b,s,1]',
    ]);
  });

  it('refuses other channels', () => {
    expect(problemOf('BatchNormalization', [['b', 8, 'h', 'w'], [8], [8], [4], [4]])).toBe(
      'The channels of the input and of what BatchNormalization scales by must be equal: 8 and 4.',
    );
  });
});

describe('recurrent networks', () => {
  const lstm = (attributes: Parameters<typeof typeOf>[2], ...inputs: (string | number)[][]) =>
    typesOf('LSTM', inputs, attributes, { outputs: 3 });

  it('runs one way or both, batch first or not', () => {
    const [data, forward, both] = [
      ['t', 'b', 8],
      [
        [1, 64, 8],
        [1, 64, 16],
      ],
      [
        [2, 64, 8],
        [2, 64, 16],
      ],
    ] as const;
    expect(lstm({}, [...data], ...forward.map((each) => [...each]))).toEqual([
      'float32[t,1,b,16]',
      'float32[1,b,16]',
      'float32[1,b,16]',
    ]);
    const attributes = { direction: 'bidirectional', layout: 1, hidden_size: 16 };
    expect(lstm(attributes, ['b', 't', 8], ...both.map((each) => [...each]))).toEqual([
      'float32[b,t,2,16]',
      'float32[b,2,16]',
      'float32[b,2,16]',
    ]);
  });

  it('refuses weights of another size', () => {
    const given = [
      ['t', 'b', 8],
      [1, 48, 8],
      [1, 48, 16],
    ];
    expect(problemOf('LSTM', given, { hidden_size: 16 })).toBe(
      'Weights of 48 rows are none of 4 gates and a hidden size of 16.',
    );
    expect(problemOf('GRU', given, { hidden_size: 16, direction: 'bidirectional' })).toContain(
      '2 and 1',
    );
  });
});

describe('quantization', () => {
  const scale = of(T.FLOAT);

  it('takes its type from the zero point, the attribute, or is uint8', () => {
    expect(typeOf('QuantizeLinear', [['b', 8], scale, of(T.INT8)])).toBe('int8[b,8]');
    expect(typeOf('QuantizeLinear', [['b', 8], scale], { output_dtype: T.INT16 })).toBe(
      'int16[b,8]',
    );
    expect(typeOf('QuantizeLinear', [['b', 8], scale])).toBe('uint8[b,8]');
    expect(typeOf('DequantizeLinear', [of(T.INT8, 'b', 8), of(T.FLOAT16)])).toBe('float16[b,8]');
  });

  it('refuses scales for other axes', () => {
    expect(problemOf('DequantizeLinear', [of(T.INT8, 4, 8), of(T.FLOAT, 4)])).toBe(
      'The scales and sizes of axis 1 of [4,8] must be equal: 4 and 8.',
    );
  });
});
