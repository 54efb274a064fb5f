import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import { type ProfileEvent, readProfile } from './events.ts';
import { mergeProfile } from './merge.ts';
import { chromeTrace } from './trace.ts';

/** What onnxruntime-web 1.30 printed in Chromium 156. */
function recorded(name: string): string {
  const file = new URL(`./fixtures/profile-${name}.json.gz`, import.meta.url);
  return gunzipSync(readFileSync(file)).toString();
}

const profileOf = (name: string, warmRuns: number) =>
  mergeProfile(readProfile(recorded(name)), warmRuns);

const RECORDINGS = [
  ['digits-fp32-wasm', 4, 3],
  ['digits-int8-wasm', 4, 3],
  ['digits-int8w-wasm', 4, 3],
  ['digits-fp32-webgpu', 1, 3],
  ['digits-int8-webgpu', 1, 2],
  ['loop-wasm', 1, 2],
] as const;

const event = (more: Partial<ProfileEvent>): ProfileEvent => ({
  cat: 'Node',
  name: 'conv_kernel_time',
  ts: 0,
  dur: 1000,
  args: { op_name: 'Conv', provider: 'CPUExecutionProvider', node_index: '0' },
  ...more,
});
const node = (op: string, ts: number, dur: number, provider = 'CPU', output = 0) =>
  event({
    name: `${op}_kernel_time`,
    ts,
    dur,
    args: {
      op_name: op,
      provider: `${provider}ExecutionProvider`,
      node_index: '3',
      output_size: String(output),
    },
  });
const run = (ts: number, dur: number) =>
  event({ cat: 'Session', name: 'model_run', ts, dur, args: {} });

