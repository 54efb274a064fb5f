import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import { type LaneStyle, laneStyle } from './laneStyle.ts';
import { useVariantLook } from './looks.tsx';
import { useRaceView } from './raceView.ts';

const WrongLanes = createContext<ReadonlySet<string>>(new Set());

export interface LaneLook extends LaneStyle {
  /** "int8, WASM", and that it is wrong where it is. */
  readonly title: string;
}

interface MarkWrongProps {
  readonly wrong: readonly Lane[];
  readonly children: ReactNode;
}

/** Within it these lanes are red and called wrong, wherever they appear. */
export function MarkWrong({ wrong, children }: MarkWrongProps) {
  const ids = wrong.map(({ id }) => id).join(' ');
  const value = useMemo(() => new Set(ids.split(' ')), [ids]);
  return <WrongLanes.Provider value={value}>{children}</WrongLanes.Provider>;
}

/** Those that figures call wrong. */
export const wrongOf = (figures: readonly LaneFigures[]): Lane[] =>
  figures.filter(({ correctness }) => correctness.state === 'wrong').map(({ lane }) => lane);

/** Within it the wrong lanes of the race that is drawn are red. */
export function MarkWrongOfRace({ children }: { readonly children: ReactNode }) {
  return <MarkWrong wrong={wrongOf(useRaceView()?.figures ?? [])}>{children}</MarkWrong>;
}

/** How lanes look here: in the colour of their variant, or in that of a fault. */
export function useLaneLook(): (lane: Lane) => LaneLook {
  const wrong = useContext(WrongLanes);
  const lookOf = useVariantLook();
  return useCallback(
    (lane) => {
      const look = { ...laneStyle(lane, lookOf(lane.variant)), title: laneTitle(lane) };
      return wrong.has(lane.id)
        ? { ...look, colour: 'var(--bad)', title: `${look.title}, wrong` }
        : look;
    },
    [wrong, lookOf],
  );
}
