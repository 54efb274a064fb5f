import { elementName } from '../../onnx/elements.ts';
import type { InspectedNode } from '../inspection.ts';

type Teller = (value: string) => string | null;

/** "[3, 3]" as ["3", "3"] */
const items = (value: string): string[] =>
  value
    .replace(/^\[|\]$/g, '')
    .split(', ')
    .filter(Boolean);
const plain = (value: string) => value.replace(/^"|"$/g, '');

/** One size where all are the same: "2", else "2×1". */
const sizes = (value: string): string => {
  const all = items(value);
  return new Set(all).size === 1 ? (all[0] ?? '') : all.join('×');
};
const unlessOne =
  (word: string): Teller =>
  (value) =>
    sizes(value) === '1' ? null : `${word} ${sizes(value)}`;
const word =
  (text: string): Teller =>
  (value) =>
    `${text} ${plain(value)}`;
const listed =
  (text: string): Teller =>
  (value) =>
    `${text} ${items(value).join(', ')}`;
const flag =
  (text: string): Teller =>
  (value) =>
    value === '0' ? null : text;

/** What is said of each attribute, in this order; the others are details. */
const TELLERS: readonly (readonly [name: string, tell: Teller])[] = [
  ['kernel_shape', (value) => items(value).join('×')],
  ['strides', unlessOne('stride')],
  ['dilations', unlessOne('dilation')],
  ['group', unlessOne('group')],
  ['axis', word('axis')],
  ['axes', listed('axes')],
  ['perm', (value) => items(value).join(', ')],
  ['to', (value) => `to ${elementName(Number(value))}`],
  ['transA', flag('A transposed')],
  ['transB', flag('B transposed')],
  ['hidden_size', word('hidden')],
  ['direction', (value) => (plain(value) === 'forward' ? null : plain(value))],
  ['num_heads', (value) => `${value} heads`],
  ['blocksize', word('block')],
  ['equation', plain],
  ['mode', plain],
  ['alpha', (value) => (Number(value) === 1 ? null : `alpha ${value}`)],
  ['bits', (value) => `${value} bits`],
];

/** Operators whose second input is a kernel, for those that do not give its size as an attribute. */
const WITH_KERNEL = new Set(['Conv', 'ConvTranspose', 'ConvInteger']);

/** What tells a node from others of its operator: ["3×3", "stride 2", "group 32"]. */
export function headlineAttributes({
  operator,
  attributes,
  inputs,
}: Pick<InspectedNode, 'operator' | 'attributes' | 'inputs'>): string[] {
  const values = new Map(attributes);
  const told = TELLERS.flatMap(([name, tell]) => {
    const value = values.get(name);
    return (value === undefined ? null : tell(value)) ?? [];
  });
  const weight = inputs[1]?.type?.shape;
  if (!WITH_KERNEL.has(operator) || values.has('kernel_shape') || !weight) return told;
  return [weight.slice(2).join('×'), ...told];
}
