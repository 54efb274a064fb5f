import { useStore } from 'zustand';
import { type BenchState, bench } from '../../state/bench/bench.ts';
import { type CompressState, compression } from '../../state/compress/compress.ts';
import { type DeviceState, device } from '../../state/device/device.ts';
import { type PageMemoryState, pageMemory } from '../../state/device/pageMemory.ts';
import { type StoredState, stored } from '../../state/files/stored.ts';
import { transfers } from '../../state/files/transfers.ts';
import { type InspectState, inspection } from '../../state/inspect/inspect.ts';
import { type ProfileState, profiles } from '../../state/inspect/profile.ts';
import { isModeRunning, type ModesState, modes } from '../../state/modes/modes.ts';
import { measurementLock } from '../../state/page/measurementLock.ts';
import { type InsideState, insides } from '../../state/race/insides.ts';
import { isGoing, type RaceState, race } from '../../state/race/race.ts';
import { raceConditions } from '../../state/race/raceConditions.ts';
import { type ReportsState, reports } from '../../state/reports/reports.ts';
import { type StoringState, storing } from '../../state/reports/storing.ts';
import { type SelfTestState, selfTests } from '../../state/selftest/selfTest.ts';

/** React's thin layer over the stores; selectors must return what the store or a memo keeps. */
export const useBench = <T>(select: (state: BenchState) => T): T => useStore(bench, select);
export const useCompression = <T>(select: (state: CompressState) => T): T =>
  useStore(compression, select);
export const useDevice = <T>(select: (state: DeviceState) => T): T => useStore(device, select);
export const useInspection = <T>(select: (state: InspectState) => T): T =>
  useStore(inspection, select);
export const useInsides = <T>(select: (state: InsideState) => T): T => useStore(insides, select);
export const useModes = <T>(select: (state: ModesState) => T): T => useStore(modes, select);
export const usePageMemory = <T>(select: (state: PageMemoryState) => T): T =>
  useStore(pageMemory, select);
export const useStoring = <T>(select: (state: StoringState) => T): T => useStore(storing, select);
export const useProfiles = <T>(select: (state: ProfileState) => T): T => useStore(profiles, select);
export const useRaceConditions = () => useStore(raceConditions, (state) => state.conditions);
export const useRace = <T>(select: (state: RaceState) => T): T => useStore(race, select);
export const useReports = <T>(select: (state: ReportsState) => T): T => useStore(reports, select);
export const useSelfTests = <T>(select: (state: SelfTestState) => T): T =>
  useStore(selfTests, select);
export const useTransfers = () => useStore(transfers, (state) => state.transfers);
export const useStored = <T>(select: (state: StoredState) => T): T => useStore(stored, select);

/** True while the bench measures, when what it runs on must not change. */
export const useBusy = (): boolean => {
  const racing = useRace(({ status }) => isGoing(status));
  return useModes(isModeRunning) || racing;
};

/** What has the device to itself, as a sentence, when nothing else can be measured on it; or null. */
export const useTakenBy = (): string | null => useStore(measurementLock, ({ taken }) => taken);

export const useTaken = (): boolean => useTakenBy() !== null;
