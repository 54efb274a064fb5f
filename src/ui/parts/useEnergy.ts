import { useStore } from 'zustand';
import type { Calibration } from '../../core/energy/calibration.ts';
import { thisDevice } from '../../state/energy/calibrations.ts';
import { type EnergyState, energy } from '../../state/energy/energy.ts';
import { draftOf, energyLoads } from '../../state/energy/energyDraft.ts';
import { type WizardState, wizard } from '../../state/energy/energyWizard.ts';
import { useBench, useDevice } from './use.ts';

/** React's thin layer over the stores of calibrations and of the wizard that makes them. */
export const useEnergy = <T>(select: (state: EnergyState) => T): T => useStore(energy, select);
export const useWizard = <T>(select: (state: WizardState) => T): T => useStore(wizard, select);

export function useLoads() {
  const state = useDevice((device) => device);
  return useBench((bench) => energyLoads(bench, state));
}

export function useDraft(): Calibration | null {
  const { meter, seconds, typed, idle, ran } = useWizard((state) => state);
  return draftOf(meter, seconds, typed, idle, ran, useLoads(), thisDevice());
}
