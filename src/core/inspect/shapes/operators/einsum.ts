import type { Dim } from '../dim.ts';
import { Contradiction, type NodeView, type ShapeRule } from '../view.ts';
import { shapeText } from './axes.ts';
import { broadcast } from './elementwise.ts';

const ELLIPSIS = '...';

/** "ab...c" as labels, the ellipsis being one of them. */
function labelsOf(term: string): string[] {
  const labels = term.replaceAll(/\s/g, '').match(/\.\.\.|[A-Za-z]/g) ?? [];
  if (labels.join('') !== term.replaceAll(/\s/g, '')) {
    throw new Contradiction(`The Einsum term "${term}" cannot be read.`);
  }
  return labels;
}

/** What the labels of one operand stand for. */
function bind(term: string, shape: readonly Dim[]): [label: string, sizes: readonly Dim[]][] {
  const labels = labelsOf(term);
  const open = labels.includes(ELLIPSIS) ? shape.length - labels.length + 1 : 0;
  const width = (label: string) => (label === ELLIPSIS ? open : 1);
  if (open < 0 || labels.reduce((sum, label) => sum + width(label), 0) !== shape.length) {
    throw new Contradiction(
      `The Einsum term "${term}" does not fit the operand ${shapeText(shape)}.`,
    );
  }
  let at = 0;
  return labels.map((label) => {
    const from = at;
    at += width(label);
    return [label, shape.slice(from, at)];
  });
}

/**
 * Labels of the result. Without an arrow: what the ellipses stand for, then the labels that come
 * once, in alphabetical order (numpy's implicit mode).
 */
function resultLabels(equation: string, terms: readonly string[]): string[] {
  const [, right] = equation.split('->');
  if (right !== undefined) return labelsOf(right);
  const all = terms.flatMap(labelsOf);
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
  const letters = once.filter((label) => label !== ELLIPSIS).sort();
  return all.includes(ELLIPSIS) ? [ELLIPSIS, ...letters] : letters;
}

function summed(node: NodeView): readonly Dim[] | null {
  const equation = node.text('equation', '');
  const terms = (equation.split('->')[0] as string).split(',');
  if (terms.length !== node.node.input.length) {
    throw new Contradiction(
      `"${equation}" has ${terms.length} operands, and the node has ${node.node.input.length}.`,
    );
  }
  const sizes = new Map<string, readonly Dim[]>();
  for (const [i, term] of terms.entries()) {
    const shape = node.shape(i);
    if (!shape) continue;
    for (const [label, found] of bind(term, shape)) {
      const before = sizes.get(label);
      sizes.set(label, before ? (broadcast(node, [before, found]) ?? found) : found);
    }
  }
  const labels = resultLabels(equation, terms);
  const unknown = node.inputs.some((input) => !input?.shape);
  if (unknown && labels.includes(ELLIPSIS)) return null;
  return labels.flatMap((label) => {
    const found = sizes.get(label);
    if (found) return found;
    if (unknown) return [node.fresh()];
    throw new Contradiction(`"${equation}" gives out the label "${label}", which no operand has.`);
  });
}

/** Sums of products by an equation such as "bhqd,bhkd->bhqk". */
export const einsum: ShapeRule = (node) => [node.like(0, summed(node))];
