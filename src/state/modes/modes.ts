import { createStore } from 'zustand/vanilla';
import type { AnyFound } from '../../core/modes/found.ts';
import { modeKind } from '../../core/modes/register.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { BenchState } from '../bench/bench.ts';
import { laneChoices } from '../bench/selectors.ts';
import type { DeviceState } from '../device/device.ts';
import { isGoing, type RaceStatus } from '../race/race.ts';

/** Where the latest run of one mode stands. */
export interface ModeRun {
  readonly status: RaceStatus;
  /** What it does right now: "Serving 40% load". */
  readonly doing: string;
  /** How much of it is over, 0 to 1; null where nobody can tell. */
  readonly share: number | null;
  /** What the latest run found, as far as it is to be stored; stays until the next one begins. */
  readonly found: AnyFound | null;
}

/** A race has a store of its own. What is set of each mode is in that mode's own store. */
export interface ModesState {
  /** The kind of what the bench does. */
  readonly mode: string;
  /** The lane that the user picked for modes of one lane; null while the usual one stands. */
  readonly laneId: string | null;
  /** By the mode's kind; none before its first run. */
  readonly runs: Readonly<Record<string, ModeRun>>;
}

const NOT_RUN: ModeRun = { status: { state: 'idle' }, doing: '', share: null, found: null };

export const modes = createStore<ModesState>(() => ({ mode: 'race', laneId: null, runs: {} }));

export const runOf = ({ runs }: ModesState, kind: string): ModeRun => runs[kind] ?? NOT_RUN;

/** Whatever runs found was about another model. */
export const forgetRuns = (): void => modes.setState({ runs: {} });

/** @throws Fault ModeError for an unknown one */
export const chooseMode = (kind: string): void => modes.setState({ mode: modeKind(kind).kind });

export const chooseModeLane = (laneId: string): void => modes.setState({ laneId });

export function changeRun(kind: string, change: Partial<ModeRun>): void {
  modes.setState((state) => ({
    runs: { ...state.runs, [kind]: { ...runOf(state, kind), ...change } },
  }));
}

/** True while a run of any mode goes on. */
export const isModeRunning = ({ runs }: ModesState): boolean =>
  Object.values(runs).some(({ status }) => isGoing(status));

/** Lanes that this device can run, of which modes take one or two. */
export const modeLanes = (state: BenchState, device: DeviceState): readonly Lane[] =>
  laneChoices(state, device).flatMap(({ lane, blocked }) => (blocked === null ? [lane] : []));

/** The picked lane; else int8 on WASM, else the first. */
export function modeLane(lanes: readonly Lane[], laneId: string | null): Lane | null {
  return (
    lanes.find(({ id }) => id === laneId) ??
    lanes.find(({ variant, backend }) => variant.precision === 'int8' && backend.kind === 'wasm') ??
    lanes[0] ??
    null
  );
}
