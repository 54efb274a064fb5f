import { describe, expect, it } from 'vitest';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import { list, of, problemOf, typeOf, typesOf } from './testing.ts';

const same = { auto_pad: 'SAME_UPPER' };

describe('Conv', () => {
  it.each<[string, Parameters<typeof typeOf>[2], string]>([
    ['no padding', {}, 'float32[batch,16,h - 2,w - 2]'],
    ['padding', { pads: [1, 1, 1, 1] }, 'float32[batch,16,h,w]'],
    [
      'stride',
      { pads: [1, 1, 1, 1], strides: [2, 2] },
      'float32[batch,16,floor((h + 1)/2),floor((w + 1)/2)]',
    ],
    ['dilation', { dilations: [2, 3] }, 'float32[batch,16,h - 4,w - 6]'],
    ['SAME', { ...same, strides: [2, 1] }, 'float32[batch,16,floor((h + 1)/2),w]'],
    ['VALID', { auto_pad: 'VALID', pads: [9, 9, 9, 9] }, 'float32[batch,16,h - 2,w - 2]'],
  ])('%s keeps symbolic sizes', (_, attributes, expected) => {
    expect(
      typeOf(
        'Conv',
        [
          ['batch', 3, 'h', 'w'],
          [16, 3, 3, 3],
        ],
        attributes,
      ),
    ).toBe(expected);
  });

  it('leaves sizes open that the weights do not tell', () => {
    expect(
      typeOf('Conv', [
        ['n', 3, 8, 8],
        ['m', 3, 'k', 3],
      ]),
    ).toBe('float32[n,m,?,6]');
    expect(
      typeOf(
        'Conv',
        [
          ['n', 3, 8, 8],
          ['m', 3, 'k', 3],
        ],
        { kernel_shape: [3, 3] },
      ),
    ).toBe('float32[n,m,6,6]');
  });

  it.each<[string, Parameters<typeof problemOf>, string]>([
    [
      'channels',
      [
        'Conv',
        [
          [1, 4, 8, 8],
          [16, 3, 3, 3],
        ],
      ],
      'The input has 4 channels, and the weights [16,3,3,3] in 1 groups take 3.',
    ],
    [
      'groups',
      [
        'Conv',
        [
          [1, 4, 8, 8],
          [9, 2, 3, 3],
        ],
        { group: 2 },
      ],
      '9 output channels cannot be split into 2 groups.',
    ],
    [
      'ranks',
      [
        'Conv',
        [
          [1, 4, 8, 8],
          [16, 4, 3],
        ],
      ],
      'The input [1,4,8,8] and the weights [16,4,3] must have the same rank.',
    ],
    [
      'windows',
      [
        'Conv',
        [
          [1, 4, 4, 4],
          [16, 4, 7, 7],
        ],
        { pads: [1, 1, 1, 1] },
      ],
      'A window of 7 does not fit into 4 with 2 of padding.',
    ],
    [
      'attributes',
      [
        'Conv',
        [
          [1, 4, 8, 8],
          [16, 4, 3, 3],
        ],
        { strides: [2] },
      ],
      'The attribute "strides" of Conv has 1 entries, not 2.',
    ],
  ])('refuses %s that do not fit', (_, given, problem) => {
    expect(problemOf(...given)).toBe(problem);
  });

  it('takes the type of integers from the zero point', () => {
    const [data, weights] = [of(T.UINT8, 1, 3, 8, 8), of(T.INT8, 4, 3, 3, 3)];
    expect(typeOf('ConvInteger', [data, weights])).toBe('int32[1,4,6,6]');
    const scale = of(T.FLOAT);
    const inputs = [data, scale, of(T.UINT8), weights, scale, of(T.INT8), scale, of(T.INT8)];
    expect(typeOf('QLinearConv', inputs)).toBe('int8[1,4,6,6]');
  });
});

describe('ConvTranspose', () => {
  const inputs = [
    ['n', 4, 'h', 5],
    [4, 3, 3, 3],
  ];

  it.each<[string, Parameters<typeof typeOf>[2], string]>([
    ['strides', { strides: [2, 2] }, 'float32[n,3,2*h + 1,11]'],
    ['output_padding', { strides: [2, 2], output_padding: [1, 1] }, 'float32[n,3,2*h + 2,12]'],
    ['SAME', { ...same, strides: [2, 2] }, 'float32[n,3,2*h,10]'],
    ['SAME with more', { ...same, strides: [2, 2], output_padding: [1, 1] }, 'float32[n,3,2*h,10]'],
    ['a shape', { output_shape: [10, 9], strides: [2, 2] }, 'float32[n,3,10,9]'],
    ['a whole shape', { output_shape: [1, 3, 10, 9] }, 'float32[n,3,10,9]'],
  ])('takes %s', (_, attributes, expected) => {
    expect(typeOf('ConvTranspose', inputs, attributes)).toBe(expected);
  });

  it('refuses other channels than the weights have', () => {
    expect(
      problemOf('ConvTranspose', [
        [1, 5, 4, 4],
        [4, 3, 3, 3],
      ]),
    ).toBe('The channels of the input and of the weights must be equal: 5 and 4.');
  });
});

