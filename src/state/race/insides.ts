import { createStore } from 'zustand/vanilla';
import type { RaceRecord } from '../../core/race/record.ts';
import type { LaneOpened } from '../../core/session/runner.ts';
import type { Inside } from '../../core/verdict/verdict.ts';
import type { ProfileTask } from '../inspect/profile.ts';
import { memoLast } from '../page/memo.ts';

/** What looks inside lanes found; apart from the looking, which few pages need. */
export interface InsideState {
  /** By the session that raced, so that what belongs to an earlier race is never taken for this. */
  readonly found: ReadonlyMap<LaneOpened, Inside>;
  /** The latest look; of which lane. */
  readonly task: ProfileTask;
  readonly lane: string | null;
}

export const insides = createStore<InsideState>(() => ({
  found: new Map(),
  task: { state: 'idle' },
  lane: null,
}));

/** What is known of the inside of a record's lanes, by the lane's id. */
export const insidesOf = memoLast(
  (record: RaceRecord, found: InsideState['found']): ReadonlyMap<string, Inside> =>
    new Map(
      record.lanes.flatMap(({ lane, opened }) => {
        const inside = opened && found.get(opened);
        return inside ? [[lane.id, inside] as const] : [];
      }),
    ),
);
