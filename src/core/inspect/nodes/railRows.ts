import type { Inspection } from '../inspection.ts';
import type { Link, Links } from './links.ts';

/** A row before it is known which columns it has. */
export interface PlannedRow {
  /** A model's input where it is first read, a node, or a model's output where it is complete. */
  readonly kind: 'input' | 'node' | 'output';
  /** The node; null for inputs and outputs. */
  readonly node: number | null;
  /** The tensor of an input or output; null for nodes. */
  readonly end: Link | null;
  /** How many bodies it stands in. */
  readonly depth: number;
  /** The body that begins with this row; '' for none. */
  readonly opens: string;
  /** Activations that it reads, each once. */
  readonly reads: readonly Link[];
  readonly makes: readonly Link[];
}

function activations(links: readonly (Link | null)[]): Link[] {
  const found: Link[] = [];
  for (const link of links) {
    if (link && !link.constant && !found.includes(link)) found.push(link);
  }
  return found;
}

const enter = (end: Link): PlannedRow => ({
  kind: 'input',
  node: null,
  end,
  depth: 0,
  opens: '',
  reads: [],
  makes: [end],
});

const leave = (end: Link): PlannedRow => ({
  kind: 'output',
  node: null,
  end,
  depth: 0,
  opens: '',
  reads: activations([end]),
  makes: [],
});

/** The model's inputs and outputs by the node of the main graph beside which they stand. */
function endsOf({ nodes, inputs, outputs }: Inspection, links: Links) {
  const main = (id: number) => nodes[id]?.within[0] ?? id;
  const named = new Map<string, Link>();
  for (const link of links.all) if (link.given || link.wanted) named.set(link.name, link);
  const at = (names: readonly { name: string }[], place: (link: Link) => number) => {
    const ends = new Map<number, Link[]>();
    for (const { name } of names) {
      const link = named.get(name);
      if (!link) continue;
      const node = main(place(link));
      ends.set(node, [...(ends.get(node) ?? []), link]);
    }
    return ends;
  };
  return {
    before: at(inputs, ({ readers }) => readers[0] ?? 0),
    after: at(outputs, ({ maker, readers }) => Math.max(maker ?? 0, readers.at(-1) ?? 0)),
  };
}

/**
 * The rows of a listing in order: an input just before the node that first reads it, an output
 * just after the node that makes it or reads it last. Bodies' nodes stand below their node.
 */
export function planRows(inspection: Inspection, links: Links): PlannedRow[] {
  const { before, after } = endsOf(inspection, links);
  const begun = new Set<string>();
  const rows: PlannedRow[] = [];
  let main = -1;
  for (const { id, within, body } of inspection.nodes) {
    const around = within.at(-1);
    if (around === undefined) {
      rows.push(...(after.get(main) ?? []).map(leave));
      main = id;
      rows.push(...(before.get(id) ?? []).map(enter));
    }
    let opens = '';
    if (around !== undefined) {
      const key = `${around}/${body}`;
      if (!begun.has(key)) opens = body;
      begun.add(key);
    }
    rows.push({
      kind: 'node',
      node: id,
      end: null,
      depth: within.length,
      opens,
      reads: activations(links.inputs[id] ?? []),
      makes: activations(links.outputs[id] ?? []),
    });
  }
  if (main < 0) rows.push(...(before.get(0) ?? []).map(enter));
  rows.push(...(after.get(Math.max(0, main)) ?? []).map(leave));
  return rows;
}
