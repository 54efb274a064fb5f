/** What the page shows of each mode. */
import type { ComponentType, ReactNode } from 'react';
import { modeKind } from '../../../core/modes/register.ts';
import type { Report } from '../../../core/report/report.ts';

export interface StoredProps {
  readonly report: Report;
  /** What is to be said of a race, for its place among what was found; null of anything else. */
  readonly verdicts: ReactNode;
}

/** All but a race's come with the first choice of the mode, or with the first report of it. */
export interface ModeViews {
  /** Which lanes it runs, and what can be set. */
  readonly Options: ComponentType;
  /** The one next action. */
  readonly RunPanel: ComponentType;
  /** What the latest run found. */
  readonly Results: ComponentType;
  /** The same of a report; null for a mode of which nothing is stored. */
  readonly Stored: ComponentType<StoredProps> | null;
}

/** Of a mode whose runs are stored. */
export type StoredViews = { readonly [Name in keyof ModeViews]: NonNullable<ModeViews[Name]> };

const views = new Map<string, ModeViews>();

export function registerViews(kind: string, own: ModeViews): void {
  views.set(kind, own);
}

/** @throws Fault ModeError for an unknown mode */
export function viewsOf(kind: string): ModeViews {
  const own = views.get(kind);
  if (!own) throw new RangeError(`The mode "${modeKind(kind).title}" cannot be shown.`);
  return own;
}
