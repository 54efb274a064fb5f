import { storedFigures } from '../figures/stored.ts';
import { isRace } from '../race/found.ts';
import { settled } from '../race/record.ts';
import { verdictsOf } from '../verdict/rules.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Report } from './report.ts';

/** What the rules say of a race that is over; nothing of other measurements. */
export function storedVerdicts({ found, conditions, selfTest }: Report): readonly Verdict[] {
  if (!isRace(found) || !conditions) return [];
  const { isolated, cores, gpu, timerStep } = conditions;
  return verdictsOf({
    record: settled(found.record),
    figures: storedFigures(found.record, conditions),
    device: { isolated, cores, softwareGpu: gpu.state === 'software', timerStep },
    selfTest,
    conditions,
  });
}
