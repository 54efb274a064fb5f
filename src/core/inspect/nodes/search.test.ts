import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InspectedNode } from '../inspection.ts';
import { calledOf, firstSort, matches, SORTS, type SortKey, shapeText, sorted } from './search.ts';

const node = (over: Partial<InspectedNode>): InspectedNode => ({
  id: 0,
  name: '',
  operator: 'Conv',
  domain: '',
  within: [],
  body: '',
  inputs: [],
  outputs: [],
  attributes: [],
  cost: null,
  parameters: 0,
  folded: false,
  live: null,
  problem: null,
  ...over,
});
const port = (name: string, shape: (number | string)[] | null = null) => ({
  name,
  type: { elem: 1, shape },
  constant: false,
});

describe('search', () => {
  const conv = node({
    name: '/layer1/Block',
    inputs: [port('features.0')],
    outputs: [port('Out_7')],
    body: 'then_branch',
    domain: 'com.microsoft',
  });
  it.each(['', '  ', 'conv', 'LAYER1', 'features', 'out_7', 'then', 'microsoft', ' block '])(
    'finds a node by "%s"',
    (query) => {
      expect(matches(conv, query)).toBe(true);
    },
  );

  it('finds nothing that is not there', () => {
    expect(matches(conv, 'relu')).toBe(false);
  });
});

describe('sorting', () => {
  const cost = (macs: number) => ({ macs, flops: 2 * macs, read: 4, written: 4 });
  const keys = Object.keys(SORTS) as SortKey[];
  const nodes = fc
    .array(fc.option(fc.nat(3)), { maxLength: 20 })
    .map((values) =>
      values.map((value, id) =>
        node({ id, cost: value === null ? null : cost(value), live: value }),
      ),
    );

  it('keeps every node, puts unknown ones last and equal ones in their order', () => {
    fc.assert(
      fc.property(nodes, fc.constantFrom(...keys), fc.boolean(), (all, key, descending) => {
        const result = sorted(all, { key, descending });
        expect(result.toSorted((a, b) => a.id - b.id)).toEqual(all);
        const values = result.map((each) => ({ id: each.id, by: SORTS[key](each) }));
        values.slice(1).forEach((b, i) => {
          const a = values[i] as (typeof values)[number];
          if (a.by === b.by) expect(a.id).toBeLessThan(b.id);
          else if (a.by === null) expect.unreachable();
          else if (b.by !== null) expect(a.by > b.by).toBe(descending);
        });
      }),
    );
  });

  it('begins with the largest of a figure and the first of a name', () => {
    expect(firstSort('macs').descending).toBe(true);
    expect(firstSort('name').descending).toBe(false);
  });
});

it.each([
  [[1, 32, 56, 56], '1×32×56×56'],
  [['batch', '?7', 3], 'batch×?×3'],
  [[], 'scalar'],
  [null, ''],
])('the shape %j is told as "%s"', (shape, text) => {
  expect(shapeText({ outputs: [port('y', shape)] })).toBe(text);
});

it('calls a nameless node by what it makes', () => {
  expect(calledOf({ name: 'conv1', outputs: [port('y')] })).toBe('conv1');
  expect(calledOf({ name: '', outputs: [port(''), port('y')] })).toBe('→ y');
  expect(calledOf({ name: '', outputs: [] })).toBe('');
});
