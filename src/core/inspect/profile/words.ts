import { bytes, count, duration, list, percent } from '../../format.ts';
import type { Milliseconds } from '../../units.ts';
import { nodesText } from '../sentence.ts';
import type { OperatorTime, Profile } from './profile.ts';

/** "CPUExecutionProvider" as people call it. */
export function providerName(provider: string): string {
  if (provider === 'CPUExecutionProvider') return 'CPU (WASM)';
  return provider.replace(/ExecutionProvider$/, '').replace('WebGpu', 'WebGPU');
}

const sum = (times: readonly OperatorTime[]) => times.reduce((total, { ms }) => total + ms, 0);

/** The finding in one sentence: how long a run takes and what takes most of it. */
export function profileHeadline(
  { operators, arithmetic, nodes: executed }: Profile,
  plainMs: Milliseconds,
): string {
  const [top] = operators;
  const total = sum(operators);
  const most =
    top && total > 0
      ? ` ${nodesText(top.nodes, top.operator)} of ${count(executed.length)} ${top.nodes === 1 ? 'takes' : 'take'} ${percent(top.ms / total)} of the time spent in nodes.`
      : '';
  const { int8, float } = arithmetic;
  const heavy = int8.nodes + float.nodes;
  const really =
    heavy === 0
      ? ''
      : int8.nodes === 0
        ? ` All ${count(heavy)} convolutions and matrix products ran as float.`
        : float.nodes === 0
          ? ` All ${count(heavy)} convolutions and matrix products ran as int8.`
          : ` Of ${count(heavy)} convolutions and matrix products ${count(int8.nodes)} ran as int8 and ${count(float.nodes)} as float.`;
  return `One run takes ${duration(plainMs)}.${most}${really}`;
}

/** "15 nodes ran on WebGPU and 4 on CPU (WASM)." */
function providersText({ nodes: executed }: Profile): string {
  const shares = new Map<string, number>();
  for (const { provider } of executed) {
    const name = providerName(provider);
    shares.set(name, (shares.get(name) ?? 0) + 1);
  }
  const [first, ...others] = [...shares].sort(([, a], [, b]) => b - a);
  if (!first) return '';
  if (others.length === 0) return `All ${count(executed.length)} nodes ran on ${first[0]}.`;
  const rest = others.map(([name, n]) => `${count(n)} on ${name}`);
  return `${list([`${count(first[1])} nodes ran on ${first[0]}`, ...rest])}.`;
}

/** How far the figures can be trusted, and what crossed between providers. */
export function profileNotes(profile: Profile, plainMs: Milliseconds): string[] {
  const { runs, warmRuns, wallMs, betweenMs, gpuMs, crossings } = profile;
  const { toCpu, toGpu } = crossings;
  const crossed = toCpu.count + toGpu.count;
  const overhead = plainMs > 0 ? wallMs / plainMs : null;
  const lines = [
    `Medians of ${count(runs.length)} runs after ${count(warmRuns)} warm-up runs. With the profiler on, a run takes ${duration(wallMs)}${overhead === null ? '' : `, ${overhead.toFixed(2)} times as long as without`}; ${duration(betweenMs)} of it ${gpuMs === null ? 'not spent in any node' : 'not accounted for by any node on the CPU’s clock, including the wait for the GPU'}.`,
    crossed > 0
      ? `${providersText(profile)} In one run ${bytes(toCpu.bytes)} went from the GPU to the CPU in ${count(toCpu.count)} copies, and ${bytes(toGpu.bytes)} to the GPU in ${count(toGpu.count)}.`
      : `${providersText(profile)} Nothing was copied between execution providers.`,
  ];
  if (gpuMs !== null) {
    lines.push(
      `The GPU was busy for ${duration(gpuMs)}; browsers round its clock, to 0.1 ms in Chrome.`,
    );
  }
  return lines;
}