describe('readProfile', () => {
  it.each(RECORDINGS)('reads every line of %s', (name) => {
    const lines = recorded(name).match(/^\{"cat"/gm) ?? [];
    expect(readProfile(recorded(name))).toHaveLength(lines.length);
  });

  it('reads the same from an array on one line', () => {
    const events = readProfile(recorded('digits-fp32-wasm'));
    expect(readProfile(JSON.stringify(events))).toEqual(events);
  });

  it('passes over other lines, wherever they stand, and joins broken events', () => {
    const lines = recorded('digits-int8-wasm').split('\n');
    const expected = readProfile(lines.join('\n'));
    const noise = fc.stringMatching(/^[^{]*$/);
    const places = fc.array(fc.tuple(fc.nat(lines.length), noise), { maxLength: 8 });
    const cut = fc.tuple(
      fc.integer({ min: 2, max: lines.length - 3 }),
      fc.integer({ min: 8, max: 90 }),
    );
    fc.assert(
      fc.property(places, cut, (insertions, [line, at]) => {
        const whole = lines[line] ?? '';
        const broken = [...lines];
        broken[line] = `${whole.slice(0, at)}\n${whole.slice(at)}`;
        for (const [place, text] of insertions) {
          // Nothing can stand inside an event, which was one message of the console.
          broken.splice(place, 0, ...text.split('\n'));
        }
        expect(readProfile(broken.join('\n'))).toEqual(expected);
      }),
    );
  });

  it('keeps what came before a trace broke off', () => {
    const text = recorded('digits-fp32-wasm');
    const events = readProfile(text.slice(0, text.length / 2));
    expect(events.length).toBeGreaterThan(20);
    expect(events).toEqual(readProfile(text).slice(0, events.length));
  });

  it('reads names with quotation marks and backslashes, which the runtime does not escape', () => {
    const line =
      '{"cat" : "Node","pid" :42,"tid" :1,"dur" :5,"ts" :6,"ph" : "X","name" :"a"b\\c_kernel_time","args" : {"op_name" : "Add"}},';
    expect(readProfile(`[\n${line}\n`)[0]).toMatchObject({
      name: 'a"b\\c_kernel_time',
      args: { op_name: 'Add' },
    });
  });

  it.each(['', '[]', 'no trace', '<html>'])('says that %j holds none', (text) => {
    expect(() => readProfile(text)).toThrow('The runtime did not provide a profile');
  });
});

describe('mergeProfile', () => {
  it.each(RECORDINGS)('accounts for all of the time of %s', (name, warm, measured) => {
    const { runs, nodes, operators, slices, wallMs } = profileOf(name, warm);
    expect(runs).toHaveLength(measured);
    expect(runs[0]?.start).toBe(0);
    expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
    for (const each of nodes) {
      expect(each.cpu.runs).toHaveLength(measured);
      expect(each.operator).not.toBe('');
      for (const { elem } of [...each.inputs, ...each.outputs]) expect(elem).not.toBe(T.UNDEFINED);
    }
    runs.forEach(({ ms }, i) => {
      const busy = nodes.reduce((sum, { cpu }) => sum + (cpu.runs[i] ?? 0), 0);
      expect(busy).toBeLessThanOrEqual(ms);
    });
    const total = operators.reduce((sum, { ms }) => sum + ms, 0);
    expect(total).toBeCloseTo(
      nodes.reduce((sum, { ms }) => sum + ms, 0),
      6,
    );
    expect(wallMs).toBeGreaterThan(0);
    expect(slices.every(({ run: at, node: of }) => at < measured && nodes[of])).toBe(true);
  });

  it('shows what became of the fp32 digits on WASM', () => {
    const { nodes, arithmetic, crossings, gpuMs } = profileOf('digits-fp32-wasm', 4);
    expect(nodes.map(({ operator }) => operator).join(' ')).toBe(
      'FusedConv FusedConv FusedConv FusedConv MaxPool Reshape Gemm MaxPool Reshape Gemm FusedConv MaxPool Reshape Gemm',
    );
    expect(nodes[0]).toMatchObject({
      key: '19:conv1_conv',
      kind: 'cpu',
      provider: 'CPUExecutionProvider',
      count: 3,
      gpu: null,
      inputs: [
        { elem: T.FLOAT, shape: [1, 1, 28, 28] },
        { elem: T.FLOAT, shape: [16, 1, 3, 3] },
        { elem: T.FLOAT, shape: [16] },
      ],
      outputs: [{ elem: T.FLOAT, shape: [1, 16, 28, 28] }],
      parameterBytes: 640,
      outputBytes: 50176,
    });
    expect(arithmetic).toMatchObject({ int8: { nodes: 0, ms: 0 }, float: { nodes: 8 } });
    expect(crossings.toCpu.count + crossings.toGpu.count).toBe(0);
    expect(gpuMs).toBeNull();
  });

  it('tells int8 arithmetic from int8 weights', () => {
    expect(profileOf('digits-int8-wasm', 4).arithmetic).toMatchObject({
      int8: { nodes: 8 },
      float: { nodes: 0 },
    });
    expect(profileOf('digits-int8w-wasm', 4).arithmetic).toMatchObject({
      int8: { nodes: 0 },
      float: { nodes: 8 },
    });
  });

  it('takes GPU times apart from encoding', () => {
    const { nodes, gpuMs, betweenMs, wallMs } = profileOf('digits-fp32-webgpu', 1);
    const conv = nodes.find(({ name }) => name === 'conv3_conv_token_12');
    expect(conv?.kind).toBe('gpu');
    expect(conv?.ms).toBe(conv?.gpu?.median);
    expect(conv?.ms).toBeGreaterThan(conv?.cpu.median ?? 0);
    const reshape = nodes.find(({ operator }) => operator === 'Reshape');
    expect(reshape?.gpu).toMatchObject({ total: 0 });
    const busy = nodes.reduce((sum, { gpu }) => sum + (gpu?.total ?? 0), 0);
    expect(gpuMs).toBeGreaterThan(0);
    expect(busy / 3).toBeGreaterThan(0.5 * (gpuMs ?? 0));
    expect(betweenMs).toBeLessThan(wallMs);
  });

  it('counts copies between GPU and CPU, and their bytes', () => {
    const { crossings, nodes } = profileOf('digits-int8-webgpu', 1);
    expect(crossings).toEqual({
      toCpu: { count: 15, bytes: 157_248 },
      toGpu: { count: 16, bytes: 40_096 },
    });
    // Two shaders of one node, a transposition and the convolution, are one node's time.
    const conv = nodes.find(({ name }) => name === 'conv2_conv_token_7');
    expect(conv?.gpu?.median).toBeGreaterThan(0);
  });

  it('does not count a loop for what its body did', () => {
    const { nodes } = profileOf('loop-wasm', 1);
    const loop = nodes.find(({ operator }) => operator === 'Loop');
    // Recorded: 649 and 1224 µs, of which the nodes inside took most.
    expect(loop?.cpu.total).toBeLessThan(0.5 * 1.873);
    expect(loop?.cpu.total).toBeGreaterThan(0);
  });

  it('leaves warm-up runs out, and adds up what runs more than once in a run', () => {
    const events = [
      ...[node('Conv', 10, 9000), run(0, 9900)],
      ...[node('Conv', 10_010, 1000), node('Conv', 11_020, 2000), run(10_000, 4000)],
      ...[node('Conv', 20_010, 1000), node('Conv', 21_020, 3000), run(20_000, 6000)],
    ];
    const { nodes, wallMs, betweenMs, runs } = mergeProfile(events, 1);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({
      count: 4,
      cpu: { runs: [3, 4], total: 7, median: 3.5 },
      ms: 3.5,
    });
    expect(runs).toEqual([
      { start: 0, ms: 4 },
      { start: 10, ms: 6 },
    ]);
    expect([wallMs, betweenMs]).toEqual([5, 1.5]);
  });

  it('leaves GPU times open where the browser gives none, or not whose they are', () => {
    const cpu = [node('Conv', 10, 100, 'WebGpu'), run(0, 200)];
    expect(mergeProfile(cpu, 0).nodes[0]).toMatchObject({ kind: 'gpu', gpu: null, ms: 0.1 });
    const nobodys = event({ cat: 'Api', name: '&Relu&Relu', ts: 20, dur: 70 });
    expect(mergeProfile([...cpu, nobodys], 0)).toMatchObject({
      gpuMs: 0.07,
      nodes: [{ gpu: null }],
    });
  });

  it('sorts GPU events into runs by time where the runs differ', () => {
    const api = (ts: number, dur: number) => event({ cat: 'Api', name: 'Conv&Conv&MM', ts, dur });
    const cpu = [0, 1000].flatMap((at) => [node('Conv', at + 10, 10, 'WebGpu'), run(at, 900)]);
    const { nodes } = mergeProfile([...cpu, api(50, 100), api(1050, 200), api(1300, 300)], 0);
    expect(nodes[0]?.gpu?.runs).toEqual([0.1, 0.5]);
  });

  it('says when only warm-up runs are left', () => {
    expect(() => mergeProfile([run(0, 1)], 1)).toThrow(
      'holds 1 runs, 1 of which should have been warm-up',
    );
  });
});

describe('chromeTrace', () => {
  it.each(RECORDINGS)('gives %s tracks by provider, in microseconds', (name, warm, measured) => {
    const profile = profileOf(name, warm);
    const { traceEvents } = chromeTrace(profile, name);
    expect(JSON.parse(JSON.stringify(traceEvents))).toEqual(traceEvents);
    const named = traceEvents.filter(({ ph }) => ph === 'M');
    expect(named[0]).toMatchObject({ name: 'process_name', args: { name } });
    const tids = new Set(named.slice(1).map(({ tid }) => tid));
    const slices = traceEvents.filter(({ ph }) => ph === 'X');
    expect(slices).toHaveLength(profile.slices.length + measured);
    for (const { tid, ts, dur, pid } of slices) {
      expect(tids.has(tid)).toBe(true);
      expect(pid).toBe(1);
      expect(Number.isFinite(ts) && (dur ?? -1) >= 0).toBe(true);
    }
    const [first] = slices.filter(({ cat }) => cat !== 'run');
    expect(first?.args['node']).toBe(profile.nodes[0]?.name);
    expect(slices[0]).toMatchObject({ name: 'run 1', ts: 0 });
  });

  it('keeps both clocks of the GPU apart', () => {
    const { traceEvents } = chromeTrace(profileOf('digits-int8-webgpu', 1), 'int8');
    const tracks = traceEvents.filter(({ name }) => name === 'thread_name');
    expect(tracks.map(({ args }) => args['name']).sort()).toEqual([
      'CPUExecutionProvider',
      'WebGpuExecutionProvider',
      'WebGpuExecutionProvider, encoding',
      'WebGpuExecutionProvider, on the GPU',
      'runs',
    ]);
  });
});
