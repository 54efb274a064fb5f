import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RaceRecord } from '../core/race/record.ts';
import type { LaneFigures } from '../core/report/figures.ts';
import { device } from '../state/device.ts';
import { drawingBegins } from '../state/drawing.ts';
import { type RaceStatus, race } from '../state/race.ts';
import { raceFigures } from '../state/selectors.ts';

/** What the pictures and the table of a race are drawn from. */
export interface RaceView {
  readonly record: RaceRecord;
  readonly figures: readonly LaneFigures[];
}

/**
 * Each chart redraws in a task of its own: together they would hold the main thread for longer
 * than a frame. The race waits meanwhile, see state/drawing.ts.
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
  return record && { record, figures: raceFigures(record, device.getState()) };
}

/**
 * The race as last recorded, redrawn one subscriber after the other; null at first, so that
 * mounting several subscribers at once costs little too.
 */
export function useRaceView(): RaceView | null {
  const [view, setView] = useState<RaceView | null>(null);
  useEffect(() => {
    const draw = () => setView(currentView());
    const unsubscribe = [race, device].map((store) => store.subscribe(() => enqueue(draw)));
    enqueue(draw);
    return () => {
      for (const stop of unsubscribe) stop();
      waiting.delete(draw);
    };
  }, []);
  return view;
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
