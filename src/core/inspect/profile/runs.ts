import { Fault } from '../../errors.ts';
import type { Milliseconds } from '../../units.ts';
import type { ProfileEvent } from './events.ts';
import { grouped } from './grouped.ts';
import type { ProfiledRun } from './profile.ts';

/** One execution of a node in a measured run. */
export interface Execution {
  /** The node's name. */
  readonly name: string;
  readonly event: ProfileEvent;
  /** Place among the measured runs. */
  readonly run: number;
  readonly clock: 'cpu' | 'gpu';
  /** Since the start of the first measured run. */
  readonly start: Milliseconds;
  readonly ms: Milliseconds;
  /** Without the nodes of its subgraphs. */
  readonly selfMs: Milliseconds;
}

export interface MeasuredRuns {
  readonly runs: readonly ProfiledRun[];
  /** In the order in which they ended, those on the GPU last. */
  readonly executions: readonly Execution[];
}

const toMs = (microseconds: number): Milliseconds => microseconds / 1000;
const WITH_SUBGRAPHS = new Set<unknown>(['If', 'Loop', 'Scan']);

/** "conv1_kernel_time", or "conv1&Conv&Conv2dMM" with operator and shader on the GPU. */
function nodeName({ cat, name }: ProfileEvent): string {
  if (cat === 'Api') return name.split('&').slice(0, -2).join('&');
  return name.replace(/_kernel_time$/, '');
}

/** The nodes of each run, and its own event, which the profiler writes at its end. */
function splitRuns(events: readonly ProfileEvent[]) {
  const runs: { run: ProfileEvent; nodes: ProfileEvent[] }[] = [];
  let nodes: ProfileEvent[] = [];
  for (const event of events) {
    if (event.cat === 'Node') nodes.push(event);
    else if (event.name === 'model_run') {
      runs.push({ run: event, nodes });
      nodes = [];
    }
  }
  return runs;
}

/** Durations in µs without those of nodes inside, which began later and ended sooner. */
function selfTimes(nodes: readonly ProfileEvent[]): number[] {
  const siblings: ProfileEvent[] = [];
  return nodes.map((event) => {
    let inside = 0;
    if (WITH_SUBGRAPHS.has(event.args['op_name'])) {
      for (let last = siblings.at(-1); last && last.ts >= event.ts; last = siblings.at(-1)) {
        inside += last.dur;
        siblings.pop();
      }
    }
    siblings.push(event);
    return Math.max(0, event.dur - inside);
  });
}

/**
 * The run that each GPU event belongs to. They all stand at the trace's end, each name as often in
 * every run, so counting tells; where runs differ, the clocks do, which roughly agree.
 */
function gpuRuns(api: readonly ProfileEvent[], runs: readonly ProfileEvent[]): number[] {
  const places = grouped(api.keys(), (i) => api[i]?.name ?? '');
  const result = new Array<number>(api.length).fill(0);
  for (const found of places.values()) {
    const each = found.length / runs.length;
    found.forEach((place, i) => {
      const { ts } = api[place] as ProfileEvent;
      result[place] = Number.isInteger(each)
        ? Math.floor(i / each)
        : Math.max(
            0,
            runs.findLastIndex((run) => run.ts <= ts),
          );
    });
  }
  return result;
}

/**
 * Everything that ran in the measured runs.
 * @param warmRuns first runs, which are left out
 * @throws Fault ProfileError when no run is left
 */
export function measuredRuns(events: readonly ProfileEvent[], warmRuns: number): MeasuredRuns {
  const all = splitRuns(events);
  const measured = all.slice(warmRuns);
  const [first] = measured;
  if (!first) {
    throw new Fault(
      'ProfileError',
      `The profile holds ${all.length} runs, ${warmRuns} of which should have been warm-up.`,
    );
  }
  const since = (ts: number) => toMs(ts - first.run.ts);
  const onCpu = measured.flatMap(({ nodes }, run) => {
    const selves = selfTimes(nodes);
    return nodes.map((event, i): Execution => {
      const [start, ms, selfMs] = [since(event.ts), toMs(event.dur), toMs(selves[i] ?? 0)];
      return { name: nodeName(event), event, run, clock: 'cpu', start, ms, selfMs };
    });
  });
  const api = events.filter(({ cat }) => cat === 'Api').sort((a, b) => a.ts - b.ts);
  const runOf = gpuRuns(
    api,
    all.map(({ run }) => run),
  );
  const onGpu = api.map((event, i): Execution => {
    const [start, ms] = [since(event.ts), toMs(event.dur)];
    const run = (runOf[i] ?? 0) - warmRuns;
    return { name: nodeName(event), event, run, clock: 'gpu', start, ms, selfMs: ms };
  });
  return {
    runs: measured.map(({ run: { ts, dur } }) => ({ start: since(ts), ms: toMs(dur) })),
    executions: [...onCpu, ...onGpu.filter(({ run }) => run >= 0)],
  };
}
