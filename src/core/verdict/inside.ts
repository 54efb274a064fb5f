import type { LaneFigures } from '../figures/figures.ts';
import { type CostedNode, costedNodes } from '../inspect/profile/executed.ts';
import type { Milliseconds } from '../units.ts';
import type { Evidence, Inside, Rule, Verdict } from './verdict.ts';

const joined = new WeakMap<Inside, readonly CostedNode[]>();

/** The nodes that ran beside those of the file; joined once, since many rules ask. */
export function costedOf(inside: Inside): readonly CostedNode[] {
  const known = joined.get(inside) ?? costedNodes(inside.profile, inside.nodes);
  joined.set(inside, known);
  return known;
}

/** A rule about lanes that were looked into. */
export const ofInside =
  (judge: (lane: LaneFigures, inside: Inside, evidence: Evidence) => Verdict | null): Rule =>
  (evidence) =>
    evidence.figures.flatMap((lane) => {
      const inside = evidence.insides?.get(lane.lane.id);
      const verdict = inside ? judge(lane, inside, evidence) : null;
      return verdict ? [verdict] : [];
    });

export const msOf = (nodes: readonly CostedNode[]): Milliseconds =>
  nodes.reduce((sum, { executed }) => sum + executed.ms, 0);
