// Makes, runs and releases sessions in one worker, through the product's own wrapping of the runtime.

import { processorOf, threadsOf } from '../../src/core/backends/backends.ts';
import { randomFeeds } from '../../src/core/race/inputs.ts';
import { readMemory, watchMemory } from '../../src/engine/race/memory.ts';
import {
  createSession,
  feedTensors,
  infer,
  loadRuntime,
  modelBytes,
  specsOf,
} from '../../src/engine/runtime/ort.ts';

watchMemory();

/**
 * @typedef {object} Asked
 * @property {import('../../src/engine/protocol.ts').OpenRequest} request
 * @property {number} count
 * @property {number} runs
 */

/** @param {Asked} asked */
async function sessions({ request, count, runs }) {
  const { build, runtime, backend, file } = request;
  const ort = await loadRuntime(build, await runtime.arrayBuffer(), threadsOf(backend));
  const memories = [];
  for (let i = 0; i < count; i++) {
    const bytes = await modelBytes(request);
    const session = await createSession(ort, bytes, backend, file, 'nothing');
    const { inputs } = randomFeeds(specsOf(session).inputs, {}, 1);
    for (let k = 0; k < runs; k++) await infer(session, feedTensors(ort, inputs, 0));
    await session.release();
    memories.push(readMemory(processorOf(backend) === 'gpu'));
  }
  return memories;
}

addEventListener('message', async ({ data }) => {
  try {
    postMessage({ memories: await sessions(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
