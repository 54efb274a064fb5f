import { backendKey, processorOf } from '../../core/backends/backends.ts';
import { readProfile } from '../../core/inspect/profile/events.ts';
import { mergeProfile } from '../../core/inspect/profile/merge.ts';
import { errorFacts } from '../../core/race/events.ts';
import { type Lane, laneTitle } from '../../core/race/lane.ts';
import { medianOf } from '../../core/stats/quantiles.ts';
import { taskSizes } from '../../core/tasks/specs.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import type { Inside } from '../../core/verdict/verdict.ts';
import { measureDevice, storedCeilings } from '../../engine/device/ceilings.ts';
import type { DeviceFacts } from '../../engine/device/devices.ts';
import { InspectClient } from '../../engine/inspect/inspect.ts';
import { noiseFeeds } from '../../engine/race/noise.ts';
import { profileLane } from '../../engine/race/profile.ts';
import { buildFor } from '../../engine/runtime/runtime.ts';
import { bench } from '../bench/bench.ts';
import { device } from '../device/device.ts';
import { runtimeFile, variantFiles } from '../files/downloads.ts';
import { Stoppable } from '../page/measurementLock.ts';
import { insides } from './insides.ts';
import { race } from './race.ts';

/** The most, of a fast model: WASM is compiled better during dozens of runs. */
const MAX_RUNS = { warm: 60, measured: 30 } as const;
const INPUT_SEED = 1;

const stoppable = new Stoppable();

export const stopLooking = stoppable.stop;

const doing = (text: string) => insides.setState({ task: { state: 'running', doing: text } });

/**
 * Profiles a lane of the last race as it raced: the same file on the same backend. Where this
 * device's ceilings were never measured on it, measures them too, which takes some seconds more.
 */
export async function lookInside(laneId: string): Promise<void> {
  const { record } = race.getState();
  const { facts } = device.getState();
  const about = record?.lanes.find(({ lane }) => lane.id === laneId);
  if (!record || !about?.opened || !facts) return;
  const { lane, opened } = about;
  await stoppable.run('A lane is being profiled.', async (signal) => {
    insides.setState({ lane: laneId });
    doing(`Reading ${lane.variant.title}`);
    try {
      const inside = await insideOf(record.model.task, lane, facts, signal);
      const current = race.getState().record?.lanes.map((each) => each.opened);
      insides.setState(({ found }) => ({
        task: { state: 'idle' },
        // Those of earlier races are forgotten.
        found: new Map([
          ...[...found].filter(([session]) => current?.includes(session)),
          [opened, inside],
        ]),
      }));
    } catch (thrown) {
      const { aborted } = signal;
      insides.setState({
        task: aborted ? { state: 'idle' } : { state: 'failed', error: errorFacts(thrown) },
      });
    }
  });
}

async function insideOf(
  task: AnyTask,
  lane: Lane,
  facts: DeviceFacts,
  signal: AbortSignal,
): Promise<Inside> {
  const { variant, backend } = lane;
  const reader = new InspectClient();
  const close = () => reader.close();
  signal.addEventListener('abort', close);
  try {
    const { model, external } = await variantFiles(variant, signal);
    const dimensions = { ...taskSizes(task), ...bench.getState().dimensions };
    const file = variant.source.file;
    const { inspection } = await reader.open({ file, model, external }, dimensions);
    const build = buildFor(backend);
    const files = async () => ({
      build,
      runtime: await runtimeFile(build, signal),
      model: await reader.named(),
      external,
    });
    doing(`Profiling ${laneTitle(lane)}`);
    const feeds = await noiseFeeds(inspection.inputs, inspection.sizes, INPUT_SEED);
    const told = await profileLane(lane, files, feeds, MAX_RUNS, signal);
    return {
      profile: mergeProfile(readProfile(told.text), told.runs.warm),
      plainMs: medianOf(told.plainMs),
      nodes: inspection.nodes,
      ceilings: await ceilingsOf(lane, facts, signal),
    };
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Of a GPU that the processor plays there is nothing to measure. */
async function ceilingsOf({ backend }: Lane, facts: DeviceFacts, signal: AbortSignal) {
  if (processorOf(backend) === 'gpu' && facts.gpu.state === 'software') return null;
  const key = backendKey(backend);
  const kept = storedCeilings(facts).find((each) => backendKey(each.backend) === key);
  if (kept) return kept;
  doing('Measuring this device’s peak compute and bandwidth, about 5 to 8 s');
  return measureDevice(facts, backend, (build) => runtimeFile(build, signal), signal);
}
