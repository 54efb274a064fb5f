import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spec } from '../race/testing.ts';
import { dynamicSizes, elementCount, resolveShape, sameSpecs, shapeText } from './tensors.ts';

describe('resolveShape', () => {
  it('keeps declared sizes, takes typed ones for dynamic dimensions, else 1', () => {
    const image = spec('image', 'float32', 'batch', 3, 'side', 'side', -1);
    expect(resolveShape(image, {})).toEqual([1, 3, 1, 1, 1]);
    expect(resolveShape(image, { side: 224, 'image[4]': 2, other: 9 })).toEqual([
      1, 3, 224, 224, 2,
    ]);
    expect(resolveShape(spec('scalar', 'float32'), {})).toEqual([]);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a size of %f', (size) => {
    expect(() => resolveShape(spec('image', 'float32', 'n'), { n: size })).toThrow(
      expect.objectContaining({
        name: 'SizeError',
        message: `Input "image" cannot have a size of ${size}.`,
      }),
    );
  });

  it('refuses a typed size of 0', () => {
    expect(() => resolveShape(spec('image', 'float32', 'n'), { n: 0 })).toThrow();
  });

  it('takes a dimension with the name of an object’s own method for any other', () => {
    expect(resolveShape(spec('image', 'float32', 'constructor'), {})).toEqual([1]);
  });

  it('takes 2^28 numbers and refuses one more, naming the shape', () => {
    const square = spec('image', 'float32', 'n', 2 ** 14);
    expect(elementCount(resolveShape(square, { n: 2 ** 14 }))).toBe(2 ** 28);
    expect(() => resolveShape(square, { n: 2 ** 14 + 1 })).toThrow('"image" of 16385 × 16384');
  });
});

it('elementCount multiplies, and a scalar has one element', () => {
  expect(elementCount([])).toBe(1);
  expect(elementCount([2, 3, 4])).toBe(24);
  expect(elementCount([5, 0])).toBe(0);
});

describe('dynamicSizes', () => {
  it('are those typed in, else 224 for images, 128 for sequences, 32 for caches, 1 for all else', () => {
    const specs = [
      spec('image', 'float32', 'n', 3, 'h', 'w'),
      spec('ids', 'int64', 'n', 'sequence_length'),
      spec('past_key_0', 'float32', 'n', 4, 'past', 24),
    ];
    const sizes = { n: 1, h: 224, w: 224, sequence_length: 128, past: 32 };
    expect(dynamicSizes(specs, {})).toEqual(sizes);
    expect(dynamicSizes(specs, { w: 32, other: 5 })).toEqual({ ...sizes, w: 32 });
  });

  it('names each once in order, and nameless ones after their place', () => {
    const specs = [
      spec('ids', 'int64', 'batch', 'length'),
      spec('mask', 'bool', 'batch', '', 7, -1),
    ];
    expect(Object.keys(dynamicSizes(specs, {}))).toEqual(['batch', 'length', 'mask[1]', 'mask[3]']);
    expect(dynamicSizes([spec('image', 'float32', 1, 28)], {})).toEqual({});
  });

  it.each(['None', '-1', '?'])('"%s" is no name: two places that bear it need not agree', (dim) => {
    const text = spec('text', 'int64', dim, dim, 'unk__99');
    expect(Object.keys(dynamicSizes([text], {}))).toEqual(['text[0]', 'text[1]', 'unk__99']);
  });

  it('names exactly those whose size decides the shape', () => {
    const dims = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('n', 'm', '')));
    fc.assert(
      fc.property(dims, (shape) => {
        const input = spec('x', 'float32', ...shape);
        const sizes = Object.fromEntries(
          Object.keys(dynamicSizes([input], {})).map((name) => [name, 2]),
        );
        expect(resolveShape(input, sizes)).toEqual(
          shape.map((dim) => (typeof dim === 'number' ? dim : 2)),
        );
      }),
    );
  });
});

it('shapeText has a question mark where a size has no name', () => {
  expect(shapeText(spec('x', 'float32', 'n', 3, '', -1, 'None', 0))).toBe('n,3,?,?,?,0');
});

describe('sameSpecs', () => {
  const a = spec('a', 'float32', 1, 28);
  const b = spec('b', 'int64', 'n');

  it('holds whatever the order and whatever dynamic dimensions are called', () => {
    expect(sameSpecs([a, b], [b, a])).toBe(true);
    expect(sameSpecs([b], [spec('b', 'int64', 'batch')])).toBe(true);
    expect(sameSpecs([b], [spec('b', 'int64', -1)])).toBe(true);
    expect(sameSpecs([b], [spec('b', 'int64', '')])).toBe(true);
    expect(sameSpecs([], [])).toBe(true);
  });

  it.each([
    ['name', spec('c', 'float32', 1, 28)],
    ['type', spec('a', 'float16', 1, 28)],
    ['size', spec('a', 'float32', 1, 29)],
    ['rank', spec('a', 'float32', 1, 28, 1)],
    ['dynamic dimension', spec('a', 'float32', 'n', 28)],
  ])('fails for another %s', (_, other) => {
    expect(sameSpecs([a], [other])).toBe(false);
  });

  it('fails when one is missing', () => {
    expect(sameSpecs([a, b], [a])).toBe(false);
  });
});
