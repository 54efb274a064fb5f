/**
 * A loop around the runtime as anybody would write it by hand, against which a lane's harness is
 * held. Of the lane's own code it uses what stays out of the timed part: the import of the
 * runtime, which is ort.ts's alone, and the reading of specs and answers.
 */
import { toError } from '../../core/errors.ts';
import { feedTensors, loadRuntime, specsOf, toOutputs } from '../runtime/ort.ts';
import type { BareRequest } from './bare.ts';

type Runtime = Awaited<ReturnType<typeof loadRuntime>>;
type Session = Parameters<typeof specsOf>[0];
type Results = Parameters<typeof toOutputs>[1];

let ort: Runtime;
let session: Session;
let feed: ReturnType<typeof feedTensors>;

async function open({ runtime, model, threads }: BareRequest & { kind: 'open' }) {
  const started = performance.now();
  ort = await loadRuntime('wasm', await runtime.arrayBuffer(), threads);
  const loaded = performance.now();
  session = await ort.InferenceSession.create(new Uint8Array(await model.arrayBuffer()), {
    executionProviders: ['wasm'],
    // As a lane's session: see ort.ts.
    extra: { session: { force_spinning_stop: '1' } },
    logSeverityLevel: 2,
  });
  const created = performance.now();
  return { runtimeMs: loaded - started, sessionMs: created - loaded, ...specsOf(session) };
}

async function turn({ repeat, batch, keep }: BareRequest & { kind: 'turn' }) {
  const ms = new Float64Array(repeat);
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

async function answer(request: BareRequest): Promise<unknown> {
  switch (request.kind) {
    case 'open':
      return open(request);
    case 'load':
      feed = feedTensors(ort, request.feeds.inputs, 0);
      return null;
    case 'turn':
      return turn(request);
  }
}

// One request at a time: the page waits for each answer.
addEventListener('message', async ({ data }: MessageEvent<BareRequest>) => {
  try {
    postMessage({ answer: await answer(data) });
  } catch (thrown) {
    const { name, message } = toError(thrown);
    postMessage({ error: { name, message } });
  }
});
