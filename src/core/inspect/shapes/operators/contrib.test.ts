import { describe, expect, it } from 'vitest';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import { type Input, list, of, problemOf, scalar, typesOf } from './testing.ts';

const U = T.UINT8;
const scale = of(T.FLOAT);
const zero = of(U);
const pooling = { kernel_shape: [3, 3], strides: [2, 2] };

type Row = [string, readonly Input[], Parameters<typeof typesOf>[2], string[]];

/** What onnxruntime 1.32 makes of these on the CPU, its numbers replaced by names. */
const FLOATS: Row[] = [
  [
    'FusedConv',
    [
      ['n', 4, 9, 8],
      [6, 4, 3, 3],
    ],
    { pads: [1, 1, 1, 1] },
    ['float32[n,6,9,8]'],
  ],
  [
    'FusedMatMul',
    [
      ['b', 5, 3],
      ['b', 7, 3],
    ],
    { transB: 1 },
    ['float32[b,5,7]'],
  ],
  [
    'FusedMatMul',
    [
      [5, 2, 3],
      [2, 3, 4],
    ],
    { transBatchA: 1 },
    ['float32[2,5,4]'],
  ],
  [
    'FusedMatMul',
    [
      [3, 2, 5],
      [2, 3, 4],
    ],
    { transBatchA: 1, transA: 1 },
    ['float32[2,5,4]'],
  ],
  [
    'FusedGemm',
    [
      ['m', 3],
      [7, 3],
    ],
    { transB: 1 },
    ['float32[m,7]'],
  ],
  ['MatMulNBits', [['b', 's', 32], of(U, 7, 2, 8)], { K: 32, N: 7 }, ['float32[b,s,7]']],
  [
    'GatherBlockQuantized',
    [of(U, 10, 16), of(T.INT64, 'b', 's'), [10, 2]],
    { bits: 4, quantize_axis: 1 },
    ['float32[b,s,32]'],
  ],
  ['BiasGelu', [['b', 8], [8]], {}, ['float32[b,8]']],
  [
    'SkipLayerNormalization',
    [['b', 's', 8], ['b', 's', 8], [8]],
    {},
    ['float32[b,s,8]', 'float32[b,s,1]', 'float32[b,s,1]', 'float32[b,s,8]'],
  ],
  [
    'EmbedLayerNormalization',
    [of(T.INT32, 'b', 's'), of(T.INT32, 'b', 's'), [100, 8], [16, 8], [2, 8], [8], [8]],
    {},
    ['float32[b,s,8]', 'int32[b]', 'float32[b,s,8]'],
  ],
  ['ExpandDims', [['a', 'b'], scalar(-1)], {}, ['float32[a,b,1]']],
  ['Pad', [['a', 3], list(1, 0, 0, 2)], {}, ['float32[a + 1,5]']],
  ['Rfft', [['a', 'n']], {}, ['float32[a,floor(n/2) + 1,2]']],
  ['Irfft', [['a', 'n', 2]], {}, ['float32[a,2*n - 2]']],
  [
    'ConvTransposeWithDynamicPads',
    [['n', 4, 'h', 5], [4, 3, 3, 3], list(1, 1, 1, 1)],
    { strides: [2, 2], output_padding: [1, 1] },
    ['float32[n,3,2*h,10]'],
  ],
  [
    'ConvTransposeWithDynamicPads',
    [['n', 4, 'h', 5], [4, 3, 3, 3], of(T.INT64, 4)],
    {},
    ['float32[n,3,?,?]'],
  ],
];

const QUANTIZED: Row[] = [
  ['QLinearAdd', [of(U, 'b', 3, 4), scale, zero, of(U, 3, 1)], {}, ['uint8[b,3,4]']],
  [
    'QLinearWhere',
    [of(T.BOOL, 'a', 1), of(U, 'a', 3), scale, zero, of(U, 1, 3)],
    {},
    ['uint8[a,3]'],
  ],
  [
    'QLinearConcat',
    [scale, zero, of(U, 1, 'a', 4), scale, zero, of(U, 1, 3, 4), scale, zero],
    { axis: 1 },
    ['uint8[1,a + 3,4]'],
  ],
  ['QLinearAveragePool', [of(U, 'n', 3, 9, 9)], { ...pooling, ceil_mode: 1 }, ['uint8[n,3,4,4]']],
  [
    'QLinearAveragePool',
    [of(U, 'n', 9, 9, 3)],
    { ...pooling, channels_last: 1 },
    ['uint8[n,4,4,3]'],
  ],
  ['QLinearGlobalAveragePool', [of(U, 'n', 9, 9, 3)], { channels_last: 1 }, ['uint8[n,1,1,3]']],
  ['NhwcMaxPool', [of(U, 'n', 9, 9, 3)], { ...pooling, pads: [1, 1, 1, 1] }, ['uint8[n,5,5,3]']],
  [
    'QLinearConv',
    [of(U, 'n', 9, 9, 3), scale, zero, of(U, 4, 3, 3, 3), scale, zero, scale, zero],
    { channels_last: 1 },
    ['uint8[n,7,7,4]'],
  ],
  [
    'NhwcConv',
    [
      ['n', 9, 9, 8],
      [4, 3, 5, 8],
    ],
    {},
    ['float32[n,7,5,4]'],
  ],
  ['QGemm', [of(U, 'm', 3), scale, zero, of(U, 7, 3)], { transB: 1 }, ['float32[m,7]']],
  [
    'QGemm',
    [of(U, 'm', 3), scale, zero, of(U, 3, 7), scale, zero, null, scale, of(T.INT8)],
    {},
    ['int8[m,7]'],
  ],
  ['MatMulIntegerToFloat', [of(U, 'b', 5, 3), of(U, 3, 7), scale, scale], {}, ['float32[b,5,7]']],
  ['DynamicQuantizeMatMul', [['b', 5, 3], of(U, 3, 7), scale], {}, ['float32[b,5,7]']],
  [
    'DynamicQuantizeLSTM',
    [['t', 'b', 3], of(U, 1, 3, 16), of(U, 1, 4, 16)],
    { hidden_size: 4 },
    ['float32[t,1,b,4]', 'float32[1,b,4]', 'float32[1,b,4]'],
  ],
];

