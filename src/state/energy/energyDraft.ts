/** What the wizard's readings come to, derived from what was typed and run. */
import type { Calibration, CalibrationRow } from '../../core/energy/calibration.ts';
import { type EnergyEstimate, estimateEnergy } from '../../core/energy/estimate.ts';
import { type EnergyLoad, loadsFor } from '../../core/energy/loads.ts';
import { readBusyWatts, readIdleWatts, readPositive, type Typed } from '../../core/energy/watts.ts';
import { figuresOf, type LaneFigures } from '../../core/figures/figures.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import type { Watts } from '../../core/units.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import type { BenchState } from '../bench/bench.ts';
import { energyBasis, selectedModel } from '../bench/selectors.ts';
import type { DeviceState } from '../device/device.ts';
import { memoLast } from '../page/memo.ts';
import { LONG_ENOUGH_SECONDS, type Ran, type WizardState } from './energyWizard.ts';

const loadsOf = memoLast(
  (
    models: BenchState['models'],
    modelId: BenchState['modelId'],
    facts: DeviceFacts | null,
  ): readonly EnergyLoad[] => {
    if (!facts) return [];
    // The zoo's first: small, and of a known count of multiplications.
    const shipped = models.find(({ variants: [first] }) => first?.source.kind === 'zoo') ?? null;
    const own = models.find(({ id }) => id === modelId) ?? null;
    const conditions = { threads: facts.threads, gpu: facts.gpu.state === 'hardware' };
    return loadsFor(shipped, own === shipped ? null : own, conditions);
  },
);

export const energyLoads = (state: BenchState, { facts }: DeviceState): readonly EnergyLoad[] =>
  loadsOf(state.models, selectedModel(state)?.id ?? null, facts);

const MAX_BATTERY_WH = 300;

export const batteryTyped = ({ typed }: Pick<WizardState, 'typed'>): Typed =>
  readPositive(typed.battery, 'A battery’s capacity', MAX_BATTERY_WH, 'Wh');

/** A meter's step: 0.1 W, or 1 W. */
export const stepTyped = ({ typed }: Pick<WizardState, 'typed'>): Typed =>
  readPositive(typed.step, 'A meter’s resolution', 10, 'W');

/** The battery's slope reads itself; everything else is typed. */
function readingOf(ran: Ran | null, text: string, read: (text: string) => Typed): Typed {
  if (ran?.slope) return { state: 'good', value: ran.slope.watts };
  return read(text);
}

export const idleTyped = ({ typed, idle }: Pick<WizardState, 'typed' | 'idle'>): Typed =>
  readingOf(idle, typed.idle, readIdleWatts);

export function busyTyped(state: Pick<WizardState, 'typed' | 'idle' | 'ran'>, id: string): Typed {
  const idle = idleTyped(state);
  const above = idle.state === 'good' ? idle.value : null;
  const typed = readingOf(state.ran[id] ?? null, state.typed.loads[id] ?? '', (text) =>
    readBusyWatts(text, above),
  );
  if (typed.state !== 'good' || above === null || typed.value > above) return typed;
  return {
    state: 'wrong',
    why: 'The battery fell no faster than on the idle device: run this load longer.',
  };
}

function rowOf(
  load: EnergyLoad,
  ran: Ran,
  wattsIdle: Watts,
  wattsBusy: Watts,
  wattsStep: Watts,
): CalibrationRow {
  const { wallSeconds, busySeconds, inferences } = ran;
  return {
    load: load.title,
    variant: load.variant,
    backend: load.lane.backend,
    wallSeconds,
    busySeconds,
    inferences,
    macs: load.macs,
    bytes: load.bytes,
    wattsIdle,
    wattsBusy,
    wattsStep,
  };
}

const isUsable = (ran: Ran | undefined): ran is Ran =>
  ran !== undefined && ran.spoiled === null && ran.inferences > 0;

/** The calibration that what was read so far would give; null before the first whole load. */
export const draftOf = memoLast(
  (
    meter: WizardState['meter'],
    seconds: number,
    typed: WizardState['typed'],
    idle: WizardState['idle'],
    ran: WizardState['ran'],
    loads: readonly EnergyLoad[],
    device: string | null,
  ): Calibration | null => {
    const state = { typed, idle, ran };
    const rest = idleTyped(state);
    const step = stepTyped(state);
    if (rest.state !== 'good' || device === null) return null;
    const rows = loads.flatMap((load) => {
      const own = ran[load.id];
      const busy = busyTyped(state, load.id);
      if (!isUsable(own) || busy.state !== 'good') return [];
      const typedStep = step.state === 'good' ? step.value : 0;
      const wattsStep = own.slope?.step ?? typedStep;
      return [rowOf(load, own, rest.value, busy.value, wattsStep)];
    });
    if (rows.length === 0) return null;
    const short = seconds < LONG_ENOUGH_SECONDS;
    // Named and dated when it is kept.
    return { id: 'draft', device, meter, short, madeAt: new Date(0).toISOString(), rows };
  },
);

/** One lane of the last race, before and after. */
export interface Change {
  readonly figures: LaneFigures;
  readonly before: EnergyEstimate;
  readonly after: EnergyEstimate;
}

/** What the last race's energy would become. */
export function changesOf(
  record: RaceRecord | null,
  state: DeviceState,
  calibration: Calibration | null,
): readonly Change[] {
  if (!record || !calibration) return [];
  const timerStep = state.facts?.timerStep ?? 1;
  const of = (basis: ReturnType<typeof energyBasis>) => figuresOf(record, { ...basis, timerStep });
  const before = of(energyBasis(state));
  const after = of(energyBasis({ ...state, calibration }));
  return before.flatMap((figures, i) => {
    const next = after[i]?.energy;
    return figures.energy && next ? [{ figures, before: figures.energy, after: next }] : [];
  });
}

/** What one second of a fully busy device takes, for a sentence before any race was run. */
export const secondOfWork = (state: DeviceState): EnergyEstimate =>
  estimateEnergy(
    {
      ms: 1000,
      macs: null,
      bytes: null,
      precision: 'fp32',
      backend: { kind: 'wasm', threads: state.facts?.threads ?? 1 },
      variant: '',
    },
    energyBasis(state),
  );
