import type { ElementCode } from '../../onnx/elements.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { medianOf } from '../../stats/quantiles.ts';
import type { Milliseconds } from '../../units.ts';
import type { ProfileEvent } from './events.ts';
import { grouped } from './grouped.ts';
import type { ExecutedNode, NodeKind, Profile, RunTimes, TensorFact } from './profile.ts';
import { type Execution, measuredRuns } from './runs.ts';
import { arithmeticOf, crossingsOf, operatorTimes } from './totals.ts';

const text = ({ args }: ProfileEvent, key: string) => String(args[key] ?? '');
const number = (event: ProfileEvent, key: string) => Number(text(event, key)) || 0;

/** The runtime spells as C++ does: "float", "double"; the rest as ONNX. */
function elementOf(name: string): ElementCode {
  const code = (T as unknown as Readonly<Record<string, ElementCode>>)[name.toUpperCase()];
  return code ?? T.UNDEFINED;
}

/** `[{"float":[1,3]},{"int64":[]}]` */
function tensorFacts(printed: unknown): TensorFact[] {
  if (!Array.isArray(printed)) return [];
  return printed.flatMap((tensor: unknown) =>
    Object.entries(tensor ?? {}).map(([name, shape]) => ({
      elem: elementOf(name),
      shape: Array.isArray(shape) ? shape.map(Number) : [],
    })),
  );
}

function kindOf(event: ProfileEvent): NodeKind {
  if (/^Memcpy(To|From)Host$/.test(text(event, 'op_name'))) return 'copy';
  return text(event, 'provider') === 'CPUExecutionProvider' ? 'cpu' : 'gpu';
}

const keyOf = ({ event, name }: Execution) => `${text(event, 'node_index')}:${name}`;

/** Sums by run. */
function perRun(executions: readonly Execution[], runs: number): Milliseconds[] {
  const sums = new Array<Milliseconds>(runs).fill(0);
  for (const { run, selfMs } of executions) sums[run] = (sums[run] ?? 0) + selfMs;
  return sums;
}

function timesOf(executions: readonly Execution[], count: number): RunTimes {
  const runs = perRun(executions, count);
  return { median: medianOf(runs), total: runs.reduce((sum, ms) => sum + ms, 0), runs };
}

/**
 * @param onCpu its executions, at least one
 * @param onGpu what they made the GPU do; null where that is not known
 */
function executedNode(
  onCpu: readonly [Execution, ...Execution[]],
  onGpu: readonly Execution[] | null,
  runs: number,
): ExecutedNode {
  const [first] = onCpu;
  const { name, event } = first;
  const kind = kindOf(event);
  const cpu = timesOf(onCpu, runs);
  const gpu = kind === 'gpu' && onGpu ? timesOf(onGpu, runs) : null;
  return {
    key: keyOf(first),
    name,
    index: number(event, 'node_index'),
    operator: text(event, 'op_name'),
    provider: text(event, 'provider'),
    kind,
    count: onCpu.length,
    cpu,
    gpu,
    ms: (gpu ?? cpu).median,
    inputs: tensorFacts(event.args['input_type_shape']),
    outputs: tensorFacts(event.args['output_type_shape']),
    parameterBytes: number(event, 'parameter_size'),
    activationBytes: number(event, 'activation_size'),
    outputBytes: number(event, 'output_size'),
  };
}

/**
 * What the profiler says of the measured runs.
 * @param warmRuns first runs, which are left out
 * @throws Fault ProfileError when no run is left
 */
export function mergeProfile(events: readonly ProfileEvent[], warmRuns: number): Profile {
  const { runs, executions } = measuredRuns(events, warmRuns);
  const onCpu = executions.filter(({ clock }) => clock === 'cpu');
  const onGpu = executions.filter(({ clock }) => clock === 'gpu');
  const byKey = grouped(onCpu, keyOf);
  const gpuByName = grouped(onGpu, ({ name }) => name);
  const names = new Set(onCpu.map(({ name }) => name));
  // A node without GPU events had nothing to do there, unless some events belong to nobody.
  const complete = onGpu.length > 0 && [...gpuByName.keys()].every((name) => names.has(name));
  const nodes = [...byKey.values()].map((each) => {
    const [first, ...others] = each as [Execution, ...Execution[]];
    const gpu = gpuByName.get(first.name) ?? (complete ? [] : null);
    return executedNode([first, ...others], gpu, runs.length);
  });
  const places = new Map([...byKey.keys()].map((key, i) => [key, i]));
  const placesByName = new Map(nodes.map(({ name }, i) => [name, i]));
  const slices = executions.flatMap((each) => {
    const { name, run, clock, start, ms } = each;
    const node = clock === 'cpu' ? places.get(keyOf(each)) : placesByName.get(name);
    return node === undefined ? [] : [{ node, run, clock, start, ms }];
  });
  const accounted = perRun(onCpu, runs.length);
  return {
    nodes,
    operators: operatorTimes(nodes),
    runs,
    warmRuns,
    wallMs: medianOf(runs.map(({ ms }) => ms)),
    betweenMs: medianOf(runs.map(({ ms }, i) => Math.max(0, ms - (accounted[i] ?? 0)))),
    gpuMs: onGpu.length > 0 ? medianOf(perRun(onGpu, runs.length)) : null,
    crossings: crossingsOf(nodes, runs.length),
    arithmetic: arithmeticOf(nodes),
    slices,
  };
}
