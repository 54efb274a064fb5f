/** Two reports beside each other: what may be compared across sessions, and what may not. */

import type { LaneFigures } from '../figures/figures.ts';
import { duration } from '../format.ts';
import type { Headline } from '../modes/headline.ts';
import { type Lane, laneName } from '../race/lane.ts';
import { type PairedRatio, REPRODUCIBILITY } from '../stats/paired.ts';
import { speedWords } from '../stats/speedWords.ts';
import type { Interval } from '../units.ts';
import { conditionRows } from './conditionRows.ts';
import type { Report } from './report.ts';
import { storedFigures } from './stored.ts';

/** A condition in both, null where only the other tells it. */
export interface ComparedCondition {
  readonly title: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly same: boolean;
}

/**
 * How a lane's ratio to its own reference changed from A to B. Each ratio is paired within its own
 * report, so drift is in neither.
 */
export interface RelativeChange {
  /** B's ratio by A's: 1.1 gained a tenth more in B. */
  readonly ratio: number;
  /**
   * Ends divided by each other: at least as wide as a 95% interval of independent ratios. null
   * where either has none.
   */
  readonly interval: Interval | null;
  readonly says: 'more' | 'less' | 'same' | 'unclear';
}

export interface ComparedLane {
  /** The lane as A has it, or else B. */
  readonly lane: Lane;
  readonly a: LaneFigures | null;
  readonly b: LaneFigures | null;
  /** B's median by A's. Not paired: a machine alone drifts by up to `DRIFT`. */
  readonly times: number | null;
  readonly relative: RelativeChange | null;
  /** Whether both ran a file of the same size; null where only one ran it. */
  readonly sameFile: boolean | null;
}

export interface Comparison {
  readonly conditions: readonly ComparedCondition[];
  readonly sameModel: boolean;
  /** Lanes in both first; empty unless both are races of one model. */
  readonly lanes: readonly ComparedLane[];
  readonly headline: Headline;
}

/** Machines were seen to drift by this much within a minute, with nothing changed (facts). */
export const DRIFT = 2;

/** Each session's ratio may be off by one session's luck. */
const LUCK = (1 + REPRODUCIBILITY) ** 2;

/** Ids of the user's own files are given in the order in which they came, so titles tell them. */
const keyOf = ({ id, variant, backend }: Lane): string =>
  `${variant.title}, ${variant.precision}, ${backend.kind}${id.endsWith('-wasm-1') ? ', 1' : ''}`;

function compareConditions(a: Report, b: Report): ComparedCondition[] {
  const [own, other] = [a, b].map(
    (each) => new Map(conditionRows(each).map(({ title, value }) => [title, value])),
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...own.keys(), ...other.keys()])].map((title) => {
    const [left = null, right = null] = [own.get(title), other.get(title)];
    return { title, a: left, b: right, same: left === right };
  });
}

export function relativeChange(a: LaneFigures, b: LaneFigures): RelativeChange | null {
  if (!a.speedup || !b.speedup) return null;
  const ratio = b.speedup.ratio / a.speedup.ratio;
  const [own, other] = [a.speedup.interval, b.speedup.interval];
  if (!own || !other) return { ratio, interval: null, says: 'unclear' };
  const interval = { low: other.low / own.high, high: other.high / own.low };
  const says = interval.low > LUCK ? 'more' : interval.high < 1 / LUCK ? 'less' : 'same';
  return { ratio, interval, says };
}

function compareLane(a: LaneFigures | null, b: LaneFigures | null): ComparedLane {
  return {
    lane: ((a ?? b) as LaneFigures).lane,
    a,
    b,
    times: a?.steady && b?.steady ? b.steady.median / a.steady.median : null,
    relative: a && b ? relativeChange(a, b) : null,
    sameFile: a && b ? a.lane.variant.bytes === b.lane.variant.bytes : null,
  };
}

function compareLanes(a: Report, b: Report): ComparedLane[] {
  if (a.found.kind !== 'race' || b.found.kind !== 'race') return [];
  const own = storedFigures(a.found.record, a.conditions);
  const others = storedFigures(b.found.record, b.conditions);
  const inBoth = own.map((lane) => {
    const other = others.find((each) => keyOf(each.lane) === keyOf(lane.lane));
    return compareLane(lane, other ?? null);
  });
  const left = others.filter((lane) => !own.some((each) => keyOf(each.lane) === keyOf(lane.lane)));
  return [...inBoth, ...left.map((lane) => compareLane(null, lane))].sort(
    (x, y) => Number(y.a !== null && y.b !== null) - Number(x.a !== null && x.b !== null),
  );
}

