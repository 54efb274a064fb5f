import { adviceFor } from '../advice.ts';
import type { LaneFigures } from '../figures/figures.ts';
import { figure, list, percent } from '../format.ts';
import type { RaceRecord } from '../race/record.ts';
import { halfWidth } from '../stats/enough.ts';
import { isWide, speedWords } from '../stats/speedWords.ts';
import { named } from './answers.ts';
import type { Rule } from './verdict.ts';

export const ended = ({ phase }: RaceRecord) => phase === 'checking' || phase === 'done';
const LONGER = { kind: 'race-longer', seconds: 60 } as const;

export const notWarmed: Rule = ({ record, figures }) => {
  if (!ended(record)) return [];
  const cold = record.lanes.flatMap(({ turns }, i) => {
    const lane = figures[i];
    if (!lane || lane.steady || turns.length === 0 || lane.state.name === 'died') return [];
    return [{ lane, turns: turns.length }];
  });
  const [first] = cold;
  if (!first) return [];
  const counts = cold.map(({ turns }) => turns);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const several = cold.length > 1;
  const what = cold.every(({ lane }) => lane.early?.median)
    ? `${several ? 'their' : 'its'} figures are provisional`
    : `${several ? 'they have' : 'it has'} no figures`;
  const had = least === most ? `${least}` : `${least} to ${most}`;
  return [
    {
      rule: 'not-warmed',
      lane: cold.length === 1 ? first.lane.lane.id : null,
      severity: 'doubt',
      sentence: `${list(cold.map(({ lane }) => named(lane)))} had ${had} ${most === 1 ? 'turn' : 'turns'}${cold.length > 1 ? ' each' : ''}, too few to tell warm-up from steady state, so ${what}.`,
      advice: 'Race longer.',
      remedy: LONGER,
    },
  ];
};

export const noisy: Rule = ({ record, figures }) =>
  figures.flatMap((lane) => {
    const interval = lane.speedup?.interval;
    if (!ended(record) || !lane.speedup || lane.speedup.pairs === 0) return [];
    if (interval && !isWide(interval)) return [];
    return [
      {
        rule: 'noisy',
        lane: lane.lane.id,
        severity: 'doubt' as const,
        sentence: interval
          ? `The speed of ${named(lane)} against fp32 is known only to ±${percent(halfWidth(interval))}: ${speedWords(lane.speedup).times}.`
          : `The speed of ${named(lane)} against fp32 has no interval: ${lane.speedup.pairs} rounds count as fewer than six independent ones.`,
        advice: 'Close other programs and race longer.',
        remedy: LONGER,
      },
    ];
  });

/** The clock's step as a share of one timing. */
const COARSE = 0.05;

export const coarseClock: Rule = ({ figures, device }) =>
  figures.flatMap((lane) =>
    lane.timerDoubt !== null && lane.timerDoubt > COARSE
      ? [
          {
            rule: 'coarse-clock',
            lane: lane.lane.id,
            severity: 'doubt' as const,
            sentence: `One timing of ${named(lane)} is only ${figure(1 / lane.timerDoubt)} steps of this browser’s clock (${figure(device.timerStep * 1000)} µs each).`,
            advice: 'Race on one input instead of all of them: short runs are then timed together.',
            remedy: null,
          },
        ]
      : [],
  );

export const leftOut: Rule = ({ record }) => {
  const all = record.lanes.flatMap(({ excluded }) => excluded);
  if (all.length === 0) return [];
  const hidden = all.filter(({ why }) => why === 'hidden').length;
  const clock = all.length - hidden;
  const parts = [
    ...(hidden > 0 ? [`${hidden} while this tab was hidden`] : []),
    ...(clock > 0 ? [`${clock} because a clock jumped or the device slept`] : []),
  ];
  return [
    {
      rule: 'left-out',
      lane: null,
      severity: 'doubt',
      sentence: `${all.length} ${all.length === 1 ? 'turn is' : 'turns are'} in no figure: ${parts.join(', ')}.`,
      advice: 'Keep this tab in front while it measures.',
      remedy: null,
    },
  ];
};

const hasTurns = ({ lanes }: RaceRecord, { lane: { id } }: LaneFigures): boolean =>
  lanes.some(({ lane, turns }) => lane.id === id && turns.length > 0);

export const droppedOut: Rule = ({ figures, record }) =>
  figures.flatMap((lane) =>
    lane.state.name === 'died'
      ? [
          {
            rule: 'dropped-out',
            lane: lane.lane.id,
            severity: 'doubt' as const,
            sentence: `${named(lane)} dropped out: ${lane.state.error.message}${hasTurns(record, lane) ? ' What it had measured before that stays.' : ''}`,
            advice: adviceFor(lane.state.error.name),
            remedy: null,
          },
        ]
      : [],
  );

/** Memory that a lane gained after its first run, from which on a leak is suspected. */
const GROWN = { bytes: 20e6, share: 0.2 } as const;

export const memoryGrows: Rule = ({ record }) =>
  record.lanes.flatMap(({ lane, ledger: { first, running } }) => {
    if (!first || !running) return [];
    const grown = running.heap - first.heap;
    if (grown < GROWN.bytes || grown < GROWN.share * first.heap) return [];
    return [
      {
        rule: 'memory-grows',
        lane: lane.id,
        severity: 'doubt' as const,
        sentence: `The heap of ${lane.variant.title} grew by ${figure(grown / 1e6)} MB after its first run: some memory is not released.`,
        advice: 'Race for a minute and see whether it keeps growing.',
        remedy: LONGER,
      },
    ];
  });