const heads = { num_heads: 2 };
const [query, other, past] = [
  ['b', 's', 8],
  ['b', 't', 8],
  ['b', 2, 'p', 4],
];

const ATTENTION: Row[] = [
  [
    'Attention',
    [query, [8, 24], [24], null, [2, 'b', 2, 'p', 4]],
    heads,
    ['float32[b,s,8]', 'float32[2,b,2,p + s,4]'],
  ],
  ['Attention', [query, [8, 28]], { ...heads, qkv_hidden_sizes: [8, 8, 12] }, ['float32[b,s,12]']],
  ['QAttention', [of(U, 'b', 's', 8), of(U, 8, 24), [24], scale], heads, ['float32[b,s,8]']],
  ['MultiHeadAttention', [query, other, ['b', 't', 12]], heads, ['float32[b,s,12]']],
  [
    'MultiHeadAttention',
    [query, ['b', 's', 8], ['b', 's', 8], null, null, null, past, past],
    heads,
    ['float32[b,s,8]', 'float32[b,2,p + s,4]', 'float32[b,2,p + s,4]'],
  ],
  ['MultiHeadAttention', [['b', 's', 2, 3, 4]], heads, ['float32[b,s,8]']],
  ['MultiHeadAttention', [query, ['b', 2, 't', 4], ['b', 2, 't', 6]], heads, ['float32[b,s,12]']],
  ['MultiHeadAttention', [query, ['b', 't', 2, 2, 4]], heads, ['float32[b,s,8]']],
  [
    'GroupQueryAttention',
    [['b', 1, 64], null, null, ['b', 2, 12, 8], ['b', 2, 12, 8], of(T.INT32, 'b'), scalar(8)],
    { num_heads: 4, kv_num_heads: 2 },
    ['float32[b,1,32]', 'float32[b,2,12,8]', 'float32[b,2,12,8]'],
  ],
  ['RotaryEmbedding', [['b', 's', 16], of(T.INT64, 'b', 's')], {}, ['float32[b,s,16]']],
];

describe('onnxruntime operators', () => {
  it.each([...FLOATS, ...QUANTIZED, ...ATTENTION])(
    '%s %j %j',
    (operator, inputs, attributes, types) => {
      const options = { domain: 'com.microsoft', outputs: types.length };
      expect(typesOf(operator, inputs, attributes, options)).toEqual(types);
    },
  );

  it('has one in the default domain', () => {
    const inputs = [['b', 's', 8], [8]];
    expect(typesOf('SimplifiedLayerNormalization', inputs, {}, { outputs: 2 })).toEqual([
      'float32[b,s,8]',
      'float32[b,s,1]',
    ]);
  });

  it('names an operator it does not know', () => {
    expect(problemOf('BeamSearch', [['b']], {}, { domain: 'com.microsoft' })).toBe(
      'There is no rule for the operator com.microsoft.BeamSearch.',
    );
  });
});

describe('classical models', () => {
  const ml = { domain: 'ai.onnx.ml', outputs: 2 };

  it('gives classes and scores', () => {
    const attributes = { classlabels_int64s: [0, 1, 2] };
    expect(typesOf('TreeEnsembleClassifier', [['rows', 4]], attributes, ml)).toEqual([
      'int64[rows]',
      'float32[rows,3]',
    ]);
  });

  it('gives one value per target', () => {
    const one = { ...ml, outputs: 1 };
    expect(typesOf('TreeEnsembleRegressor', [['rows', 4]], {}, one)).toEqual(['float32[rows,1]']);
    expect(typesOf('LinearRegressor', [[4]], { targets: 2 }, one)).toEqual(['float32[1,2]']);
  });

  it('changes types and adds axes', () => {
    const one = { ...ml, outputs: 1 };
    const doubles = of(T.DOUBLE, 'rows', 4);
    expect(typesOf('Scaler', [doubles], {}, one)).toEqual(['float32[rows,4]']);
    expect(typesOf('Imputer', [doubles], {}, one)).toEqual(['float64[rows,4]']);
    const strings = of(T.STRING, 'rows');
    expect(typesOf('LabelEncoder', [strings], { values_int64s: [1, 2] }, one)).toEqual([
      'int64[rows]',
    ]);
    expect(typesOf('OneHotEncoder', [strings], { cats_int64s: [1, 2] }, one)).toEqual([
      'float32[rows,2]',
    ]);
    const features = [['rows', 4], list(0, 2)];
    expect(typesOf('ArrayFeatureExtractor', features, {}, one)).toEqual(['float32[rows,2]']);
    expect(
      typesOf(
        'FeatureVectorizer',
        [
          ['rows', 4],
          ['rows', 2],
        ],
        {},
        one,
      ),
    ).toEqual(['float32[rows,6]']);
  });
});
