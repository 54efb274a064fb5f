/**
 * A loop around the runtime as anybody would write it by hand, against which a lane's harness is
 * held. What stays out of the timed part is the lane's own: the runtime's start, the session, feeds
 * made anew for each turn, the reading of specs and answers. So nothing but the timed part differs.
 */
import { toError } from '../../core/errors.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import {
  createSession,
  feedTensors,
  loadRuntime,
  modelBytes,
  specsOf,
  startRuntime,
  toOutputs,
} from '../runtime/ort.ts';
import type { BaselineRequest } from './baseline.ts';

type Runtime = Awaited<ReturnType<typeof loadRuntime>>;
type Session = Parameters<typeof specsOf>[0];
type Results = Parameters<typeof toOutputs>[1];

let ort: Runtime;
let session: Session;
let feeds: FeedSet;

async function open({ runtime, model, threads }: BaselineRequest & { kind: 'open' }) {
  const started = performance.now();
  ort = await loadRuntime('wasm', await runtime.arrayBuffer(), threads);
  await startRuntime(ort);
  const loaded = performance.now();
  const bytes = await modelBytes({ model });
  session = await createSession(ort, bytes, { kind: 'wasm', threads }, 'The model', 'nothing');
  const created = performance.now();
  return { runtimeMs: loaded - started, sessionMs: created - loaded, ...specsOf(session) };
}

async function turn({ repeat, batch, keep }: BaselineRequest & { kind: 'turn' }) {
  const ms = new Float64Array(repeat);
  const feed = feedTensors(ort, feeds.inputs, 0);
  const names = session.outputNames;
  let results: Results = {};
  for (let k = 0; k < repeat; k++) {
    const started = performance.now();
    for (let b = 0; b < batch; b++) {
      results = await session.run(feed);
      for (const name of names) await results[name]?.getData();
    }
    ms[k] = (performance.now() - started) / batch;
  }
  return { ms, outputs: keep ? [toOutputs(session, results)] : [] };
}

async function answer(request: BaselineRequest): Promise<unknown> {
  switch (request.kind) {
    case 'open':
      return open(request);
    case 'load':
      feeds = request.feeds;
      return null;
    case 'turn':
      return turn(request);
  }
}

// One request at a time: the page waits for each answer.
addEventListener('message', async ({ data }: MessageEvent<BaselineRequest>) => {
  try {
    postMessage({ answer: await answer(data) });
  } catch (thrown) {
    const { name, message } = toError(thrown);
    postMessage({ error: { name, message } });
  }
});
