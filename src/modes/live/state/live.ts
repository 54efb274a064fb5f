import { createStore } from 'zustand/vanilla';
import type { LiveKept } from '../../../core/live/shown.ts';
import type { Model } from '../../../core/models/model.ts';
import type { Lane } from '../../../core/race/lane.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { LiveFrom } from '../../../state/live/source.ts';
import type { LiveFigures } from '../core/figures.ts';

/** Its runs go by this name. */
export const LIVE = 'live';

/** A session that goes on, or the last one. */
export interface LiveSession {
  readonly model: Model;
  readonly lanes: readonly Lane[];
  /** The device's own name, or the clip's title. */
  readonly label: string;
  readonly deadline: Milliseconds;
  readonly figures: LiveFigures<LiveKept>;
}

export interface LiveState {
  /** Whose session it is; what was found of one model stands beside no other. */
  readonly modelId: string | null;
  /** null while the usual one stands. */
  readonly from: LiveFrom | null;
  /** Ids of the lanes that were picked; null while the usual ones stand, '' for none. */
  readonly first: string | null;
  readonly second: string | null;
  /** For a camera; null: the time between two of its frames. */
  readonly deadlineMs: Milliseconds | null;
  /** null until a source was opened. */
  readonly session: LiveSession | null;
}

export const live = createStore<LiveState>(() => ({
  modelId: null,
  from: null,
  first: null,
  second: null,
  deadlineMs: null,
  session: null,
}));

/** What the user sets of the sessions to come. */
export const setLiveOption = (
  option: Partial<Pick<LiveState, 'from' | 'first' | 'second' | 'deadlineMs'>>,
): void => live.setState(option);

/** The one or two lanes of a session: picked ones, else the reference and int8 on WASM. */
export function liveLanes(
  lanes: readonly Lane[],
  { first, second }: Pick<LiveState, 'first' | 'second'>,
): readonly Lane[] {
  const byId = (id: string | null) => lanes.find((lane) => lane.id === id);
  const one = byId(first) ?? lanes.find(({ reference }) => reference) ?? lanes[0];
  if (!one) return [];
  const usual = lanes.find(
    ({ id, variant, backend }) =>
      id !== one.id && variant.precision === 'int8' && backend.kind === 'wasm',
  );
  const two = second === '' ? undefined : (byId(second) ?? usual);
  return two && two.id !== one.id ? [one, two] : [one];
}
