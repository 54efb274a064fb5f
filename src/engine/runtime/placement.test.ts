import { describe, expect, it } from 'vitest';
import { readPlacement } from './placement.ts';

const PREFIX = '2026-11-23 09:00:00.000000 [V:onnxruntime:, session_state.cc:1316 Verify]';
const one = (provider: string, nodes: number) =>
  `${PREFIX}  All nodes placed on [${provider}]. Number of nodes: ${nodes}`;
const some = (provider: string, nodes: number) =>
  `${PREFIX}  Node(s) placed on [${provider}]. Number of nodes: ${nodes}`;
const node = (operator: string, name: string) => `${PREFIX}   ${operator} (${name})`;
const coloured = (line: string) => `\u001b[1;33m${line}\u001b[m`;

describe('readPlacement', () => {
  it('reads that all nodes went to one provider', () => {
    expect(readPlacement([one('CPUExecutionProvider', 19)])).toEqual([
      { provider: 'CPUExecutionProvider', nodes: 19, operators: [] },
    ]);
  });

  it('gives each provider its own operators, each once, whatever nodes are called', () => {
    const log = [
      some('WebGpuExecutionProvider', 3),
      node('Conv', '/block/conv (fused)'),
      node('Conv', 'conv2'),
      node('MatMul', ''),
      some('CPUExecutionProvider', 1),
      node('Gather', 'x'),
    ];
    const expected = [
      { provider: 'WebGpuExecutionProvider', nodes: 3, operators: ['Conv', 'MatMul'] },
      { provider: 'CPUExecutionProvider', nodes: 1, operators: ['Gather'] },
    ];
    expect(readPlacement(log)).toEqual(expected);
    expect(readPlacement(log.map(coloured))).toEqual(expected);
  });

  it('passes over whatever else is logged, before, between and after', () => {
    const noise = [
      '',
      'Node placements',
      '[I:onnxruntime:, inference_session.cc:2] Session successfully initialized.',
      '[V:onnxruntime:, bfc_arena.cc:1] Reserving memory (256 bytes)',
    ];
    const log = [...noise, node('Conv', 'before'), one('WebGpuExecutionProvider', 2), ...noise];
    expect(readPlacement(log)).toEqual([
      { provider: 'WebGpuExecutionProvider', nodes: 2, operators: [] },
    ]);
  });
});
