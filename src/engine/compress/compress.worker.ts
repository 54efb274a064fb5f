/** Compresses one model off the main thread, and runs it there where a recipe looks at activations. */
import { expose } from 'comlink';
import { needsInputs } from '../../core/compress/recipe.ts';
import type { Runner } from '../../core/compress/technique.ts';
import type { CompressApi, CompressRequest, Progress } from '../protocol.ts';
import { loadRuntime } from '../runtime/ort.ts';
import { sessionRunner } from '../runtime/runner.ts';
import { holdLock } from '../worker/lock.ts';
import { makeFile, NEVER, namedFile, planFrom, proofFiles } from './workshop.ts';

/** Nobody reads faster, and each message takes time from the work. */
const PROGRESS_MS = 80;

/** The first and the last of what is done, and now and then one between. */
function throttled(progress: Progress): Progress {
  let shown = Number.NEGATIVE_INFINITY;
  let last = '';
  return (doing, done, of) => {
    const now = performance.now();
    if (doing === last && done < of && now - shown < PROGRESS_MS) return;
    shown = now;
    last = doing;
    progress(doing, done, of);
  };
}

async function runnerFor({
  recipe,
  inputs,
  runtime,
  threads,
}: CompressRequest): Promise<Runner | null> {
  if (!needsInputs(recipe) || !inputs) return null;
  const ort = await loadRuntime(runtime.build, await runtime.runtime.arrayBuffer(), threads);
  return sessionRunner(ort, inputs.feeds, inputs.noise, NEVER);
}

const api: CompressApi = {
  holdLock,
  compress: (request, progress) => makeFile(request, () => runnerFor(request), throttled(progress)),
  named: namedFile,
  proofFiles,
  plan: planFrom,
};

expose(api);
