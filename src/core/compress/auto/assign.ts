import type { Decibel, Milliseconds } from '../../units.ts';
import type { Form, FormFacts } from './choice.ts';
import { Network } from './cut.ts';

/** One node of the graph, as measured. */
export interface Candidacy {
  /** Its first output. */
  readonly node: string;
  readonly floatMs: Milliseconds;
  /** Null where it must not, or cannot, be in this form. */
  readonly static: FormFacts | null;
  readonly dynamic: FormFacts | null;
}

/** A tensor between nodes, and what it costs to change it where its maker and a reader differ. */
export interface NodeLink {
  /** Place of its maker; null for an input of the model, which is float. */
  readonly from: number | null;
  /** Places of its readers. */
  readonly to: readonly number[];
  /** Something reads it in float whatever is chosen: the model's caller, a node that has only float. */
  readonly readInFloat: boolean;
  /** From float to codes, once for all readers. */
  readonly quantizeMs: Milliseconds;
  /** From codes to float, once for all readers. */
  readonly dequantizeMs: Milliseconds;
}

/** A graph whose nodes are to be given forms. */
export interface Assignment {
  readonly nodes: readonly Candidacy[];
  readonly links: readonly NodeLink[];
}

/** Noise that a node adds, as a share of its signal; what was not measured counts as none. */
export const noiseOf = (facts: FormFacts | null): number =>
  facts?.alone == null ? 0 : 10 ** (-facts.alone / 10);

const priced = (facts: FormFacts, price: Milliseconds) => facts.ms + price * noiseOf(facts);

/** The cheaper of the forms that read and make floats. */
function bestFloat(node: Candidacy, price: Milliseconds): readonly [Form, Milliseconds] {
  const dynamic = node.dynamic ? priced(node.dynamic, price) : Number.POSITIVE_INFINITY;
  return dynamic < node.floatMs ? ['dynamic', dynamic] : ['float', node.floatMs];
}

/**
 * The forms that take the least time in sum, with the changes between codes and floats: exactly,
 * as a minimum cut, since only two kinds of tensors exist, codes and floats.
 * @param price time that one unit of noise may cost; 0 asks for speed alone
 */
export function cheapest({ nodes, links }: Assignment, price: Milliseconds): Form[] {
  const network = new Network();
  // The source's side works on codes.
  const codes = network.vertex();
  const floats = network.vertex();
  const vertices = nodes.map(() => network.vertex());
  const float = nodes.map((node) => bestFloat(node, price));
  nodes.forEach((node, i) => {
    const vertex = vertices[i] as number;
    network.edge(vertex, floats, node.static ? priced(node.static, price) : NEVER);
    network.edge(codes, vertex, Math.min(NEVER, float[i]?.[1] ?? 0));
  });
  for (const { from, to, readInFloat, quantizeMs, dequantizeMs } of links) {
    const maker = from === null ? floats : (vertices[from] as number);
    const readers = to.map((reader) => vertices[reader] as number);
    // Paid once, however many readers are on the other side.
    const quantized = network.vertex();
    network.edge(quantized, maker, quantizeMs);
    for (const reader of readers) network.edge(reader, quantized, NEVER);
    const dequantized = network.vertex();
    network.edge(maker, dequantized, dequantizeMs);
    for (const reader of readers) network.edge(dequantized, reader, NEVER);
    if (readInFloat) network.edge(dequantized, floats, NEVER);
  }
  const inCodes = network.sourceSide(codes, floats);
  return nodes.map((_, i) =>
    inCodes.has(vertices[i] as number) ? 'static' : (float[i] as [Form, number])[0],
  );
}

/** More than any sum of times; not infinite, so that differences stay numbers. */
const NEVER: Milliseconds = 1e9;

/** Noise of a choice: what its nodes add, as if nothing cancelled. */
export function totalNoise({ nodes }: Assignment, forms: readonly Form[]): number {
  return nodes.reduce((sum, node, i) => {
    const form = forms[i];
    return form === 'static' || form === 'dynamic' ? sum + noiseOf(node[form]) : sum;
  }, 0);
}

const PRICES = { least: 1e-3, most: 1e9, steps: 40 } as const;

/**
 * The fastest forms whose noise in sum stays under a bound, as a price on noise finds them: what
 * a higher price would still change is not looked at, so that a better choice may exist.
 */
export function cheapestWithin(assignment: Assignment, mostNoise: number): Form[] {
  const free = cheapest(assignment, 0);
  if (totalNoise(assignment, free) <= mostNoise) return free;
  let low = Math.log(PRICES.least);
  let high = Math.log(PRICES.most);
  let best: Form[] = assignment.nodes.map(() => 'float');
  for (let step = 0; step < PRICES.steps; step++) {
    const middle = (low + high) / 2;
    const forms = cheapest(assignment, Math.exp(middle));
    if (totalNoise(assignment, forms) <= mostNoise) {
      best = forms;
      high = middle;
    } else low = middle;
  }
  return best;
}

/** Noise in sum as the ratio that people read. */
export const asDecibel = (noise: number): Decibel => -10 * Math.log10(noise);
