import type { ProviderShare } from '../../core/session/runner.ts';

/**
 * The runtime says which provider got which nodes only in its verbose log, which it prints
 * through the console of its thread:
 *
 *   [V:onnxruntime:…] All nodes placed on [WebGpuExecutionProvider]. Number of nodes: 12
 *   [V:onnxruntime:…]  Node(s) placed on [CPUExecutionProvider]. Number of nodes: 3
 *   [V:onnxruntime:…]   QuantizeLinear (image_QuantizeLinear)
 */
const PROVIDER = /(?:All nodes|Node\(s\)) placed on \[(\w+)\]\. Number of nodes: (\d+)/;
const NODE = /\]\s{2,}(\w+) \(.*\)\s*$/;
/** The log is coloured for terminals. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/** Reads the placement from what a verbose session's creation logs. */
export function readPlacement(log: readonly string[]): ProviderShare[] {
  const shares: { provider: string; nodes: number; operators: Set<string> }[] = [];
  for (const coloured of log) {
    const line = coloured.replace(COLOUR, '');
    const provider = PROVIDER.exec(line);
    if (provider) {
      const [, name = '', nodes = '0'] = provider;
      shares.push({ provider: name, nodes: Number(nodes), operators: new Set() });
      continue;
    }
    const operator = NODE.exec(line)?.[1];
    if (operator) shares.at(-1)?.operators.add(operator);
  }
  return shares.map((share) => ({ ...share, operators: [...share.operators] }));
}
