/** Whether samples far above the rest change what a race says, and by how much. */
import type { LaneFigures } from '../figures/figures.ts';
import { duration, list, percent } from '../format.ts';
import type { LaneRecord } from '../race/record.ts';
import { samplesFrom } from '../race/samples.ts';
import { quantileIntervals } from '../stats/bootstrap.ts';
import { halfWidth, WANTED } from '../stats/enough.ts';
import { steppedQuantile } from '../stats/quantiles.ts';
import type { Fraction } from '../units.ts';
import { named } from './answers.ts';
import { ended } from './doubt.ts';
import type { Rule } from './verdict.ts';

/** Fewer spikes than this are a race's usual company. */
const MANY: Fraction = 0.02;
/** p99 is hidden where spikes move it to this many times what it is without them. */
const HIDES = 2;
/** And an interval is widened where spikes make it this many times as wide. */
const WIDENS = 1.5;

/** What spikes do to a lane's figures, each with them and without; nothing where that is little. */
function effectsOf(lane: LaneFigures, record: LaneRecord): string[] {
  const { steady, steadyAt } = lane;
  if (!steady || steady.spikes.share < MANY) return [];
  const rest = samplesFrom(record, steadyAt).sort().slice(0, -steady.spikes.count);
  const most = rest.at(-1) as number;
  const effects: string[] = [];
  const p99 = steppedQuantile(rest, 0.99);
  if (steady.p99 >= HIDES * p99) {
    effects.push(`p99 ${duration(steady.p99)} with them, ${duration(p99)} without`);
  }
  const turns = record.turns.slice(steadyAt).map(({ ms }) => ms.filter((each) => each <= most));
  const [interval] = quantileIntervals(
    turns.filter(({ length }) => length > 0),
    rest,
    [0.5],
  );
  const shown = steady.intervals?.median;
  if (interval && shown) {
    const [wide, narrow] = [halfWidth(shown), halfWidth(interval)];
    if (wide > WANTED && wide >= WIDENS * narrow) {
      effects.push(`median known to ± ${percent(wide)} with them, ± ${percent(narrow)} without`);
    }
  }
  return effects;
}

/** Found again only for turns that are new: both intervals are resampled. */
const known = new WeakMap<LaneRecord['turns'], readonly string[]>();

function effects(lane: LaneFigures, record: LaneRecord): readonly string[] {
  const found = known.get(record.turns) ?? effectsOf(lane, record);
  known.set(record.turns, found);
  return found;
}

/** Other programs, garbage collection, the scheduler: worth a word where they change a figure. */
export const spiky: Rule = ({ record, figures }) => {
  if (!ended(record)) return [];
  const told = record.lanes.flatMap((one, i) => {
    const lane = figures[i];
    const found = lane ? effects(lane, one) : [];
    return lane?.steady && found.length > 0
      ? [`${percent(lane.steady.spikes.share)} of ${named(lane)} (${list(found)})`]
      : [];
  });
  if (told.length === 0) return [];
  return [
    {
      rule: 'spiky',
      lane: null,
      severity: 'doubt',
      sentence: `Some samples are so far above the rest that they change figures: ${list(told)}. Other programs, garbage collection or the scheduler cause such samples.`,
      advice: 'Close other programs and race again; medians and ratios are less affected.',
      remedy: { kind: 'race-longer', seconds: 60 },
    },
  ];
};
