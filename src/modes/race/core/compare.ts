import { deviceKey } from '../../../core/backends/backends.ts';
/** Two races beside each other: what may be compared across sessions, and what may not. */
import type { LaneFigures } from '../../../core/figures/figures.ts';
import { storedFigures } from '../../../core/figures/stored.ts';
import { duration } from '../../../core/format.ts';
import {
  type ComparedFound,
  type ComparedLane,
  DRIFT,
  type RelativeChange,
} from '../../../core/modes/compared.ts';
import type { MeasuredFound } from '../../../core/modes/found.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import type { RaceFound } from '../../../core/race/found.ts';
import { type Lane, laneName } from '../../../core/race/lane.ts';
import { type PairedRatio, REPRODUCIBILITY } from '../../../core/stats/paired.ts';
import { speedWords } from '../../../core/stats/speedWords.ts';

/** Each session's ratio may be off by one session's luck. */
const LUCK = (1 + REPRODUCIBILITY) ** 2;

/** Ids of the user's own files are given in the order in which they came, so titles tell them. */
const keyOf = ({ id, variant, backend }: Lane): string =>
  `${variant.title}, ${variant.precision}, ${deviceKey(backend)}${id.endsWith('-wasm-1') ? ', 1' : ''}`;

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

function compareLanes(a: MeasuredFound<RaceFound>, b: MeasuredFound<RaceFound>): ComparedLane[] {
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
  more: 'its speed-up is larger in B',
  less: 'its speed-up is smaller in B',
  unclear: 'too few rounds to tell whether that differs',
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

function headlineOf(lanes: readonly ComparedLane[]): Headline {
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

/** Each lane against itself, by its ratio to the reference of its own race. */
export function compareRaces(
  a: MeasuredFound<RaceFound>,
  b: MeasuredFound<RaceFound>,
): ComparedFound {
  const lanes = compareLanes(a, b);
  return { headline: headlineOf(lanes), lanes };
}
