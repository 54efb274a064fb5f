import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { modelOf, node } from '../../onnx/build.ts';
import { readModel } from '../../onnx/read.ts';
import { readProfile } from './events.ts';
import type { FileNode } from './match.ts';
import { matchNodes, nodeName, withNodeNames } from './match.ts';
import { mergeProfile } from './merge.ts';

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));

function digits(form: string, backend: string) {
  const text = gunzipSync(bytesOf(`./fixtures/profile-digits-${form}-${backend}.json.gz`));
  const { nodes } = mergeProfile(readProfile(text.toString()), 1);
  const file = readModel(bytesOf(`../../../../public/models/digits-${form}.onnx`), form);
  const fileNodes = (file.graph?.node ?? []).map(
    ({ name, opType, output }): FileNode => ({ name, op: opType, outputs: output }),
  );
  const { origins, executed } = matchNodes(nodes, fileNodes);
  const gone = fileNodes.filter((_, i) => executed[i] === null).map(({ op }) => op);
  const of = (kind: string) => nodes.filter((_, i) => origins[i]?.kind === kind);
  return { origins, executed, nodes, fileNodes, of, gone };
}

const file = (op: string, name = '', output = 'y'): FileNode => ({ name, op, outputs: [output] });
const ran = (operator: string, name: string) => ({ operator, name });
const match = (executed: ReturnType<typeof ran>, ...nodes: FileNode[]) =>
  matchNodes([executed], nodes).origins[0];

describe('matchNodes', () => {
  it.each([
    ['fp32', 'wasm', 14, 0, { Relu: 5 }],
    ['int8', 'wasm', 15, 4, { DequantizeLinear: 28, QuantizeLinear: 11 }],
    ['int8w', 'wasm', 22, 0, { Relu: 5 }],
    ['fp32', 'webgpu', 14, 4, { Relu: 5 }],
    ['int8', 'webgpu', 48, 51, { DequantizeLinear: 6 }],
  ])('finds the nodes of digits-%s on %s', (form, backend, matched, inserted, missing) => {
    const { of, gone, origins, executed, nodes, fileNodes } = digits(form, backend);
    expect([of('file').length, of('inserted').length]).toEqual([matched, inserted]);
    expect(of('fused')).toEqual([]);
    const counts: Record<string, number> = {};
    for (const op of gone) counts[op] = (counts[op] ?? 0) + 1;
    expect(counts).toEqual(missing);
    origins.forEach((origin, i) => {
      if (origin.kind !== 'file') return;
      expect(executed[origin.node]).toBe(i);
      expect(nodes[i]?.name).toContain(fileNodes[origin.node]?.name);
    });
  });

  it.each([
    ['FusedConv', 'conv'],
    ['QLinearConv', 'conv_token_7'],
    ['FusedGemm', 'fused conv'],
    ['Gemm', 'conv/MatMulAddFusion'],
    ['FusedGemm', 'fused conv/MatMulAddFusion_token_0'],
    ['LayerNormalization', 'conv/LayerNormFusion/'],
    ['QuickGelu', 'conv/QuickGeluFusion/'],
    ['Conv', 'conv_nchwc'],
  ])('knows %s "%s" as "conv"', (operator, name) => {
    expect(match(ran(operator, name), file('Add', 'other'), file('Conv', 'conv'))).toEqual({
      kind: 'file',
      node: 1,
    });
  });

  it('prefers a name as it is to one that the runtime may have made', () => {
    const executed = [ran('Conv', 'a_token_1'), ran('Conv', 'a')];
    const { origins } = matchNodes(executed, [file('Conv', 'a'), file('Conv', 'a_token_1')]);
    expect(origins).toEqual([
      { kind: 'file', node: 1 },
      { kind: 'file', node: 0 },
    ]);
    const inserted = [ran('Transpose', 'Transpose_token_3'), ran('Transpose', 'Transpose')];
    expect(matchNodes(inserted, [file('Transpose', 'Transpose')]).origins).toEqual([
      { kind: 'inserted' },
      { kind: 'file', node: 0 },
    ]);
  });

  it('takes no conversion for the node whose name it bears', () => {
    expect(match(ran('Cast', 'conv_token_2'), file('Conv', 'conv'))).toEqual({ kind: 'inserted' });
  });

  it('says when the runtime does not tell what it fused', () => {
    expect(match(ran('SkipLayerNormalization', 'SkipLayerNormalization_token_3'))).toEqual({
      kind: 'fused',
    });
  });

  it('finds nodes by the names they are given', () => {
    const nameless = [file('Relu', '', 'a'), file('Relu', '', 'b')];
    expect(match(ran('Relu', 'Relu:b'), ...nameless)).toEqual({ kind: 'file', node: 1 });
  });
});

describe('withNodeNames', () => {
  const unnamed = (op: string, output: string, attributes = {}) => ({
    ...node(op, ['x'], [output], attributes),
    name: '',
  });

  it('names nodes that have none, in branches too, and leaves the given model as it was', () => {
    const branch = { node: [unnamed('Neg', 'n'), node('Abs', ['n'], ['m'])] };
    const model = modelOf({
      node: [
        unnamed('Relu', 'y'),
        node('Abs', ['y'], ['z']),
        unnamed('If', 'w', { then_branch: branch }),
      ],
    });
    const before = structuredClone(model);
    const { graph } = withNodeNames(model);
    expect(graph?.node.map(({ name }) => name)).toEqual(['Relu:y', 'Abs_z', 'If:w']);
    expect(graph?.node[2]?.attribute[0]?.g?.node.map(({ name }) => name)).toEqual([
      'Neg:n',
      'Abs_m',
    ]);
    expect(model).toEqual(before);
  });

  it('skips outputs that are left out', () => {
    expect(nodeName({ name: '', op: 'LSTM', outputs: ['', 'h'] })).toBe('LSTM:h');
  });
});
