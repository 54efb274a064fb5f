/** Runs what is to be read from a meter: nothing, or one load after the other. */

import { slopeOf } from '../../core/energy/battery.ts';
import type { MeterKind } from '../../core/energy/calibration.ts';
import type { EnergyLoad } from '../../core/energy/loads.ts';
import { type ErrorFacts, errorFacts, type RaceEvent } from '../../core/race/events.ts';
import { watchBattery } from '../../engine/device/battery.ts';
import { noiseFeeds } from '../../engine/race/noise.ts';
import { buildFor } from '../../engine/runtime/runtime.ts';
import { bench } from '../bench/bench.ts';
import { device } from '../device/device.ts';
import { runtimeFile } from '../files/downloads.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { raceLanes } from '../race/racing.ts';
import { addCalibration, thisDevice } from './calibrations.ts';
import { batteryTyped, draftOf, energyLoads } from './energyDraft.ts';
import { FRESH, type Ran, type WizardState, wizard } from './energyWizard.ts';

const IDLE = 'idle';
const INPUT_SEED = 1;

export function setMeter(meter: MeterKind, seconds: number): void {
  // Readings of another meter do not go with these.
  wizard.setState({ ...FRESH, meter, seconds, typed: { ...FRESH.typed } });
}

export const setSeconds = (seconds: number): void =>
  wizard.setState({ seconds, idle: null, ran: {} });

export function typeReading(part: Partial<WizardState['typed']>): void {
  wizard.setState(({ typed }) => ({ typed: { ...typed, ...part } }));
}

export function typeLoad(id: string, text: string): void {
  wizard.setState(({ typed }) => ({ typed: { ...typed, loads: { ...typed.loads, [id]: text } } }));
}

const stoppable = new Stoppable();

export const stopCalibrating = stoppable.stop;

/** One stretch under the meter, with its countdown and its end in the store. */
async function stretch(id: string, task: (signal: AbortSignal) => Promise<Ran>): Promise<void> {
  await stoppable.run('Energy is being calibrated.', async (signal) => {
    wizard.setState({ run: { state: 'starting', id } });
    const battery = wizard.getState().meter === 'battery' ? await watchBattery() : null;
    try {
      const ran = await task(signal);
      const wh = batteryTyped(wizard.getState());
      const slope = battery && wh.state === 'good' ? slopeOf(battery.readings(), wh.value) : null;
      const spoiled = ran.spoiled ?? (battery ? batteryFault(battery.charged(), slope) : null);
      keepRan(id, { ...ran, spoiled, slope });
      wizard.setState({ run: { state: 'none' } });
    } catch (thrown) {
      const error = errorFacts(thrown);
      wizard.setState({
        run: signal.aborted ? { state: 'none' } : { state: 'failed', id, error },
      });
    } finally {
      battery?.end();
    }
  });
}

function batteryFault(charged: boolean, slope: Ran['slope']): string | null {
  if (charged) return 'The battery was charging: unplug the power supply and run it again.';
  if (!slope) return 'The battery level fell by less than two steps: run it longer.';
  return null;
}

function keepRan(id: string, ran: Ran): void {
  if (id === IDLE) wizard.setState({ idle: ran });
  else wizard.setState((state) => ({ ran: { ...state.ran, [id]: ran } }));
}

/** Told once a second: drawing is work, too. */
function countDown(id: string, secondsLeft: number): void {
  const { run } = wizard.getState();
  const left = Math.max(0, Math.ceil(secondsLeft));
  if (run.state === 'running' && run.secondsLeft === left) return;
  wizard.setState({ run: { state: 'running', id, secondsLeft: left } });
}

/** Lets the device do nothing for a while, so that its idle power can be read. */
export function watchIdle(): Promise<void> {
  const { seconds } = wizard.getState();
  return stretch(
    IDLE,
    (signal) =>
      new Promise<Ran>((resolve, reject) => {
        const began = performance.now();
        let hidden = document.hidden;
        const timer = setInterval(() => {
          hidden ||= document.hidden;
          const wallSeconds = (performance.now() - began) / 1000;
          countDown(IDLE, seconds - wallSeconds);
          if (wallSeconds < seconds) return;
          clearInterval(timer);
          const spoiled = hidden ? HIDDEN : null;
          resolve({ wallSeconds, busySeconds: 0, inferences: 0, spoiled, slope: null });
        }, 250);
        signal.addEventListener('abort', () => {
          clearInterval(timer);
          reject(signal.reason);
        });
      }),
  );
}

const HIDDEN = 'The tab was hidden or the device slept meanwhile: run it again.';

/** Adds up what a load did. */
class Tally {
  private wall = 0;
  private busy = 0;
  private inferences = 0;
  private spoiled: string | null = null;
  died: ErrorFacts | null = null;

  add(event: RaceEvent): void {
    if (event.kind === 'excluded') this.spoiled = HIDDEN;
    if (event.kind === 'died') this.died = event.error;
    if (event.kind !== 'turn') return;
    const { ms, batch, at } = event;
    this.wall = at / 1000;
    this.inferences += ms.length * batch;
    this.busy += (ms.reduce((sum, each) => sum + each, 0) * batch) / 1000;
  }

  ran(): Ran {
    const { wall: wallSeconds, busy: busySeconds, inferences, spoiled } = this;
    return { wallSeconds, busySeconds, inferences, spoiled, slope: null };
  }
}

/** A probe is made here; everything else comes from the zoo or was dropped. */
function probeFiles({ probe, lane }: EnergyLoad) {
  if (!probe) return {};
  return {
    files: async (_: unknown, signal: AbortSignal) => {
      const build = buildFor(lane.backend);
      // BlobPart wants to be sure that no part is shared memory; the codec shares none.
      const model = new Blob(probe.parts() as Uint8Array<ArrayBuffer>[]);
      return { build, runtime: await runtimeFile(build, signal), model };
    },
  };
}

/** Keeps one load busy for as long as was chosen. */
export function runLoad(load: EnergyLoad): Promise<void> {
  const { seconds } = wizard.getState();
  return stretch(load.id, async (signal) => {
    const tally = new Tally();
    await raceLanes([load.lane], {
      ...probeFiles(load),
      feeds: ({ inputs }) =>
        load.probe?.feeds ?? noiseFeeds(inputs, bench.getState().dimensions, INPUT_SEED),
      checks: null,
      checkMs: 0,
      stop: { kind: 'seconds', seconds },
      signal,
      emit: (event) => {
        tally.add(event);
        if (event.kind === 'progress') countDown(load.id, (1 - event.share) * seconds);
      },
    });
    if (tally.died) throw Object.assign(new Error(tally.died.message), { name: tally.died.name });
    return tally.ran();
  });
}

/** Keeps what was read, under today's date, and uses it for all figures from now on. */
export function saveDraft(): void {
  const state = wizard.getState();
  const { meter, seconds, typed, idle, ran } = state;
  const loads = energyLoads(bench.getState(), device.getState());
  const draft = draftOf(meter, seconds, typed, idle, ran, loads, thisDevice());
  if (!draft) return;
  const madeAt = new Date().toISOString();
  // Not randomUUID: a page over plain http has none.
  const id = `${madeAt}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  addCalibration({ ...draft, id, madeAt });
  wizard.setState({ ...FRESH, meter, seconds });
}
