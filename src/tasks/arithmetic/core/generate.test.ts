import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../core/tensors/random.ts';
import { emptyCache, generate, type Step } from './generate.ts';
import { largest, sampled } from './sample.ts';
import { taskOf } from './testing.ts';

const task = taskOf();
const GOES_ON = { throwIfAborted: () => {} };

/** Writes each row's script, whatever it is fed; its cache counts the runs. */
const scripted = (...scripts: string[]) =>
  vi.fn<Step<number>>(async ({ cache }) => {
    const run = cache ?? 0;
    const size = task.vocabulary.length;
    const logits = new Float32Array(scripts.length * size);
    for (const [row, script] of scripts.entries()) {
      logits[row * size + task.vocabulary.indexOf(script.charAt(run % script.length))] = 1;
    }
    return { logits, cache: run + 1 };
  });

async function written(step: Step<number>, ...prompts: string[]) {
  const sequences = prompts.map((prompt) => ({ prompt, choose: largest }));
  const columns = [];
  for await (const column of generate(step, sequences, task, GOES_ON)) columns.push(column);
  return columns;
}

describe('generate', () => {
  it('reads the prompt whole, then feeds back each character with the cache', async () => {
    const step = scripted('42.');
    expect(await written(step, '1*2=')).toEqual([['4'], ['2'], ['.']]);
    expect(
      step.mock.calls.map(([{ tokens, cache }]) => [tokens.dims, [...tokens.data], cache]),
    ).toEqual([
      [[1, 4], [1, 10, 2, 11], null],
      [[1, 1], [4], 1],
      [[1, 1], [2], 2],
    ]);
  });

  it('waits for the longest of a batch and writes nothing after an end', async () => {
    const step = scripted('1.9', '234.');
    expect(await written(step, '1*2=', '3*4=')).toEqual([
      ['1', '2'],
      ['.', '3'],
      [null, '4'],
      [null, '.'],
    ]);
    expect(step.mock.calls[0]?.[0].tokens).toMatchObject({ dims: [2, 4] });
  });

  it('stops where the model can see no further', async () => {
    const step = scripted('7');
    const columns = await written(step, '1*2=');
    // The last run sees the whole context; what it writes would be one more.
    expect(columns).toHaveLength(task.context - 4 + 1);
  });

  it('stops before the next run when it is aborted', async () => {
    const abort = new AbortController();
    const step = scripted('7');
    const stream = generate(step, [{ prompt: '1*2=', choose: largest }], task, abort.signal);
    await stream.next();
    abort.abort();
    await expect(stream.next()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(step).toHaveBeenCalledTimes(1);
  });

  it('refuses prompts of two lengths, none, and logits of another size', async () => {
    await expect(written(scripted('1.', '1.'), '1*2=', '11*2=')).rejects.toThrow('the same length');
    await expect(written(scripted('1.'))).rejects.toThrow('the same length');
    await expect(written(scripted('1.', '2.'), '1*2=')).rejects.toThrow(
      'The model returned 32 scores where 1 × 16 were expected.',
    );
  });

  it('starts from a cache of nothing', () => {
    expect(emptyCache(task, 3)).toEqual([
      { name: 'past_key_0', type: 'float32', dims: [3, 4, 0, 24], data: new Float32Array(0) },
    ]);
  });
});

describe('choices', () => {
  const scores = fc
    .array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 16 })
    .map((values) => Float32Array.from(values));

  it('of the top 1 are the largest', () => {
    fc.assert(
      fc.property(scores, fc.integer(), (logits, seed) => {
        const choose = sampled({ temperature: 1, topK: 1 }, seededRandom(seed));
        expect(logits[choose(logits)]).toBe(logits[largest(logits)]);
      }),
    );
  });

  it('are the same for the same seed, and never outside the top k', () => {
    fc.assert(
      fc.property(scores, fc.integer(), fc.integer({ min: 1, max: 4 }), (logits, seed, topK) => {
        const draws = [1, 2].map(() => {
          const choose = sampled({ temperature: 2, topK }, seededRandom(seed));
          return Array.from({ length: 20 }, () => choose(logits));
        });
        expect(draws[0]).toEqual(draws[1]);
        const least = [...logits].sort((a, b) => b - a)[
          Math.min(topK, logits.length) - 1
        ] as number;
        for (const token of draws[0] ?? []) expect(logits[token]).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('come as often as softmax says, at every temperature', () => {
    const logits = Float32Array.of(0, Math.log(3), Math.log(6));
    const draws = 20_000;
    for (const [temperature, shares] of [
      [1, [0.1, 0.3, 0.6]],
      [0.5, [1 / 46, 9 / 46, 36 / 46]],
    ] as const) {
      const choose = sampled({ temperature }, seededRandom(7));
      const counts = [0, 0, 0];
      for (let i = 0; i < draws; i++) {
        const token = choose(logits);
        counts[token] = (counts[token] ?? 0) + 1;
      }
      for (const [i, share] of shares.entries()) {
        // Five standard errors: a wrong share of a hundredth would be seen, chance would not.
        const error = 5 * Math.sqrt((share * (1 - share)) / draws);
        expect(Math.abs((counts[i] as number) / draws - share)).toBeLessThan(error);
      }
    }
  });

  it('are not made of what is no number, nor at no temperature', () => {
    expect(() => largest(Float32Array.of(1, Number.NaN))).toThrow('scores that are not numbers');
    const choose = sampled({ temperature: 1 }, seededRandom(1));
    expect(() => choose(Float32Array.of(Number.NaN))).toThrow('scores that are not numbers');
    expect(() => sampled({ temperature: 0 }, seededRandom(1))).toThrow(
      'The temperature cannot be 0.',
    );
    expect(() => sampled({ temperature: 1, topK: 0 }, seededRandom(1))).toThrow(
      'topK cannot be 0.',
    );
  });
});
