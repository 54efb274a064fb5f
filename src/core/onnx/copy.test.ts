import { expect, it } from 'vitest';
import { floats, modelOf, node, value } from './build.ts';
import { copyModel } from './copy.ts';
import { GraphEditor } from './edit.ts';
import { type ModelProto, TensorProto_DataType as T } from './onnx_pb.ts';
import { concat, modelParts } from './write.ts';

const model = () =>
  modelOf({
    input: [value('x', T.FLOAT, 2)],
    output: [value('y', T.FLOAT, 2)],
    initializer: [floats('w', [2], [1, 2])],
    node: [
      node('Add', ['x', 'w'], ['s']),
      node('If', ['c'], ['i'], {
        then_branch: { output: [value('t', T.FLOAT, 2)], node: [node('Neg', ['s'], ['t'])] },
        else_branch: { output: [value('e', T.FLOAT, 2)], node: [node('Relu', ['s'], ['e'])] },
      }),
      node('Add', ['i', 's'], ['y']),
    ],
  });

const bytes = (of: ModelProto) => Buffer.from(concat(modelParts(of)));

/** All that techniques do to a graph. */
function edit({ graph, opsetImport }: ModelProto): void {
  if (!graph) throw new Error('no graph');
  const editor = new GraphEditor(graph);
  editor.redirect('s', 'other');
  editor.remove(new Set(graph.node.slice(2)));
  graph.initializer.push(...graph.initializer);
  for (const each of graph.node) each.attribute.pop();
  graph.valueInfo.push(...graph.input);
  const [import0] = opsetImport;
  if (import0) import0.version = 21n;
  for (const output of graph.output) output.name = 'z';
}

it('leaves either of two alone when the other is edited', () => {
  const before = bytes(model());
  const [first, second] = [model(), model()];
  const copies = [copyModel(first), copyModel(second)] as const;
  expect(bytes(copies[0]).equals(before)).toBe(true);
  edit(first);
  expect(bytes(copies[0]).equals(before)).toBe(true);
  edit(copies[1]);
  expect(bytes(second).equals(before)).toBe(true);
  expect(bytes(first).equals(before)).toBe(false);
});

it('shares weights', () => {
  const original = model();
  expect(copyModel(original).graph?.initializer[0]).toBe(original.graph?.initializer[0]);
});
