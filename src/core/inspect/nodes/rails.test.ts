import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../onnx/read.ts';
import { inspect } from '../inspect.ts';
import type { InspectedNode, Inspection, Port } from '../inspection.ts';
import { type Rails, railsOf } from './rails.ts';

const port = (name: string, constant = false): Port => ({ name, type: null, constant });

const node = (id: number, inputs: readonly Port[], outputs: readonly Port[]): InspectedNode => ({
  id,
  name: `n${id}`,
  operator: 'Op',
  domain: '',
  within: [],
  body: '',
  inputs,
  outputs,
  attributes: [],
  cost: null,
  parameters: 0,
  folded: false,
  live: 0,
  problem: null,
});

const graph = (
  nodes: readonly InspectedNode[],
  inputs: string[],
  outputs: string[],
): Inspection => ({
  file: 'test.onnx',
  bytes: 0,
  irVersion: 10,
  producer: '',
  opsets: [],
  inputs: inputs.map((name) => ({ name, type: 'float32', shape: [] })),
  outputs: outputs.map((name) => ({ name, type: 'float32', shape: [] })),
  sizes: {},
  nodes,
  cost: { macs: 0, flops: 0, read: 0, written: 0 },
  parameters: 0,
  weights: [],
  externalFiles: [],
  peak: null,
  typed: { known: 0, all: 0 },
  uncosted: 0,
});

