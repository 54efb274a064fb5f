import { useStore } from 'zustand';
import { type EnergyState, energy } from '../../state/energy.ts';

/** React's thin layer over the store of calibrations. */
export const useEnergy = <T>(select: (state: EnergyState) => T): T => useStore(energy, select);
