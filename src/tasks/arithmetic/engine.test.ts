import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { zooModel } from '../../core/models/zoo.testing.ts';
import { seededRandom } from '../../core/tensors/random.ts';
import { emptyCache, generate, type Step } from './core/generate.ts';
import { type Choose, largest, sampled } from './core/sample.ts';

ort.env.wasm.numThreads = 1;

const bytesOf = (path: string) => readFileSync(new URL(path, import.meta.url));
const jsonOf = (path: string): unknown => JSON.parse(bytesOf(path).toString());

const { task } = zooModel('reasoner', 'arithmetic');
const PROMPT = 2 * task.digits + 2;
const GOES_ON = { throwIfAborted: () => {} };

interface Written {
  readonly thinking: readonly string[];
  readonly direct: readonly string[];
  readonly firstLogits: readonly number[];
}
/** What Python wrote with each file. */
const python = jsonOf('./core/fixtures/greedy.json') as Record<string, Written>;

type Cache = Record<string, ort.Tensor>;

async function stepOf(file: string): Promise<Step<Cache>> {
  const session = await ort.InferenceSession.create(bytesOf(`../../../public/models/${file}`));
  return async ({ tokens, cache }) => {
    const batch = tokens.dims[0] as number;
    const past =
      cache ??
      Object.fromEntries(
        emptyCache(task, batch).map(({ name, data, dims }) => [
          name,
          new ort.Tensor('float32', data as Float32Array, dims),
        ]),
      );
    const fed = new ort.Tensor('int32', tokens.data as Int32Array, tokens.dims);
    const results = await session.run({ [task.tokens]: fed, ...past });
    const next = task.cache.map(({ past, present }) => [past, results[present]]);
    return {
      logits: results[task.logits]?.data as Float32Array,
      cache: Object.fromEntries(next) as Cache,
    };
  };
}

/** Whole texts, prompts included; all prompts are one batch. */
async function write(step: Step<Cache>, prompts: readonly string[], choose: Choose) {
  const texts = [...prompts];
  const sequences = prompts.map((prompt) => ({ prompt, choose }));
  for await (const column of generate(step, sequences, task, GOES_ON)) {
    for (const [i, character] of column.entries()) texts[i] += character ?? '';
  }
  return texts;
}

const promptsOf = (texts: readonly string[]) => texts.map((text) => text.slice(0, PROMPT));

describe.each(Object.keys(python))('%s in the browser’s runtime', (file) => {
  const expected = python[file] as Written;
  let step: Step<Cache>;
  beforeAll(async () => {
    step = await stepOf(file);
  });

  it('writes what Python writes, one problem at a time', async () => {
    for (const text of [...expected.thinking, ...expected.direct]) {
      expect(await write(step, promptsOf([text]), largest)).toEqual([text]);
    }
  });

  it('scores the first character as Python does', async () => {
    let first: Float32Array | undefined;
    const keep: Choose = (logits) => {
      first ??= logits.slice();
      return largest(logits);
    };
    await write(step, promptsOf(expected.thinking.slice(0, 1)), keep);
    const differences = expected.firstLogits.map((logit, i) =>
      Math.abs(logit - (first?.[i] ?? Number.NaN)),
    );
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });
});

describe('a batch', () => {
  it('writes in fp32 what each problem gets alone', async () => {
    const file = 'reasoner-fp32.onnx';
    const { thinking } = python[file] as Written;
    expect(await write(await stepOf(file), promptsOf(thinking), largest)).toEqual(thinking);
  });

  it('of samples is diverse where the model was stopped early, and the same for the same seed', async () => {
    const step = await stepOf('reasoner-early-fp32.onnx');
    const asked = promptsOf(python['reasoner-early-fp32.onnx']?.thinking.slice(0, 1) ?? []);
    const prompts = Array.from({ length: 8 }, () => asked[0] as string);
    const draw = () => write(step, prompts, sampled({ temperature: 1 }, seededRandom(3)));
    const texts = await draw();
    expect(new Set(texts).size).toBeGreaterThan(1);
    expect(await draw()).toEqual(texts);
  });
});
