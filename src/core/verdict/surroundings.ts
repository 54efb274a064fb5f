import type { LaneFigures } from '../figures/figures.ts';
import { list, percent } from '../format.ts';
import type { LaneRecord } from '../race/record.ts';
import { MEANING } from '../selftest/summary.ts';
import { medianOf, quantile, sorted } from '../stats/quantiles.ts';
import { named } from './answers.ts';
import type { Rule } from './verdict.ts';

export const selfTestFailed: Rule = ({ selfTest }) => {
  const failed = selfTest?.checks.filter(({ passed }) => passed === false) ?? [];
  if (failed.length === 0) return [];
  return [
    {
      rule: 'self-test-failed',
      lane: null,
      severity: 'doubt',
      sentence: `The instrument failed its self-test on this device: ${list(failed.map(({ title }) => title))}. ${failed.map(({ id }) => MEANING[id]).join(' ')}`,
      advice: 'Close other programs and test it again.',
      remedy: { kind: 'open', path: '/device/self-test', title: 'Test the instrument' },
    },
  ];
};

/** Steady turns from which thirds of a race can be compared. */
const MIN_TURNS = 36;
/** Slower by less than this is drift that pairing takes out anyway. */
const SLOWER = 1.1;

/**
 * How many times as long a lane took in the last third of its steady turns as in the first; 1
 * unless three quarters of the one lie above three quarters of the other. Turns that drift
 * resemble their neighbours too much for intervals of their medians.
 */
function drift({ turns }: LaneRecord, from: number): number {
  const steady = turns.slice(from).map(({ median }) => median);
  if (steady.length < MIN_TURNS) return 1;
  const third = Math.floor(steady.length / 3);
  const [early, late] = [steady.slice(0, third), steady.slice(-third)];
  if (quantile(sorted(late), 0.25) <= quantile(sorted(early), 0.75)) return 1;
  return medianOf(late) / medianOf(early);
}

/** Heat, or another program that came: medians blend two speeds, ratios of one round do not. */
export const slowedDown: Rule = ({ record, figures }) => {
  const steadyAt = new Map(figures.map((lane) => [lane.lane.id, lane]));
  const slowed = record.lanes.flatMap((lane) => {
    const about = steadyAt.get(lane.lane.id) as LaneFigures;
    const times = drift(lane, about.steadyAt);
    return times >= SLOWER ? [{ about, times }] : [];
  });
  if (slowed.length === 0) return [];
  const parts = slowed.map(({ about, times }) => `${named(about)} by ${percent(times - 1)}`);
  return [
    {
      rule: 'slowed-down',
      lane: slowed.length === 1 ? (slowed[0]?.about.lane.id ?? null) : null,
      severity: 'doubt',
      sentence: `Lanes slowed down while they ran: ${list(parts)}, first to last third. Their medians mix two speeds; ratios within a round still hold.`,
      advice:
        'Let the device cool down, close other programs and race again; Sustained shows where the speed settles.',
      remedy: { kind: 'race-longer', seconds: 60 },
    },
  ];
};

export const busyBefore: Rule = ({ conditions }) =>
  conditions?.pressure === 'serious' || conditions?.pressure === 'critical'
    ? [
        {
          rule: 'busy-before',
          lane: null,
          severity: 'doubt',
          sentence: `The processor was busy before the first lane started: the system reported its load as “${conditions.pressure}”.`,
          advice: 'Close other programs, wait a little, and race again.',
          remedy: { kind: 'race-longer', seconds: 60 },
        },
      ]
    : [];

/** Below this many laptops and phones slow down to last longer. */
const LOW = 0.2;

export const onBattery: Rule = ({ conditions }) => {
  const battery = conditions?.battery;
  if (!battery || battery.charging || battery.level > LOW) return [];
  return [
    {
      rule: 'battery-low',
      lane: null,
      severity: 'doubt',
      sentence: `The battery was at ${percent(battery.level)} and not charging: systems slow down to save power.`,
      advice: 'Plug it in and race again.',
      remedy: { kind: 'race-longer', seconds: 60 },
    },
  ];
};
