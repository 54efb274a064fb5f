/** A report read again: the same words as on the day, from the same code. */
import type { AnyFound } from '../modes/found.ts';
import type { Headline } from '../modes/headline.ts';
import { foundKind } from '../modes/register.ts';
import type { Report } from './report.ts';

/** What a report found, in words; null where there is too little to say anything. */
export const storedHeadline = (report: Report): Headline | null =>
  foundKind(report.found.kind).headline(report);

/** How many timings it holds. */
export const samplesIn = (found: AnyFound): number => foundKind(found.kind).samples(found);