describe('pooling', () => {
  const pool = { kernel_shape: [3], strides: [2], ceil_mode: 1 };

  it('drops a last window that would start in the padding', () => {
    expect(typeOf('MaxPool', [[1, 1, 6]], pool)).toBe('float32[1,1,3]');
    const wide = { kernel_shape: [2], strides: [3], pads: [0, 1], ceil_mode: 1 };
    expect(typeOf('MaxPool', [[1, 1, 6]], wide)).toBe('float32[1,1,2]');
    expect(typeOf('MaxPool', [[1, 1, 7]], wide)).toBe('float32[1,1,3]');
  });

  it('rounds symbolic sizes up only where no window can start in the padding', () => {
    expect(typeOf('MaxPool', [[1, 1, 'w']], pool)).toBe('float32[1,1,floor(w/2)]');
    expect(typeOf('MaxPool', [[1, 1, 'w']], { ...pool, pads: [1, 2] })).toBe('float32[1,1,?]');
  });

  it('gives indices', () => {
    expect(typesOf('MaxPool', [['n', 3, 8]], { kernel_shape: [2] }, { outputs: 2 })).toEqual([
      'float32[n,3,7]',
      'int64[n,3,7]',
    ]);
  });

  it('leaves one of each spatial axis', () => {
    expect(typeOf('GlobalAveragePool', [['n', 'c', 'h', 'w']])).toBe('float32[n,c,1,1]');
  });

  it('unpools to the sizes before, or those asked for', () => {
    const inputs = [['n', 1, 'h', 2], of(T.INT64, 'n', 1, 'h', 2)];
    const attributes = { kernel_shape: [2, 2], strides: [2, 2] };
    expect(typeOf('MaxUnpool', inputs, attributes)).toBe('float32[n,1,2*h,4]');
    const asked = [...inputs, list(1, 1, 5, 5)];
    expect(typeOf('MaxUnpool', asked, attributes)).toBe('float32[1,1,5,5]');
  });
});

describe('sampling', () => {
  it('crops regions', () => {
    const inputs = [[1, 256, 'h', 'w'], ['rois', 4], of(T.INT64, 'rois')];
    const attributes = { output_height: 7, output_width: 7 };
    expect(typeOf('RoiAlign', inputs, attributes)).toBe('float32[rois,256,7,7]');
    expect(problemOf('RoiAlign', [[1, 256, 8, 8], [3, 4], of(T.INT64, 2)])).toContain('3 and 2');
  });

  it('reads images at grids', () => {
    const inputs = [
      ['n', 3, 'h', 'w'],
      ['n', 'a', 'b', 2],
    ];
    expect(typeOf('GridSample', inputs)).toBe('float32[n,3,a,b]');
    expect(
      problemOf('GridSample', [
        [1, 3, 8, 8],
        [1, 4, 4, 3],
      ]),
    ).toContain('3 and 2');
    expect(typeOf('AffineGrid', [['n', 2, 3], list(1, 3, 8, 9)])).toBe('float32[1,8,9,2]');
    expect(typeOf('AffineGrid', [['n', 2, 3], of(T.INT64, 4)])).toBe('float32[n,?,?,2]');
  });

  it('puts columns together', () => {
    const inputs = [['n', 45, 25], list(7, 7), list(3, 3)];
    expect(typeOf('Col2Im', inputs)).toBe('float32[n,5,7,7]');
  });
});

describe('Resize', () => {
  it.each<[string, Parameters<typeof typeOf>[1], Parameters<typeof typeOf>[2], string]>([
    ['scales', [null, { floats: [1, 1, 2, 0.5] }], {}, 'float32[n,3,2*h,floor(w/2)]'],
    ['sizes', [null, null, list(1, 3, 7, 9)], {}, 'float32[1,3,7,9]'],
    ['sizes of some axes', [null, null, list(7)], { axes: [-1] }, 'float32[n,3,h,7]'],
    [
      'one ratio for symbolic sizes',
      [null, null, list(7, 9)],
      { axes: [2, 3], keep_aspect_ratio_policy: 'not_larger' },
      'float32[n,3,?,?]',
    ],
  ])('takes %s', (_, more, attributes, expected) => {
    expect(typeOf('Resize', [['n', 3, 'h', 'w'], ...more], attributes)).toBe(expected);
  });

  it('keeps the ratio of sizes that are known', () => {
    const inputs = [[1, 3, 10, 20], null, null, list(7, 9)];
    const policy = (keep_aspect_ratio_policy: string) =>
      typeOf('Resize', inputs, { axes: [2, 3], keep_aspect_ratio_policy });
    expect(policy('not_larger')).toBe('float32[1,3,5,9]');
    expect(policy('not_smaller')).toBe('float32[1,3,7,14]');
  });

  it('multiplies in float32, as onnxruntime does', () => {
    expect(typeOf('Resize', [[20], null, { floats: [2.1] }])).toBe('float32[42]');
  });

  it('takes the scales of version 10 from the second input', () => {
    expect(typeOf('Resize', [['n'], { floats: [2] }], {}, { opset: 10 })).toBe('float32[2*n]');
  });

  it('refuses a scale for each of other axes', () => {
    expect(problemOf('Resize', [[1, 3, 8, 8], null, { floats: [2, 2] }])).toBe(
      'Resize is given 2 sizes or scales for 4 axes.',
    );
  });
});
