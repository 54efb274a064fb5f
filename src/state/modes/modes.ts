import { createStore } from 'zustand/vanilla';
import type { Model } from '../../core/models/model.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { Milliseconds } from '../../core/units.ts';
import { type FreeBatch, freeBatch } from '../../modes/batches/core/batches.ts';
import type { BatchesFound } from '../../modes/batches/core/found.ts';
import type { LoadFound } from '../../modes/load/core/found.ts';
import type { LoadLength } from '../../modes/load/core/plans.ts';
import type { SustainedFound } from '../../modes/sustained/core/found.ts';
import { settingsFault } from '../../modes/sustained/core/settings.ts';
import type { BenchState } from '../bench/bench.ts';
import { laneChoices } from '../bench/selectors.ts';
import type { DeviceState } from '../device/device.ts';
import { isGoing, type RaceStatus } from '../race/race.ts';

/** What the bench does: lanes against each other, one lane in another way, or lanes on what is there now. */
export type Mode = 'race' | 'live' | Kind;
/** What one lane can be put through. */
export type Kind = 'sustained' | 'load' | 'batches';

/** What a run of one kind found. */
export type FoundOf<K extends Kind> = Extract<
  SustainedFound | LoadFound | BatchesFound,
  { readonly kind: K }
>;

/** Where the latest run of one kind stands. */
export interface ModeRun<K extends Kind> {
  readonly status: RaceStatus;
  /** What it does right now: "Serving 40% load". */
  readonly doing: string;
  /** How much of it is over, 0 to 1. */
  readonly share: number;
  /** What the latest run found; stays until the next one begins. */
  readonly found: FoundOf<K> | null;
}

export interface ModesState {
  readonly mode: Mode;
  /** The lane that the user picked for one of the kinds; null while the usual one stands. */
  readonly laneId: string | null;
  /** NaN while what is typed is no number. */
  readonly seconds: number;
  readonly deadlineMs: Milliseconds;
  readonly loadLength: LoadLength;
  readonly batchSeconds: number;
  readonly runs: { readonly [K in Kind]: ModeRun<K> };
  /** True while a live session goes on; all else about it is in live/live.ts, which comes with it. */
  readonly liveOn: boolean;
}

const NOT_RUN = { status: { state: 'idle' }, doing: '', share: 0, found: null } as const;

export const modes = createStore<ModesState>(() => ({
  mode: 'race',
  laneId: null,
  seconds: 120,
  deadlineMs: 16,
  loadLength: 'usual',
  batchSeconds: 20,
  runs: { sustained: NOT_RUN, load: NOT_RUN, batches: NOT_RUN },
  liveOn: false,
}));

/** Whatever runs found was about another model. */
export const forgetRuns = (): void =>
  modes.setState({ runs: { sustained: NOT_RUN, load: NOT_RUN, batches: NOT_RUN } });

export const chooseMode = (mode: Mode): void => modes.setState({ mode });

/** What the user sets of the runs to come. */
export const setModeOption = (
  option: Partial<
    Pick<ModesState, 'laneId' | 'seconds' | 'deadlineMs' | 'loadLength' | 'batchSeconds'>
  >,
): void => modes.setState(option);

export function changeRun<K extends Kind>(kind: K, change: Partial<ModeRun<K>>): void {
  modes.setState(({ runs }) => ({ runs: { ...runs, [kind]: { ...runs[kind], ...change } } }));
}

/** True while a run of any kind goes on. */
export const isModeRunning = ({ runs, liveOn }: ModesState): boolean =>
  liveOn || Object.values(runs).some(({ status }) => isGoing(status));

/** Lanes that this device can run, of which one is put through a mode. */
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

/** The free batch dimension of a model; null where only the opened lane can tell. */
export const modelBatch = ({ task }: Model): FreeBatch | null =>
  task.kind === 'generic' ? freeBatch(task.inputs) : null;

/** Why a mode cannot run as set, as a sentence; null when it can. */
export function modeFault(state: ModesState, model: Model): string | null {
  switch (state.mode) {
    case 'sustained':
      return settingsFault(state);
    case 'batches': {
      const free = modelBatch(model);
      return free && 'missing' in free ? free.missing : null;
    }
    default:
      return null;
  }
}
