import * as v from 'valibot';
import type { Backend } from '../../core/backends/backend.ts';
import { sameBackend } from '../../core/backends/backends.ts';
import { type Ceilings, CeilingsSchema } from '../../core/inspect/roofline/ceilings.ts';
import { measureCeilings, type ProbeLane } from '../../core/inspect/roofline/measure.ts';
import type { Probe } from '../../core/inspect/roofline/probes.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { LaneRunner } from '../../core/session/runner.ts';
import type { RuntimeBuild } from '../protocol.ts';
import { LaneClient } from '../race/client.ts';
import { buildFor } from '../runtime/runtime.ts';
import { deviceId } from './deviceId.ts';
import type { DeviceFacts } from './devices.ts';

/** Rises when probes or the stored form change, so that older results are not shown. */
const KEY = 'inferometer-ceilings-1';

const StoredSchema = v.object({ device: v.string(), ceilings: v.array(CeilingsSchema) });

/** Ceilings measured on this device before; none where storage is off or holds something else. */
export function storedCeilings(facts: DeviceFacts): readonly Ceilings[] {
  try {
    const stored = v.parse(StoredSchema, JSON.parse(localStorage.getItem(KEY) ?? ''));
    return stored.device === deviceId(facts) ? stored.ceilings : [];
  } catch {
    return [];
  }
}

function keep(facts: DeviceFacts, measured: Ceilings): void {
  const others = storedCeilings(facts).filter(
    ({ backend }) => !sameBackend(backend, measured.backend),
  );
  const stored = { device: deviceId(facts), ceilings: [...others, measured] };
  try {
    localStorage.setItem(KEY, JSON.stringify(stored));
  } catch {
    // Storage is off or full: they hold until the page closes.
  }
}

export function forgetCeilings(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is off: nothing was kept.
  }
}

const FILE = 'probe.onnx';

const laneOf = (probe: Probe, backend: Backend): Lane => ({
  id: 'probe',
  variant: {
    id: 'probe',
    title: probe.title,
    precision: 'unknown',
    bytes: 0,
    source: { kind: 'dropped', file: FILE },
  },
  backend,
  reference: false,
});

/**
 * Measures what this device can do on a backend, and keeps it. Nothing else should run meanwhile.
 * @param runtimeFile the WebAssembly of a build
 * @throws Fault as `LaneRunner.open`; the signal's reason, at once
 */
export async function measureDevice(
  facts: DeviceFacts,
  backend: Backend,
  runtimeFile: (build: RuntimeBuild) => Promise<Blob>,
  signal: AbortSignal,
): Promise<Ceilings> {
  signal.throwIfAborted();
  const build = buildFor(backend);
  const runtime = await runtimeFile(build);
  let running: LaneClient | null = null;
  const start = (probe: Probe): ProbeLane => {
    // BlobPart wants to be sure that no part is shared memory; the codec shares none.
    const model = new Blob(probe.parts() as Uint8Array<ArrayBuffer>[]);
    const client = new LaneClient(laneOf(probe, backend), async () => ({ build, runtime, model }));
    running = client;
    const runner: LaneRunner = {
      open: () => client.open(false),
      load: (slot, feeds) => client.load(slot, feeds),
      turn: (request) => client.turn(request),
    };
    return { runner, end: () => client.terminate() };
  };
  const end = () => running?.terminate();
  signal.addEventListener('abort', end);
  try {
    const shaderF16 = facts.gpu.state !== 'missing' && facts.gpu.shaderF16;
    const now = () => new Date();
    const measured = await measureCeilings({ backend, build, shaderF16, start, now, signal });
    keep(facts, measured);
    return measured;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
