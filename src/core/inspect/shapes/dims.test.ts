import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dim } from './dim.ts';
import {
  add,
  anyItem,
  broadcastDim,
  ceilDivide,
  dimText,
  divideExactly,
  floor,
  floorDivide,
  lowerBound,
  mul,
  product,
  sub,
  symbol,
} from './dims.ts';

const NAMES = ['batch', 'b_1', 'seq.len', '(two words)', '(x*y)'];

/** A random expression, and what it comes to for given values of the names. */
interface Expression {
  readonly dim: Dim;
  readonly at: (values: readonly number[]) => number;
}

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((n) => ({ dim: n, at: () => n })),
  fc.nat({ max: NAMES.length - 1 }).map((i) => ({
    dim: NAMES[i] as Dim,
    at: (values: readonly number[]) => values[i] as number,
  })),
);

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const two = fc.tuple(tie('expression'), tie('expression'));
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      two.map(([x, y]) => ({
        dim: add(x.dim, y.dim),
        at: (v: readonly number[]) => x.at(v) + y.at(v),
      })),
      two.map(([x, y]) => ({
        dim: sub(x.dim, y.dim),
        at: (v: readonly number[]) => x.at(v) - y.at(v),
      })),
      two.map(([x, y]) => ({
        dim: mul(x.dim, y.dim),
        at: (v: readonly number[]) => x.at(v) * y.at(v),
      })),
      fc.tuple(tie('expression'), fc.integer({ min: 1, max: 6 })).map(([x, n]) => ({
        dim: floorDivide(x.dim, n),
        at: (v: readonly number[]) => Math.floor(x.at(v) / n),
      })),
    ),
  };
});

const assignment = fc.array(fc.nat({ max: 30 }), {
  minLength: NAMES.length,
  maxLength: NAMES.length,
});

/** Computes a printed expression by JavaScript's own rules. */
function evaluate(dim: Dim, values: readonly number[]): number {
  let text = String(dim).replaceAll('floor', 'Math.floor');
  NAMES.forEach((name, i) => {
    text = text.replaceAll(name, `(${values[i]})`);
  });
  return new Function(`return ${text}`)() as number;
}

describe('expressions', () => {
  it('print as what they come to', () => {
    fc.assert(
      fc.property(expression, assignment, ({ dim, at }, values) => {
        expect(evaluate(dim, values)).toBeCloseTo(at(values), 6);
      }),
      { numRuns: 500 },
    );
  });

  it('print equal when equal by the laws of arithmetic', () => {
    fc.assert(
      fc.property(expression, expression, expression, ({ dim: a }, { dim: b }, { dim: c }) => {
        expect(add(a, b)).toBe(add(b, a));
        expect(mul(a, b)).toBe(mul(b, a));
        expect(add(add(a, b), c)).toBe(add(a, add(b, c)));
        expect(mul(mul(a, b), c)).toBe(mul(a, mul(b, c)));
        expect(mul(a, add(b, c))).toBe(add(mul(a, b), mul(a, c)));
        expect(add(sub(a, b), b)).toBe(a);
      }),
    );
  });

  it('divide a product by its factor', () => {
    fc.assert(
      fc.property(expression, expression, ({ dim: a }, { dim: b }) => {
        fc.pre(b !== 0);
        expect(divideExactly(mul(a, b), b)).toBe(a);
      }),
    );
  });

  it('are never below their lower bound', () => {
    fc.assert(
      fc.property(expression, assignment, ({ dim, at }, values) => {
        expect(at(values)).toBeGreaterThanOrEqual(lowerBound(dim));
      }),
      { numRuns: 500 },
    );
  });

  it('take no product of two floors for one', () => {
    const half = floorDivide('h', 2);
    expect(floorDivide(mul(half, half), 3)).toBe('floor(floor(h/2)*floor(h/2)/3)');
  });

  it('round up as the floor of the negative', () => {
    fc.assert(
      fc.property(expression, fc.integer({ min: 1, max: 6 }), assignment, (x, n, values) => {
        const expected = Math.ceil(x.at(values) / n);
        expect(evaluate(ceilDivide(x.dim, n), values)).toBeCloseTo(expected, 6);
      }),
    );
  });
});

describe('divideExactly', () => {
  it.each<[Dim, Dim, Dim | null]>([
    [12, 5, null],
    [12, 4, 3],
    [12, 0, null],
    [0, 'h', 0],
    ['6*h', 4, null],
    ['12*batch*seq', '12*batch', 'seq'],
    ['h*w + w', 'h + 1', 'w'],
    ['h*w + w', 'h', null],
    ['h', '2*h', null],
  ])('%s / %s is %s', (a, b, expected) => {
    expect(divideExactly(a, b)).toBe(expected);
  });
});

describe('floorDivide', () => {
  it.each<[Dim, number, Dim]>([
    ['h + 1', 2, 'floor((h + 1)/2)'],
    ['h + 5', 2, 'floor((h + 1)/2) + 2'],
    ['2*h + 1', 2, 'h'],
    ['floor((h + 1)/2) + 1', 2, 'floor((h + 3)/4)'],
    ['floor(h/2)', 3, 'floor(h/6)'],
    ['floor((p + q)*(r + s)/2)', 3, 'floor((p + q)*(r + s)/6)'],
    ['6*n + 5', 4, 'floor(3*n/2) + 1'],
    [-7, 2, -4],
  ])('of %s by %s is %s', (a, b, expected) => {
    expect(floorDivide(a, b)).toBe(expected);
  });
});

describe('floor', () => {
  it.each<[Dim, Dim | null]>([
    [2.5, 2],
    [mul('h', 0.5), 'floor(h/2)'],
    [mul('h', 1 / 3), 'floor(h/3)'],
    [add(mul('h', 1.5), 0.5), 'floor((3*h + 1)/2)'],
    ['h', 'h'],
    // A third of single precision is none.
    [mul('h', Math.fround(1 / 3)), null],
    [anyItem(() => '?1'), null],
  ])('of %s is %s', (dim, expected) => {
    expect(floor(dim)).toBe(expected);
  });
});

describe('symbol', () => {
  it.each([
    ['batch_size', 'batch_size'],
    ['p2o.DynamicDimension.0', 'p2o.DynamicDimension.0'],
    ['floor(h/2)', '(floor(h/2))'],
    ['s0 + 1', '(s0 + 1)'],
    ['3', '(3)'],
    ['?', '(?)'],
    [')(', '(⟩⟨)'],
    ['a(', '(a⟨)'],
  ])('reads %j as %s', (name, expected) => {
    expect(symbol(name)).toBe(expected);
  });

  it('survives arithmetic whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const dim = symbol(name);
        expect(sub(add(mul(2, dim), 3), dim)).toBe(add(dim, 3));
        expect(divideExactly(mul(dim, 'z'), 'z')).toBe(dim);
      }),
    );
  });
});

it('takes a product of no sizes for one', () => {
  expect(product([])).toBe(1);
  expect(product(['n', 3, 'n'])).toBe('3*n*n');
});

it.each<[Dim, Dim, Dim | null]>([
  [1, 'n', 'n'],
  ['n', 3, 3],
  ['n', 'n', 'n'],
  ['n', 'm', null],
  [2, 3, null],
])('broadcasts %s and %s to %s', (a, b, expected) => {
  expect(broadcastDim(a, b)).toBe(expected);
});

it('shows what is unknown as a question mark', () => {
  expect(dimText('?12 + 1')).toBe('? + 1');
  expect(dimText(anyItem(() => '?3'))).toBe('?');
});
