import { count, duration, figure, percent } from '../../../core/format.ts';
import type { Headline, HeadlinePart } from '../../../core/modes/headline.ts';
import { type Lane, laneName } from '../../../core/race/lane.ts';
import type { LiveFigures } from './figures.ts';

/** "2 of 210 passed while the device was busy" */
const skippedClause = ({ skipped, offered }: LiveFigures<unknown>): string =>
  `${skipped === 0 ? 'none' : count(skipped)} of ${count(offered)} passed while the device was busy`;

/** What a live session says so far, in a sentence; null until a frame was answered. */
export function liveHeadline(
  lanes: readonly Lane[],
  figures: LiveFigures<unknown>,
): Headline | null {
  const { run, same, perSecond } = figures;
  const [first, second] = lanes;
  if (run === 0 || !first) return null;
  const rate = Number.isNaN(perSecond) ? '' : `, ${figure(perSecond)} a second`;
  const evidence = `${count(run)} ${run === 1 ? 'frame' : 'frames'} answered${rate}; ${skippedClause(figures)}. This is not a benchmark, because the page, the device and drawing take their share; a race is.`;
  const named = ({ lane, text }: { lane: Lane; text: string }): HeadlinePart => ({ text, lane });
  if (!second || same === null) {
    const { p50 } = figures.lanes[0]?.inference ?? { p50: Number.NaN };
    return {
      sentence: [
        named({ lane: first, text: laneName(first) }),
        { text: ` answers a frame in ${duration(p50)}.` },
      ],
      evidence,
    };
  }
  const apart = run - same;
  return {
    sentence: [
      named({ lane: first, text: laneName(first) }),
      { text: ' and ' },
      named({ lane: second, text: laneName(second) }),
      {
        text:
          apart === 0
            ? ` gave the same answer to all ${count(run)} frames.`
            : ` disagree on ${count(apart)} of ${count(run)} frames (${percent(apart / run)}).`,
      },
    ],
    evidence,
  };
}
