/** What was done to each node, what error it makes and, after Auto, what each form of it costs. */
import type { NodeChoice } from '../../core/compress/auto/choice.ts';
import type { LayerError } from '../../core/compress/proof/proof.ts';
import type { Decision } from '../../core/compress/technique.ts';
import type { Made } from './compress.ts';
import { readyValue } from './compressView.ts';

/** One node of the original. */
export interface LayerRow {
  /** Its first output. */
  readonly node: string;
  readonly title: string;
  readonly operator: string;
  readonly outcome: Decision['outcome'];
  /** What every step of the recipe did to it, and why; the last first. */
  readonly reasons: readonly { readonly technique: string; readonly reason: string }[];
  readonly error: LayerError | null;
  readonly choice: NodeChoice | null;
}

const WEIGHT: Readonly<Record<Decision['outcome'], number>> = { kept: 0, removed: 1, changed: 2 };

/** In the order of the last step's decisions. */
export function layerRows(made: Made): LayerRow[] {
  const errors = new Map((readyValue(made.layers) ?? []).map((error) => [error.tensor, error]));
  const choices = new Map((made.auto?.choices ?? []).map((choice) => [choice.node, choice]));
  const rows = new Map<string, LayerRow>();
  for (const { title: technique, decisions } of made.reports.toReversed()) {
    for (const { node, title, operator, outcome, reason } of decisions) {
      const before = rows.get(node);
      const reasons = [...(before?.reasons ?? []), { technique, reason }];
      const strongest =
        before && WEIGHT[before.outcome] >= WEIGHT[outcome] ? before.outcome : outcome;
      rows.set(node, {
        node,
        title,
        operator,
        outcome: strongest,
        reasons,
        error: errors.get(node) ?? null,
        choice: choices.get(node) ?? null,
      });
    }
  }
  // An error of a node that no step decided on still tells where answers go wrong: it stands
  // after the error before it, since errors come in the order of the graph.
  const order = [...rows.keys()];
  let last = -1;
  for (const [tensor, error] of errors) {
    const known = order.indexOf(tensor);
    last = known >= 0 ? known : last + 1;
    if (known >= 0) continue;
    const { title, operator } = error;
    const choice = choices.get(tensor) ?? null;
    order.splice(last, 0, tensor);
    rows.set(tensor, {
      node: tensor,
      title,
      operator,
      outcome: 'kept',
      reasons: [],
      error,
      choice,
    });
  }
  return order.map((node) => rows.get(node) as LayerRow);
}

export type LayerSort = 'graph' | 'error' | 'time';

const worst = ({ error }: LayerRow) => error?.alone ?? error?.sqnr ?? Number.POSITIVE_INFINITY;

/** Rows whose names or reasons hold the text, in the order asked for. */
export function findLayers(
  rows: readonly LayerRow[],
  query: string,
  outcome: Decision['outcome'] | 'all',
  sort: LayerSort,
): LayerRow[] {
  const text = query.trim().toLowerCase();
  const found = rows.filter(
    (row) =>
      (outcome === 'all' || row.outcome === outcome) &&
      [row.title, row.operator, row.node, ...row.reasons.map(({ reason }) => reason)].some((each) =>
        each.toLowerCase().includes(text),
      ),
  );
  if (sort === 'error') return found.sort((a, b) => worst(a) - worst(b));
  if (sort === 'time') {
    return found.sort((a, b) => (b.choice?.floatMs ?? 0) - (a.choice?.floatMs ?? 0));
  }
  return found;
}
