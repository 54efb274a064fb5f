import { elementName } from '../../onnx/elements.ts';
import type { ExecutedNode, Profile, ProfileSlice, TensorFact } from './profile.ts';

/** One entry of the Trace Event Format; `ts` and `dur` in microseconds. */
export interface TraceEvent {
  /** X: something with a duration; M: the name of a track. */
  readonly ph: 'X' | 'M';
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly args: Readonly<Record<string, string | number>>;
}

/** What ui.perfetto.dev and chrome://tracing open (Google's "Trace Event Format", JSON object). */
export interface ChromeTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: 'ms';
}

const PROCESS = 1;
const RUNS_TRACK = 'runs';

const typeText = ({ elem, shape }: TensorFact) => `${elementName(elem)}[${shape.join(',')}]`;

/** Both clocks of one provider have a track of their own. */
const trackOf = ({ clock }: ProfileSlice, { provider, kind }: ExecutedNode) => {
  if (clock === 'gpu') return `${provider}, on the GPU`;
  return kind === 'gpu' ? `${provider}, encoding` : provider;
};

const nameTrack = (
  what: 'process_name' | 'thread_name',
  tid: number,
  name: string,
): TraceEvent => ({
  ph: 'M',
  name: what,
  pid: PROCESS,
  tid,
  args: { name },
});

/**
 * The measured runs as a trace for a profiler's timeline.
 * @param title names the process: the model and where it ran
 */
export function chromeTrace(profile: Profile, title: string): ChromeTrace {
  const tracks = new Map([[RUNS_TRACK, 0]]);
  const tidOf = (track: string) => {
    const tid = tracks.get(track) ?? tracks.size;
    tracks.set(track, tid);
    return tid;
  };
  const slice = (track: string, { start, ms }: Pick<ProfileSlice, 'start' | 'ms'>) => ({
    ph: 'X' as const,
    pid: PROCESS,
    tid: tidOf(track),
    ts: start * 1000,
    dur: ms * 1000,
  });
  const runs = profile.runs.map((run, i): TraceEvent => {
    return { ...slice(RUNS_TRACK, run), name: `run ${i + 1}`, cat: 'run', args: {} };
  });
  const nodes = profile.slices.flatMap((each): TraceEvent[] => {
    const node = profile.nodes[each.node];
    if (!node) return [];
    const { operator, name, provider, inputs, outputs, parameterBytes, outputBytes } = node;
    const args = {
      node: name,
      provider,
      run: each.run + 1,
      inputs: inputs.map(typeText).join(' '),
      outputs: outputs.map(typeText).join(' '),
      parameterBytes,
      outputBytes,
    };
    const track = trackOf(each, node);
    return [{ ...slice(track, each), name: operator, cat: node.kind, args }];
  });
  const names = [...tracks].map(([track, tid]) => nameTrack('thread_name', tid, track));
  return {
    traceEvents: [nameTrack('process_name', 0, title), ...names, ...runs, ...nodes],
    displayTimeUnit: 'ms',
  };
}
