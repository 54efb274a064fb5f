import { type ComponentType, lazy } from 'react';
import type { ModeKind } from '../../../core/modes/mode.ts';
import { registerModes } from '../../../core/modes/register.ts';
import { type ModeActions, registerActions } from '../../../state/modes/actions.ts';
import { type ModeLength, registerLength } from '../../../state/modes/length.ts';
import { type ModeViews, registerViews, type StoredViews } from './views.ts';

/** A mode, of all layers. */
export interface ModeSlice {
  readonly kind: ModeKind;
  /** How long it measures; null for one that goes on until it is stopped. */
  readonly length: ModeLength | null;
  readonly actions: () => Promise<ModeActions>;
  readonly views: ModeViews;
}

/** To be called once, before the page is drawn. */
export function registerSlices(slices: readonly ModeSlice[]): void {
  registerModes(slices.map(({ kind }) => kind));
  for (const { kind, length, actions, views } of slices) {
    if (length) registerLength(kind.kind, length);
    registerActions(kind.kind, actions);
    registerViews(kind.kind, views);
  }
}

type LiveViews = Omit<ModeViews, 'Stored'>;

const later = <Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> =>
  lazy(async () => ({ default: (await load()) as ComponentType<unknown> })) as ComponentType<Props>;

/** Views whose code comes when one of them is shown, of a mode of which nothing is stored. */
export const liveViewsLater = (load: () => Promise<LiveViews>): ModeViews => ({
  Options: later(async () => (await load()).Options),
  RunPanel: later(async () => (await load()).RunPanel),
  Results: later(async () => (await load()).Results),
  Stored: null,
});

/** Views whose code comes when one of them is shown. */
export const viewsLater = (load: () => Promise<StoredViews>): ModeViews => ({
  ...liveViewsLater(load),
  Stored: later(async () => (await load()).Stored),
});
