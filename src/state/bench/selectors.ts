import type { LaneConditions } from '../../core/backends/backend.ts';
import type { Calibration } from '../../core/energy/calibration.ts';
import type { DeviceClass } from '../../core/energy/priors.ts';
import type { EnergyBasis } from '../../core/energy/work.ts';
import { type FigureConditions, figuresOf, type LaneFigures } from '../../core/figures/figures.ts';
import type { Model } from '../../core/models/model.ts';
import { type LaneOffer, offerLanes } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import type { DeviceState } from '../device/device.ts';
import { memoLast } from '../page/memo.ts';
import type { BenchState } from './bench.ts';

export function selectedModel({ models, modelId }: BenchState): Model | null {
  return models.find(({ id }) => id === modelId) ?? null;
}

export function laneConditions(facts: DeviceFacts): LaneConditions {
  const { gpu, threads } = facts;
  return {
    threads,
    webgpu: gpu.state,
    shaderF16: gpu.state !== 'missing' && gpu.shaderF16,
  };
}

/** A lane on offer and whether it is chosen. */
export interface LaneChoice extends LaneOffer {
  readonly chosen: boolean;
}

const choicesOf = memoLast(
  (
    model: Model | null,
    facts: DeviceFacts | null,
    picked: ReadonlySet<string> | null,
  ): readonly LaneChoice[] => {
    if (!model || !facts) return [];
    return offerLanes(model, laneConditions(facts)).map((offer) => ({
      ...offer,
      // The reference always runs: without it no answer could be checked.
      chosen:
        offer.blocked === null &&
        (offer.lane.reference || (picked ? picked.has(offer.lane.id) : offer.preselected)),
    }));
  },
);

export function laneChoices(state: BenchState, { facts }: DeviceState): readonly LaneChoice[] {
  return choicesOf(selectedModel(state), facts, state.chosen);
}

export function deviceClass({ facts, pickedClass }: DeviceState): DeviceClass {
  return pickedClass ?? facts?.deviceClass ?? 'unknown';
}

const conditionsOf = memoLast(
  (
    facts: DeviceFacts | null,
    device: DeviceClass,
    calibration: Calibration | null,
  ): FigureConditions => ({
    device,
    cores: facts?.cores ?? 1,
    softwareGpu: facts?.gpu.state === 'software',
    calibration,
    timerStep: facts?.timerStep ?? 1,
  }),
);

/** What is known of this device's power. */
export const energyBasis = (state: DeviceState): EnergyBasis =>
  conditionsOf(state.facts, deviceClass(state), state.calibration);

const figuresMemo = memoLast((record: RaceRecord | null, here: FigureConditions) =>
  record ? figuresOf(record, here) : [],
);

export function raceFigures(record: RaceRecord | null, state: DeviceState): LaneFigures[] {
  return figuresMemo(record, conditionsOf(state.facts, deviceClass(state), state.calibration));
}

export { inputNoun } from '../../core/models/model.ts';
