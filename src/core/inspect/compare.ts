import type { InspectedNode, Inspection } from './inspection.ts';
import { typeText } from './shapes/types.ts';

/** One line of a comparison: a node of both models, or of one of them alone. */
export interface ComparedNode {
  /** Node of the first model; null where only the second has one. */
  readonly a: InspectedNode | null;
  readonly b: InspectedNode | null;
  /** What differs between the two, in words with both values; empty for equal nodes. */
  readonly differences: readonly string[];
}

export interface Comparison {
  /** In the order of the first model, with the second's own nodes where they stand in it. */
  readonly nodes: readonly ComparedNode[];
  readonly same: number;
  readonly changed: number;
  readonly onlyA: number;
  readonly onlyB: number;
}

const mainNodes = ({ nodes }: Inspection) => nodes.filter(({ within }) => within.length === 0);

/**
 * Finds which nodes of two models belong together: by name and operator, then by the tensor that
 * they make, then, between those, equal operators in order. Names survive most tools (quantizers,
 * converters, optimisers), tensors fewer, the order of operators nearly all.
 */
export function compareModels(first: Inspection, second: Inspection): Comparison {
  const [as, bs] = [mainNodes(first), mainNodes(second)];
  const pairs = new Map<InspectedNode, InspectedNode>();
  pairBy(as, bs, pairs, ({ name, operator }) => (name ? `${operator} ${name}` : null));
  pairBy(as, bs, pairs, ({ operator, outputs }) => `${operator} ${outputs[0]?.name ?? ''}`);
  pairInGaps(as, bs, pairs);
  const nodes = merged(as, bs, pairs);
  const count = (test: (node: ComparedNode) => boolean) => nodes.filter(test).length;
  return {
    nodes,
    same: count(({ a, b, differences }) => a !== null && b !== null && differences.length === 0),
    changed: count(({ differences }) => differences.length > 0),
    onlyA: count(({ b }) => b === null),
    onlyB: count(({ a }) => a === null),
  };
}

type Pairs = Map<InspectedNode, InspectedNode>;

/** Pairs what has the same key, where exactly one unpaired node on each side has it. */
function pairBy(
  as: readonly InspectedNode[],
  bs: readonly InspectedNode[],
  pairs: Pairs,
  key: (node: InspectedNode) => string | null,
): void {
  const taken = new Set(pairs.values());
  const candidates = new Map<string, InspectedNode | null>();
  for (const b of bs) {
    const k = key(b);
    if (k !== null && !taken.has(b)) candidates.set(k, candidates.has(k) ? null : b);
  }
  const seen = new Set<string>();
  for (const a of as) {
    const k = key(a);
    if (k === null || pairs.has(a) || seen.has(k)) continue;
    seen.add(k);
    const b = candidates.get(k);
    if (b) pairs.set(a, b);
  }
}

/** A table of this many cells is filled in a few milliseconds; longer gaps stay unpaired. */
const MAX_CELLS = 1_000_000;

/** Between nodes already paired in order, pairs equal operators: a longest common subsequence. */
function pairInGaps(
  as: readonly InspectedNode[],
  bs: readonly InspectedNode[],
  pairs: Pairs,
): void {
  const place = new Map(bs.map((b, i) => [b, i]));
  let [fromA, fromB] = [0, 0];
  const paired = new Set(pairs.values());
  const close = (toA: number, toB: number) => {
    const gapA = as.slice(fromA, toA).filter((a) => !pairs.has(a));
    const gapB = bs.slice(fromB, toB).filter((b) => !paired.has(b));
    if (gapA.length * gapB.length <= MAX_CELLS) {
      for (const [a, b] of commonOperators(gapA, gapB)) pairs.set(a, b);
    }
    fromA = toA + 1;
    fromB = toB + 1;
  };
  as.forEach((a, i) => {
    const at = place.get(pairs.get(a) as InspectedNode);
    if (at !== undefined && at >= fromB) close(i, at);
  });
  close(as.length, bs.length);
}

function commonOperators(
  as: readonly InspectedNode[],
  bs: readonly InspectedNode[],
): [InspectedNode, InspectedNode][] {
  const width = bs.length + 1;
  const longest = new Uint32Array((as.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  const same = (i: number, j: number) => as[i]?.operator === bs[j]?.operator;
  for (let i = as.length - 1; i >= 0; i--) {
    for (let j = bs.length - 1; j >= 0; j--) {
      longest[i * width + j] = same(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common: [InspectedNode, InspectedNode][] = [];
  for (let i = 0, j = 0; i < as.length && j < bs.length; ) {
    if (same(i, j)) common.push([as[i++] as InspectedNode, bs[j++] as InspectedNode]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return common;
}

/** The second model's own nodes come before the first later node that both have. */
function merged(
  as: readonly InspectedNode[],
  bs: readonly InspectedNode[],
  pairs: Pairs,
): ComparedNode[] {
  const place = new Map(bs.map((b, i) => [b, i]));
  const paired = new Set(pairs.values());
  const nodes: ComparedNode[] = [];
  let next = 0;
  const ownUntil = (end: number) => {
    for (; next < end; next++) {
      const b = bs[next];
      if (b && !paired.has(b)) nodes.push({ a: null, b, differences: [] });
    }
  };
  for (const a of as) {
    const b = pairs.get(a) ?? null;
    if (b) ownUntil(place.get(b) ?? 0);
    nodes.push({ a, b, differences: b ? differencesOf(a, b) : [] });
  }
  ownUntil(bs.length);
  return nodes;
}

const printedType = (type: InspectedNode['outputs'][number]['type']) =>
  type ? typeText(type) : 'unknown';

/** What differs, in words; names do not count, since tools change them freely. */
function differencesOf(a: InspectedNode, b: InspectedNode): string[] {
  const differences: string[] = [];
  const note = (what: string, x: string, y: string) => {
    if (x !== y) differences.push(`${what} ${x} → ${y}`);
  };
  note('operator', a.operator, b.operator);
  const outputs = Math.max(a.outputs.length, b.outputs.length);
  for (let i = 0; i < outputs; i++) {
    const which = outputs === 1 ? 'output' : `output ${i + 1}`;
    note(which, printedType(a.outputs[i]?.type ?? null), printedType(b.outputs[i]?.type ?? null));
  }
  note('inputs', String(given(a)), String(given(b)));
  const [attributesA, attributesB] = [new Map(a.attributes), new Map(b.attributes)];
  for (const name of new Set([...attributesA.keys(), ...attributesB.keys()])) {
    note(name, attributesA.get(name) ?? 'not set', attributesB.get(name) ?? 'not set');
  }
  note('MACs', printedCost(a, 'macs'), printedCost(b, 'macs'));
  note('parameters', String(a.parameters), String(b.parameters));
  note('bytes read', printedCost(a, 'read'), printedCost(b, 'read'));
  note('bytes written', printedCost(a, 'written'), printedCost(b, 'written'));
  return differences;
}

const given = ({ inputs }: InspectedNode) => inputs.filter(({ name }) => name !== '').length;
const printedCost = ({ cost }: InspectedNode, key: 'macs' | 'read' | 'written') =>
  cost ? String(cost[key]) : 'unknown';