const NOT_PAIRED = `Times of two sessions are not paired: a shared or hot machine alone moves them by a factor of up to ${DRIFT}. Ratios to a report’s own reference are paired.`;

const SAYS: Readonly<Record<RelativeChange['says'], string>> = {
  same: 'no significant difference',
  more: 'it gains more in B',
  less: 'it gains less in B',
  unclear: 'too few rounds to say whether that differs',
};

/** "is 2.00 times as fast as fp32 on WASM in A and 1.90 times in B" */
function ratiosText(a: PairedRatio, b: PairedRatio, whom: string): string {
  const [own, other] = [speedWords(a), speedWords(b)];
  const unit = / as (?:fast|long)$/;
  const alike =
    own.claim[1] === other.claim[1] && unit.exec(own.times)?.[0] === unit.exec(other.times)?.[0];
  const inB = alike && own.claim[1] === 'as' ? other.times.replace(unit, '') : other.claim[0];
  return `${own.claim.join(' ')} ${whom} in A and ${inB} in B`;
}

/** The intervals of both; empty where neither has one. */
function ratioEvidence(a: PairedRatio, b: PairedRatio): string {
  const said = [
    { interval: speedWords(a).interval, where: 'A' },
    { interval: speedWords(b).interval, where: 'B' },
  ].flatMap(({ interval, where }) => (interval ? [`${where}: ${interval}. `] : []));
  return said.join('');
}

function headline(a: Report, b: Report, sameModel: boolean, lanes: readonly ComparedLane[]) {
  if (a.found.kind !== b.found.kind || a.found.kind !== 'race') {
    const sentence =
      a.found.kind === b.found.kind
        ? 'Figures are compared for races only; here are the conditions of both.'
        : 'These are different kinds of measurement; here are the conditions of both.';
    return { sentence: [{ text: sentence }], evidence: '' };
  }
  if (!sameModel) {
    const text = `Two different models, ${a.model.title} and ${b.model.title}: their figures say nothing about each other.`;
    return { sentence: [{ text }], evidence: 'Conditions can be compared all the same.' };
  }
  const best = lanes
    .filter(({ relative }) => relative !== null)
    .reduce<ComparedLane | null>(
      (top, lane) => ((lane.a?.speedup?.ratio ?? 0) > (top?.a?.speedup?.ratio ?? 0) ? lane : top),
      null,
    );
  if (best?.relative && best.a?.speedup && best.b?.speedup) {
    const reference = lanes.find(({ lane }) => lane.reference)?.lane;
    const whom = reference ? laneName(reference) : 'the reference';
    return {
      sentence: [
        { text: laneName(best.lane), lane: best.lane },
        {
          text: ` ${ratiosText(best.a.speedup, best.b.speedup, whom)}: ${SAYS[best.relative.says]}.`,
        },
      ],
      evidence: `${ratioEvidence(best.a.speedup, best.b.speedup)}${NOT_PAIRED}`,
    };
  }
  const shared = lanes.find(({ times }) => times !== null);
  if (!shared?.a?.steady || !shared.b?.steady || shared.times === null) {
    const text = 'The two have no lane in common that was steady in both.';
    return { sentence: [{ text }], evidence: NOT_PAIRED };
  }
  const far = shared.times > DRIFT || shared.times < 1 / DRIFT;
  const verdict = far ? 'more than drift explains' : 'drift alone may explain that';
  return {
    sentence: [
      { text: laneName(shared.lane), lane: shared.lane },
      {
        text: ` takes ${duration(shared.a.steady.median)} in A and ${duration(shared.b.steady.median)} in B: ${verdict}.`,
      },
    ],
    evidence: NOT_PAIRED,
  };
}

export function compareReports(a: Report, b: Report): Comparison {
  const sameModel = a.model.title === b.model.title;
  const lanes = sameModel ? compareLanes(a, b) : [];
  return {
    conditions: compareConditions(a, b),
    sameModel,
    lanes,
    headline: headline(a, b, sameModel, lanes),
  };
}
