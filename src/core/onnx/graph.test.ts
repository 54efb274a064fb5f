import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floats, modelOf, node, value } from './build.ts';
import { GraphEditor } from './edit.ts';
import { freeNames, indexGraph } from './graph.ts';
import { type GraphProto, GraphProtoSchema, TensorProto_DataType as T } from './onnx_pb.ts';

const graphOf = (...args: Parameters<typeof modelOf>) => modelOf(...args).graph as GraphProto;
const ops = (nodes: readonly { opType: string }[]) => nodes.map(({ opType }) => opType);

/** x -> A -> a -> B -> b -> C, which adds a and b; in the given order. */
const diamond = (...order: number[]) => {
  const nodes = [node('A', ['x'], ['a']), node('B', ['a'], ['b']), node('C', ['a', 'b'], ['c'])];
  return graphOf({
    input: [value('x', T.FLOAT, 1)],
    output: [value('c', T.FLOAT, 1)],
    node: order.map((i) => nodes[i] ?? {}),
  });
};

describe('indexGraph', () => {
  it('knows who makes and who reads each tensor', () => {
    const { producers, consumers } = indexGraph(diamond(0, 1, 2));
    expect(producers.get('a')?.opType).toBe('A');
    expect(ops(consumers.get('a') ?? [])).toEqual(['B', 'C']);
    expect(consumers.has('c')).toBe(false);
  });

  it('sorts nodes after what they read', () => {
    expect(ops(indexGraph(diamond(2, 1, 0)).order)).toEqual(['A', 'B', 'C']);
  });

  it('leaves weights out of the inputs, as before IR version 4', () => {
    const graph = graphOf({
      input: [value('x', T.FLOAT, 1), value('w', T.FLOAT, 1)],
      initializer: [floats('w', [1])],
      node: [node('Add', ['x', 'w'], ['y'])],
    });
    expect(indexGraph(graph).inputs.map(({ name }) => name)).toEqual(['x']);
  });

  const branch = (name: string) =>
    graphOf({ node: [node('Neg', ['x'], [name])], output: [value(name, T.FLOAT, 1)] });
  it('counts a node as reader of what its branches capture', () => {
    const graph = graphOf({
      input: [value('c', T.BOOL), value('x', T.FLOAT, 1)],
      node: [node('If', ['c'], ['y'], { then_branch: branch('t'), else_branch: branch('e') })],
    });
    expect(ops(indexGraph(graph).consumers.get('x') ?? [])).toEqual(['If']);
    expect([...freeNames(branch('t'))]).toEqual(['x']);
  });

  it.each([
    ['a missing tensor', [node('Add', ['x', 'gone'], ['y'])], /Add_y reads the tensor "gone"/],
    [
      'a tensor made twice',
      [node('A', ['x'], ['y']), node('B', ['x'], ['y'])],
      /"y" is made by two/,
    ],
    ['a node that reads itself', [node('A', ['y'], ['y'])], /cyclic: A_y reads its own output/],
    [
      'a cycle',
      [node('A', ['b'], ['a']), node('B', ['x', 'a'], ['b'])],
      /cyclic: \w_\w and \w_\w wait for one another/,
    ],
  ])('refuses %s by name', (_, nodes, message) => {
    const graph = graphOf({ input: [value('x', T.FLOAT, 1)], node: nodes });
    expect(() => indexGraph(graph)).toThrow(message);
    expect(() => indexGraph(graph)).toThrow(expect.objectContaining({ name: 'GraphError' }));
  });

  it('refuses an output that nothing makes', () => {
    const graph = graphOf({
      input: [value('x', T.FLOAT, 1)],
      node: [node('A', ['x'], ['y'])],
      output: [value('z', T.FLOAT, 1)],
    });
    expect(() => indexGraph(graph)).toThrow(/"z"/);
  });

  it('takes a chain of 20,000 nodes, backwards', () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => node('A', [`t${i}`], [`t${i + 1}`]));
    const graph = graphOf({ input: [value('t0', T.FLOAT, 1)], node: nodes.reverse() });
    expect(indexGraph(graph).order[0]?.output).toEqual(['t1']);
  });
});

/** Graphs whose nodes read any earlier tensors, listed in any order. */
const anyGraph = fc
  .array(fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .chain((reads) => {
    const nodes = reads.map((from, i) =>
      node(
        'Sum',
        from.map((at) => `t${at % (i + 1)}`),
        [`t${i + 1}`],
      ),
    );
    return fc
      .shuffledSubarray(nodes, { minLength: nodes.length })
      .map((shuffled) => graphOf({ input: [value('t0', T.FLOAT, 1)], node: shuffled }));
  });

/** True when every node stands after the nodes whose outputs it reads. */
function inOrder({ node: nodes, input }: GraphProto): boolean {
  const made = new Set(input.map(({ name }) => name));
  return nodes.every(({ input: reads, output }) => {
    const ready = reads.every((name) => made.has(name));
    for (const name of output) made.add(name);
    return ready;
  });
}

describe('GraphEditor', () => {
  it('puts nodes in order, whatever the order was', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        new GraphEditor(graph).finish();
        expect(inOrder(graph)).toBe(true);
      }),
    );
  });

  it('makes names that nothing has, never one twice', () => {
    fc.assert(
      fc.property(anyGraph, fc.array(fc.constantFrom('t0', 't1', 'new', '')), (graph, bases) => {
        const editor = new GraphEditor(graph);
        const names = bases.map((base) => editor.uniqueName(base));
        const taken = new Set(graph.node.flatMap(({ name, output }) => [name, ...output]));
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => taken.has(name) || name === 't0')).toEqual([]);
      }),
    );
  });

  it('puts a node behind a tensor for every reader of it', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const editor = new GraphEditor(graph);
        const made = editor.uniqueName('t0');
        const added = create(GraphProtoSchema, { node: [node('Neg', ['t0'], [made])] }).node;
        editor.add(...added);
        editor.redirect('t0', made, new Set(added));
        editor.finish();
        expect(inOrder(graph)).toBe(true);
        expect(indexGraph(graph).consumers.get('t0')).toEqual(added);
      }),
    );
  });

  it('redirects what branches capture, not what they hide', () => {
    const capturing = { node: [node('Neg', ['x'], ['t'])], output: [value('t', T.FLOAT)] };
    const hiding = { node: [node('Neg', ['c'], ['x'])], output: [value('x', T.FLOAT)] };
    const handing = { node: [], output: [value('x', T.FLOAT)] };
    const graph = graphOf({
      input: [value('c', T.BOOL), value('x', T.FLOAT)],
      node: [capturing, hiding, handing].map((g, i) =>
        node('If', ['c'], [`y${i}`], { then_branch: create(GraphProtoSchema, g) }),
      ),
    });
    new GraphEditor(graph).redirect('x', 'z');
    const [first, second, third] = graph.node.map(({ attribute }) => attribute[0]?.g);
    expect(first?.node[0]?.input).toEqual(['z']);
    expect(second?.output[0]?.name).toBe('x');
    expect(third?.output[0]?.name).toBe('z');
  });

  it('refuses to finish a graph with a missing tensor', () => {
    const graph = diamond(0, 1, 2);
    const editor = new GraphEditor(graph);
    editor.remove(new Set(graph.node.filter(({ opType }) => opType === 'B')));
    expect(() => editor.finish()).toThrow(/"b"/);
  });
});
