import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Assignment,
  type Candidacy,
  cheapest,
  cheapestWithin,
  type NodeLink,
  noiseOf,
  totalNoise,
} from './assign.ts';
import type { Form, FormFacts } from './choice.ts';

/** What forms take in sum, by the definition. */
function costOf({ nodes, links }: Assignment, forms: readonly Form[], price = 0): number {
  const own = nodes.map((node, i) => {
    const form = forms[i] as Form;
    if (form === 'float') return node.floatMs;
    const facts = node[form];
    return facts ? facts.ms + price * noiseOf(facts) : Number.POSITIVE_INFINITY;
  });
  const changes = links.map(({ from, to, readInFloat, quantizeMs, dequantizeMs }) => {
    const inCodes = (place: number) => forms[place] === 'static';
    const made = from !== null && inCodes(from);
    const up = !made && to.some(inCodes) ? quantizeMs : 0;
    const down = made && (readInFloat || to.some((place) => !inCodes(place))) ? dequantizeMs : 0;
    return up + down;
  });
  return [...own, ...changes].reduce((a, b) => a + b, 0);
}

function* all(count: number): Generator<Form[]> {
  if (count === 0) return yield [];
  for (const rest of all(count - 1)) {
    for (const form of ['float', 'static', 'dynamic'] as const) yield [...rest, form];
  }
}

const facts = (ms: number, alone: number | null = null): FormFacts => ({ ms, alone });

const node = (
  floatMs: number,
  inStatic: FormFacts | null,
  inDynamic: FormFacts | null = null,
): Candidacy => ({ node: '', floatMs, static: inStatic, dynamic: inDynamic });

const chain = (nodes: readonly Candidacy[], ms: number): Assignment => ({
  nodes,
  links: [...nodes, null].map(
    (each, i): NodeLink => ({
      from: i === 0 ? null : i - 1,
      to: each ? [i] : [],
      readInFloat: each === null,
      quantizeMs: ms,
      dequantizeMs: ms,
    }),
  ),
});

const times = fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10);
const form = fc.option(fc.record({ ms: times, alone: fc.option(fc.integer({ min: 0, max: 50 })) }));

/** Any acyclic graph of up to five nodes. */
const assignments: fc.Arbitrary<Assignment> = fc
  .array(fc.record({ node: fc.constant(''), floatMs: times, static: form, dynamic: form }), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((nodes) => {
    const links = [null, ...nodes.keys()].map((from) => {
      const later = [...nodes.keys()].filter((place) => place > (from ?? -1));
      return fc.record({
        from: fc.constant(from),
        to: fc.subarray(later),
        readInFloat: fc.boolean(),
        quantizeMs: times,
        dequantizeMs: times,
      });
    });
    return fc.record({ nodes: fc.constant(nodes), links: fc.tuple(...links) });
  });

describe('cheapest', () => {
  it('finds the least of all assignments', () => {
    fc.assert(
      fc.property(assignments, fc.constantFrom(0, 0.5, 20), (assignment, price) => {
        const least = Math.min(
          ...[...all(assignment.nodes.length)].map((forms) => costOf(assignment, forms, price)),
        );
        expect(costOf(assignment, cheapest(assignment, price), price)).toBeCloseTo(least, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a slow node float between fast ones only where that pays for the changes', () => {
    const nodes = [node(4, facts(1)), node(1, facts(3)), node(4, facts(1))];
    expect(cheapest(chain(nodes, 0.2), 0)).toEqual(['static', 'float', 'static']);
    expect(cheapest(chain(nodes, 1.1), 0)).toEqual(['static', 'static', 'static']);
    expect(cheapest(chain(nodes, 3), 0)).toEqual(['float', 'float', 'float']);
  });

  it('keeps all float where nothing is gained', () => {
    expect(cheapest(chain([node(1, facts(1)), node(1, facts(1), facts(1))], 0), 0)).toEqual([
      'float',
      'float',
    ]);
  });

  it('pays for a change once, however many read it', () => {
    const nodes = [node(5, null), node(2, facts(1)), node(2, facts(1)), node(2, facts(1))];
    const one: NodeLink = {
      from: 0,
      to: [1, 2, 3],
      readInFloat: false,
      quantizeMs: 2,
      dequantizeMs: 9,
    };
    expect(cheapest({ nodes, links: [one] }, 0)).toEqual(['float', 'static', 'static', 'static']);
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(assignments, (assignment) => {
        expect(cheapest(assignment, 1)).toEqual(cheapest(assignment, 1));
      }),
      { numRuns: 30 },
    );
  });
});

describe('cheapestWithin', () => {
  const nodes = [node(3, facts(1, 10)), node(3, facts(1, 20)), node(3, facts(2, 40))];

  it('gives up first what adds the most noise for what it saves', () => {
    const assignment = chain(nodes, 0);
    expect(cheapestWithin(assignment, 1)).toEqual(['static', 'static', 'static']);
    expect(cheapestWithin(assignment, 0.05)).toEqual(['float', 'static', 'static']);
    expect(cheapestWithin(assignment, 0.005)).toEqual(['float', 'float', 'static']);
    expect(cheapestWithin(assignment, 0)).toEqual(['float', 'float', 'float']);
  });

  it('never exceeds the bound', () => {
    fc.assert(
      fc.property(assignments, fc.double({ min: 0, max: 2, noNaN: true }), (assignment, most) => {
        const forms = cheapestWithin(assignment, most);
        expect(totalNoise(assignment, forms)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 60 },
    );
  });
});