/** Nodes that each read some of what came before and a weight, and make one or two tensors. */
const graphs = fc
  .array(
    fc.record({
      reads: fc.array(fc.nat(), { maxLength: 3 }),
      makes: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .chain((plan) => {
    const known = ['x0', 'x1'];
    const nodes = plan.map(({ reads, makes }, id) => {
      const inputs = reads.map((at) => port(known[at % known.length] as string));
      const outputs = Array.from({ length: makes }, (_, i) => `t${id}.${i}`);
      known.push(...outputs);
      return node(
        id,
        [...inputs, port('w', true)],
        outputs.map((name) => port(name)),
      );
    });
    return fc.subarray(known.slice(2)).map((outputs) => graph(nodes, ['x0', 'x1'], outputs));
  });

/** For each activation that is read or handed out: the rows of its maker and of its last reader. */
function spans({ nodes, outputs }: Inspection, { rows }: Rails) {
  const rowOf = (id: number) => rows.findIndex((row) => row.node === id);
  const end = (kind: string, name: string) =>
    rows.findIndex((row) => row.kind === kind && row.end?.name === name);
  const made = new Map([
    ['x0', end('input', 'x0')],
    ['x1', end('input', 'x1')],
    ...nodes.flatMap(({ id, outputs: out }) =>
      out.map(({ name }) => [name, rowOf(id)] as [string, number]),
    ),
  ]);
  const wanted = new Set(outputs.map(({ name }) => name));
  return [...made].flatMap(([name, from]) => {
    const readers = nodes
      .filter(({ inputs }) => inputs.some((input) => input.name === name))
      .map(({ id }) => rowOf(id));
    const ends = wanted.has(name) ? [end('output', name)] : [];
    const to = Math.max(...readers, ...ends);
    return Number.isFinite(to) ? [{ name, from, to }] : [];
  });
}

describe('rails', () => {
  it('span from the row that makes a tensor to the last that reads it', () => {
    fc.assert(
      fc.property(graphs, (inspection) => {
        const rails = railsOf(inspection);
        const found = rails.rails.map(({ link, from, to }) => ({ name: link.name, from, to }));
        const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
        expect(found.toSorted(byName)).toEqual(spans(inspection, rails).toSorted(byName));
      }),
    );
  });

  it('never share a column while both live', () => {
    fc.assert(
      fc.property(graphs, (inspection) => {
        const { rails } = railsOf(inspection);
        for (const [i, a] of rails.entries()) {
          for (const b of rails.slice(i + 1)) {
            if (a.column === b.column) expect(a.to <= b.from || b.to <= a.from).toBe(true);
          }
        }
      }),
    );
  });

  it('take no more columns than live at once, and say in each row what the row holds', () => {
    fc.assert(
      fc.property(graphs, (inspection) => {
        const { rows, rails, columns } = railsOf(inspection);
        const after = rows.map(
          (_, at) => rails.filter(({ from, to }) => from <= at && at < to).length,
        );
        expect(Math.max(0, ...rails.map(({ column }) => column + 1))).toBe(Math.max(0, ...after));
        expect(columns).toBe(
          Math.max(
            ...rails.map(({ column }) => column + 1),
            ...rows.map(({ column }) => column + 1),
          ),
        );
        rows.forEach((row, at) => {
          const places = (test: (rail: (typeof rails)[number]) => boolean) =>
            rails.flatMap((rail, i) => (test(rail) ? [i] : []));
          expect(row.outs).toEqual(places(({ from }) => from === at));
          expect([...row.ending].sort((a, b) => a - b)).toEqual(places(({ to }) => to === at));
          expect([...row.through, ...row.ins].sort((a, b) => a - b)).toEqual(
            places(({ from, to }) => from < at && at <= to),
          );
          expect(row.living).toBe(Math.max(after[at - 1] ?? 0, after[at] ?? 0));
        });
      }),
    );
  });

  it('keep a chain and the trunk of residual blocks in the first column', () => {
    const residual = graph(
      [
        node(0, [port('x')], [port('a')]),
        node(1, [port('a'), port('w', true)], [port('b')]),
        node(2, [port('b')], [port('c')]),
        node(3, [port('c'), port('a')], [port('d')]),
        node(4, [port('d')], [port('y')]),
      ],
      ['x'],
      ['y'],
    );
    const { rows, columns } = railsOf(residual);
    expect(rows.map(({ kind, column }) => `${kind[0]}${column}`).join(' ')).toBe(
      'i0 n0 n1 n1 n0 n0 o0',
    );
    expect(columns).toBe(2);
  });

  it('go on into the bodies that read a tensor of the graph around them', () => {
    const inspection = graph(
      [
        node(0, [port('x')], [port('a')]),
        { ...node(1, [port('x')], [port('y')]), operator: 'If' },
        { ...node(2, [port('a')], [port('b')]), within: [1], body: 'then_branch' },
        { ...node(3, [port('a')], [port('b')]), within: [1], body: 'else_branch' },
        node(4, [port('y')], [port('z')]),
      ],
      ['x'],
      ['z'],
    );
    const { rows, rails } = railsOf(inspection);
    expect(rails.find(({ link }) => link.name === 'a')).toMatchObject({ from: 1, to: 4 });
    expect(rows.map(({ opens }) => opens).join()).toBe(',,,then_branch,else_branch,,');
  });

  it('lists only what will be drawn', () => {
    const given = Array.from({ length: 20 }, (_, i) => `x${i}`);
    const all = node(
      0,
      given.map((name) => port(name)),
      [port('y')],
    );
    const again = node(
      1,
      given.map((name) => port(name)),
      [port('z')],
    );
    const between = node(2, [port('y')], [port('v')]);
    const inspection = graph([all, { ...between, id: 1 }, { ...again, id: 2 }], given, ['z']);
    const row = railsOf(inspection, undefined, 6).rows.find(({ node: id }) => id === 1);
    expect(row).toMatchObject({ living: 21, through: { length: 6 } });
  });
});

describe('of whole models', () => {
  it.each([
    ['light_densenet121', 3],
    ['light_inception_v1', 5],
    ['light_resnet50', 3],
  ])('%s has at most %d columns', (name, columns) => {
    const file = new URL(`../shapes/fixtures/${name}.onnx.gz`, import.meta.url);
    const inspection = inspect(readModel(gunzipSync(readFileSync(file)), name), name, 0);
    expect(railsOf(inspection).columns).toBe(columns);
  });

  it('lays 5,000 nodes out at once', () => {
    const chain = Array.from({ length: 5000 }, (_, id) =>
      node(id, [port(`t${id}`), port(`t${Math.max(0, id - 12)}`)], [port(`t${id + 1}`)]),
    );
    const inspection = graph(chain, ['t0'], ['t5000']);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      expect(railsOf(inspection, undefined, 16).rows).toHaveLength(5002);
      return performance.now() - start;
    });
    // About 15 ms on a machine at rest; the bound is against squares, under any load.
    expect(Math.min(...times)).toBeLessThan(400);
  });
});
