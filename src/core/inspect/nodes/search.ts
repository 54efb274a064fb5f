import { elementName } from '../../onnx/elements.ts';
import type { InspectedNode } from '../inspection.ts';
import { dimText } from '../shapes/dims.ts';
import { intensityOf } from './measures.ts';

/** Whether an operator, a name, a tensor or a body contains the text, in any case. */
export function matches(node: InspectedNode, query: string): boolean {
  const text = query.trim().toLowerCase();
  const has = (value: string) => value.toLowerCase().includes(text);
  const { operator, domain, name, body, inputs, outputs } = node;
  return (
    text === '' ||
    has(operator) ||
    has(name) ||
    has(body) ||
    has(domain) ||
    inputs.some((port) => has(port.name)) ||
    outputs.some((port) => has(port.name))
  );
}

/** The name, or for a nameless node the tensor that it makes: "→ features.0". */
export function calledOf({ name, outputs }: Pick<InspectedNode, 'name' | 'outputs'>): string {
  if (name !== '') return name;
  const made = outputs.find((port) => port.name !== '');
  return made ? `→ ${made.name}` : '';
}

/** "1×32×56×56"; "scalar"; '' where nothing is known. */
export function shapeText({ outputs }: Pick<InspectedNode, 'outputs'>): string {
  const shape = outputs[0]?.type?.shape;
  if (!shape) return '';
  return shape.length === 0 ? 'scalar' : shape.map(dimText).join('×');
}

/** "float32", of the first output. */
export function elementText({ outputs }: Pick<InspectedNode, 'outputs'>): string {
  const type = outputs[0]?.type;
  if (!type) return '';
  return type.container ? `${type.container} of ${elementName(type.elem)}` : elementName(type.elem);
}

type Key = string | number | null;

/** What a table of nodes can be sorted by. */
export const SORTS = {
  order: ({ id }) => id,
  operator: ({ operator }) => operator.toLowerCase(),
  name: ({ name }) => name.toLowerCase() || null,
  output: ({ outputs }) =>
    outputs[0]?.type?.shape?.reduce<number>(
      (size, dim) => (typeof dim === 'number' ? size * dim : size),
      1,
    ) ?? null,
  macs: ({ cost }) => cost?.macs ?? null,
  flops: ({ cost }) => cost?.flops ?? null,
  parameters: ({ parameters }) => parameters,
  read: ({ cost }) => cost?.read ?? null,
  written: ({ cost }) => cost?.written ?? null,
  intensity: intensityOf,
  live: ({ live }) => live,
} as const satisfies Readonly<Record<string, (node: InspectedNode) => Key>>;

export type SortKey = keyof typeof SORTS;
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** A figure is asked for from the largest down, a name and the order from the first up. */
export const firstSort = (key: SortKey): Sort => ({
  key,
  descending: !(key === 'order' || key === 'operator' || key === 'name'),
});

/** Sorts anew; equal ones stay in the order of the model, and unknown ones come last either way. */
export function sorted(
  nodes: readonly InspectedNode[],
  { key, descending }: Sort,
): InspectedNode[] {
  const keyed = nodes.map((node) => ({ node, by: SORTS[key](node) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
    return a.by < b.by ? -sign : a.by > b.by ? sign : 0;
  });
  return keyed.map(({ node }) => node);
}
