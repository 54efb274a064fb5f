import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { decodeFile, decodeShortFile, type FileAnswer } from './core/decode.ts';
import { answeredLabel } from './core/metric.ts';
import { readFileTypes } from './core/task.ts';
import { type FileCase, readCases, WINDOW } from './core/testing.ts';
import { fileTokens } from './core/windows.ts';

ort.env.wasm.numThreads = 1;

const fileAt = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const types = readFileTypes(JSON.parse(fileAt('public/models/files-labels.json').toString()));
const cases = readCases(gunzipSync(fileAt('src/tasks/files/core/fixtures/cases.gz')));

/** Everything that the page does with a file, on the runtime that it uses. */
async function answers(file: string, of: readonly FileCase[]): Promise<FileAnswer[]> {
  const session = await ort.InferenceSession.create(fileAt(`public/models/${file}`));
  const found: FileAnswer[] = [];
  for (const { ends } of of) {
    const tokens = fileTokens(ends, WINDOW);
    if (!tokens) {
      found.push(decodeShortFile(ends, types));
      continue;
    }
    const bytes = new ort.Tensor('int32', tokens, [1, tokens.length]);
    const { target_label: scores } = await session.run({ bytes });
    found.push(decodeFile(scores?.data as Float32Array, types));
  }
  await session.release();
  return found;
}

describe('the file model', () => {
  it('answers what the original answers, for at least 40 kinds of real files', async () => {
    const found = await answers('files-fp32.onnx', cases);
    for (const [i, { name, output, choice, score }] of cases.entries()) {
      const answer = found[i] as FileAnswer;
      expect([name, answeredLabel(answer)]).toEqual([name, output.high_confidence]);
      if (answer.by !== 'model') continue;
      expect([name, answer.choice.label]).toEqual([name, choice]);
      expect(Math.abs(answer.probability - score)).toBeLessThan(1e-4);
    }
    const real = cases.filter(({ source }) => source !== 'zoo/files');
    const kinds = new Set(real.map(({ output }) => output.high_confidence));
    expect(kinds.size).toBeGreaterThanOrEqual(40);
  }, 120_000);

  // The fidelity in the manifest was measured on many more files; this is that the runtime runs them.
  it.each(['int8', 'int8d', 'int8w', 'fp16', 'fp16all'])(
    'runs as %s and mostly agrees',
    async (variant) => {
      const some = cases.filter(({ tokens }) => tokens !== null).filter((_, i) => i % 4 === 0);
      const found = await answers(`files-${variant}.onnx`, some);
      const same = some.filter(
        ({ output }, i) => answeredLabel(found[i] as FileAnswer) === output.high_confidence,
      );
      expect(same.length / some.length).toBeGreaterThan(0.85);
    },
    120_000,
  );
});
