import { createContext, useContext, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DeviceClass } from '../../core/energy/priors.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { Milliseconds } from '../../core/units.ts';
import { deviceClass, raceFigures } from '../../state/bench/selectors.ts';
import { device } from '../../state/device/device.ts';
import { drawingBegins } from '../../state/page/drawing.ts';
import { type RaceStatus, race } from '../../state/race/race.ts';

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

/**
 * Each chart redraws in a task of its own: together they would hold the main thread for longer
 * than a frame. The race waits meanwhile, see state/page/drawing.ts.
 */
const waiting = new Set<() => void>();
/** Told when everything that changed has been drawn. */
const settled = new Set<() => void>();

let drawing = false;

function enqueue(draw: () => void): void {
  waiting.add(draw);
  if (drawing) return;
  drawing = true;
  const end = drawingBegins();
  const drawNext = () => {
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      // At once: left to React's scheduler, several would be rendered in one task.
      flushSync(next);
      setTimeout(drawNext);
      return;
    }
    drawing = false;
    for (const tell of settled) tell();
    // A chart drawn for the first time measures itself in the next frame and draws again; the
    // frame that shows it comes after that.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(end)));
  };
  setTimeout(drawNext);
}

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
    const unsubscribe = [race, device].map((store) => store.subscribe(() => enqueue(draw)));
    enqueue(draw);
    return () => {
      for (const stop of unsubscribe) stop();
      waiting.delete(draw);
    };
  }, [stored]);
  return stored ?? view;
}

/** The race's state once everything that it changed has been drawn. */
export function useDrawnState(): RaceStatus['state'] {
  const [state, setState] = useState(() => race.getState().status.state);
  useEffect(() => {
    const tell = () => setState(race.getState().status.state);
    settled.add(tell);
    const nothing = () => {};
    const unsubscribe = race.subscribe(() => enqueue(nothing));
    enqueue(nothing);
    return () => {
      settled.delete(tell);
      unsubscribe();
    };
  }, []);
  return state;
}
