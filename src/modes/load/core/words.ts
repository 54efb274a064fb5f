import { duration, rate } from '../../../core/format.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import { laneName } from '../../../core/race/lane.ts';
import type { Fraction } from '../../../core/units.ts';
import type { LoadFigures } from './figures.ts';
import type { LoadRecord } from './record.ts';

/** Up to this many service times an answer may take before a reader would say that it queues. */
const QUEUED = 3;

export const wholePercent = (share: Fraction): string => `${Math.round(100 * share)}%`;

/** Points of a rate, by offered load. */
export const openPoints = (figures: readonly LoadFigures[]): LoadFigures[] =>
  figures
    .filter(({ point }) => point.arrivals.kind === 'open')
    .sort((a, b) => a.offered - b.offered);

export const closedPoints = (figures: readonly LoadFigures[]): LoadFigures[] =>
  figures.filter(({ point }) => point.arrivals.kind === 'closed');

const perSecondOf = ({ point: { arrivals } }: LoadFigures): number =>
  arrivals.kind === 'open' ? arrivals.perSecond : 0;

/** The highest load up to which, and at all lower ones, 95% wait for about two others at most. */
export function kneeOf(open: readonly LoadFigures[]): LoadFigures | null {
  let knee: LoadFigures | null = null;
  for (const figures of open) {
    const { p95, service, overloaded } = figures;
    if (overloaded || p95 === null || p95 > QUEUED * service.mean) break;
    knee = figures;
  }
  return knee;
}

/** The sentence that says what loads did; null before the first point of a rate. */
export function loadHeadline(
  { lane, died }: LoadRecord,
  all: readonly LoadFigures[],
): Headline | null {
  const open = openPoints(all);
  const knee = kneeOf(open);
  const busiest = open.findLast(({ overloaded, p95 }) => !overloaded && p95 !== null) ?? null;
  const beyond = open.find(({ overloaded }) => overloaded) ?? null;
  const ended = died ? ` It ended early: ${died.message}` : '';
  if (open.length === 0) {
    return died
      ? {
          sentence: [{ text: laneName(lane), lane }, { text: ` ended: ${died.message}` }],
          evidence: '',
        }
      : null;
  }
  const parts: string[] = [];
  if (knee) {
    parts.push(
      `up to ${wholePercent(knee.offered)} load (${rate(perSecondOf(knee))}) 95% of requests are answered within ${duration(knee.p95 ?? 0)}`,
    );
  }
  if (busiest && busiest !== knee) {
    const who = knee ? 'they' : 'load requests';
    parts.push(
      `at ${wholePercent(busiest.offered)} ${who} queue, 95% within ${duration(busiest.p95 ?? 0)}`,
    );
  }
  if (beyond) {
    parts.push(`from ${rate(perSecondOf(beyond))} on, it cannot keep up`);
  }
  return {
    sentence: [{ text: laneName(lane), lane }, { text: `: ${parts.join('; ')}.${ended}` }],
    evidence: `Latency is counted from a request’s arrival to its answer, including waiting. One request at a time takes ${duration(serviceAlone(all))}.`,
  };
}

/** Mean service time with one client, else at the lowest load. */
function serviceAlone(all: readonly LoadFigures[]): number {
  const alone = all.find(
    ({ point: { arrivals } }) => arrivals.kind === 'closed' && arrivals.clients === 1,
  );
  return (alone ?? openPoints(all)[0])?.service.mean ?? Number.NaN;
}
