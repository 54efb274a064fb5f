/** A report read again: the same figures and words as on the day, from the same code. */
import { batchFigures, batchHeadline } from '../../modes/batches/core/batchFigures.ts';
import { loadFigures } from '../../modes/load/core/figures.ts';
import { loadHeadline } from '../../modes/load/core/words.ts';
import { sustainedFigures } from '../../modes/sustained/core/figures.ts';
import { sustainedHeadline } from '../../modes/sustained/core/words.ts';
import type { Conditions } from '../conditions/conditions.ts';
import { type FigureConditions, figuresOf, type LaneFigures } from '../figures/figures.ts';
import { inputNoun, type Model, runsOnNoise } from '../models/model.ts';
import type { Headline } from '../modes/headline.ts';
import type { Lane } from '../race/lane.ts';
import { type RaceRecord, settled } from '../race/record.ts';
import { headlineOf } from './headline.ts';
import type { Found, Report } from './report.ts';

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

/** What pictures and tables of a race are drawn from, for one that is stored; null for none. */
export function storedView({ found, conditions }: Report) {
  if (found.kind !== 'race') return null;
  return {
    record: settled(found.record),
    figures: storedFigures(found.record, conditions),
    here: conditions && { device: conditions.deviceClass, timerStep: conditions.timerStep },
    stored: true,
  };
}

const HERE = 'On this device ';

/** A headline that is read elsewhere, or later: without "On this device". */
export function readElsewhere({ sentence: [first, ...rest], evidence }: Headline): Headline {
  const sentence = first?.text === HERE ? rest : [...(first ? [first] : []), ...rest];
  return { sentence, evidence };
}

/** What a report found, in words; null where there is too little to say anything. */
export function storedHeadline({ found, conditions, model }: Report): Headline | null {
  const headline = headlineIn(found, conditions, model);
  return headline && readElsewhere(headline);
}

function headlineIn(found: Found, conditions: Conditions | null, model: Model): Headline | null {
  switch (found.kind) {
    case 'race':
      return headlineOf(
        storedFigures(found.record, conditions),
        inputNoun(model),
        runsOnNoise(model),
      );
    case 'sustained': {
      const { record, settings } = found;
      return sustainedHeadline(record, settings, sustainedFigures(record, settings, true));
    }
    case 'load':
      return loadHeadline(found.record, found.record.points.map(loadFigures));
    case 'batches':
      return batchHeadline(found.record, batchFigures(found.record));
    default:
      return found satisfies never;
  }
}

/** Whose times a report holds. */
export const lanesOf = (found: Found): readonly Lane[] =>
  found.kind === 'race' ? found.record.lanes.map(({ lane }) => lane) : [found.record.lane];

/** How many timings it holds. */
export function samplesIn(found: Found): number {
  const sum = (parts: readonly { readonly ms: ArrayLike<number> }[]) =>
    parts.reduce((total, { ms }) => total + ms.length, 0);
  switch (found.kind) {
    case 'race':
      return found.record.lanes.reduce((total, { turns }) => total + sum(turns), 0);
    case 'sustained':
      return sum(found.record.slices);
    case 'load':
      return found.record.points.reduce((total, { ended }) => total + ended.length, 0);
    case 'batches':
      return sum(found.record.points);
    default:
      return found satisfies never;
  }
}
