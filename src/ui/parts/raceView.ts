import { createContext, useContext, useEffect, useState } from 'react';
import type { DeviceClass } from '../../core/energy/priors.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { Milliseconds } from '../../core/units.ts';
import { deviceClass, raceFigures } from '../../state/bench/selectors.ts';
import { device } from '../../state/device/device.ts';
import { type RaceStatus, race } from '../../state/race/race.ts';
import { drawInTurn, drawNoMore, onceDrawn } from './drawQueue.ts';

/** What the pictures and the table of a race are drawn from. */
export interface RaceView {
  readonly record: RaceRecord;
  readonly figures: readonly LaneFigures[];
  /** The device that raced; null where nobody knows it. */
  readonly here: { readonly device: DeviceClass; readonly timerStep: Milliseconds } | null;
  /** Whether it was read from a report, perhaps another device's. */
  readonly stored: boolean;
}

/** A record that is over and stored, to be drawn by all within in place of the live race. */
const StoredView = createContext<RaceView | null>(null);
export const StoredRace = StoredView.Provider;

function currentView(): RaceView | null {
  const { record } = race.getState();
  const state = device.getState();
  const { facts } = state;
  return (
    record && {
      record,
      figures: raceFigures(record, state),
      here: facts && { device: deviceClass(state), timerStep: facts.timerStep },
      stored: false,
    }
  );
}

/**
 * The race as last recorded, redrawn one subscriber after the other; null at first, so that
 * mounting several subscribers at once costs little too. Within `StoredRace`, that race at once.
 */
export function useRaceView(): RaceView | null {
  const stored = useContext(StoredView);
  const [view, setView] = useState<RaceView | null>(null);
  useEffect(() => {
    if (stored) return;
    const draw = () => setView(currentView());
    const unsubscribe = [race, device].map((store) => store.subscribe(() => drawInTurn(draw)));
    drawInTurn(draw);
    return () => {
      for (const stop of unsubscribe) stop();
      drawNoMore(draw);
    };
  }, [stored]);
  return stored ?? view;
}

/** The race's state once everything that it changed has been drawn. */
export function useDrawnState(): RaceStatus['state'] {
  const [state, setState] = useState(() => race.getState().status.state);
  useEffect(() => {
    const tell = () => setState(race.getState().status.state);
    const deaf = onceDrawn(tell);
    const nothing = () => {};
    const unsubscribe = race.subscribe(() => drawInTurn(nothing));
    drawInTurn(nothing);
    return () => {
      deaf();
      unsubscribe();
    };
  }, []);
  return state;
}
