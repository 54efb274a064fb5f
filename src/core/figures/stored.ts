/** A race read again: the same figures as on the day, from the same code. */
import type { Conditions } from '../conditions/conditions.ts';
import { type RaceRecord, settled } from '../race/record.ts';
import { type FigureConditions, figuresOf, type LaneFigures } from './figures.ts';

/** What figures need of the device that a report comes from. */
export function basisOf(conditions: Conditions | null): FigureConditions {
  return {
    device: conditions?.deviceClass ?? 'unknown',
    cores: conditions?.cores ?? 1,
    softwareGpu: conditions?.gpu.state === 'software',
    calibration: conditions?.calibration ?? null,
    timerStep: conditions?.timerStep ?? 0,
  };
}

/**
 * A stored race's figures. Where nobody knows the conditions there is no energy and no doubt of
 * the clock, since both would be made up.
 */
export function storedFigures(record: RaceRecord, conditions: Conditions | null): LaneFigures[] {
  const figures = figuresOf(settled(record), basisOf(conditions));
  return conditions
    ? figures
    : figures.map((lane) => ({ ...lane, energy: null, timerDoubt: null }));
}

/** What pictures and tables of a race are drawn from, for one that is stored. */
export function storedView(record: RaceRecord, conditions: Conditions | null) {
  return {
    record: settled(record),
    figures: storedFigures(record, conditions),
    here: conditions && { device: conditions.deviceClass, timerStep: conditions.timerStep },
    stored: true,
  };
}
