import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/tensors/random.ts';
import { readCases, WINDOW } from './testing.ts';
import { type FileEnds, fileFeeds, fileTokens, rangesOf } from './windows.ts';

const cases = readCases(gunzipSync(readFileSync(new URL('fixtures/cases.gz', import.meta.url))));

function endsOf(content: Uint8Array): FileEnds {
  const { head, tail } = rangesOf(content.length, WINDOW);
  return {
    size: content.length,
    head: content.subarray(head.start, head.end),
    tail: content.subarray(tail.start, tail.end),
  };
}

const text = (letters: string) => new TextEncoder().encode(letters);

describe('fileTokens', () => {
  it('is what the original makes of every file', () => {
    for (const { name, ends, tokens } of cases) {
      const made = fileTokens(ends, WINDOW);
      expect([name, made && String(made)]).toEqual([name, tokens && String(tokens)]);
    }
  });

  /** The same for the same seed: long arrays of fast-check's own take seconds. */
  function content(length: number, seed: number): Uint8Array {
    const random = seededRandom(seed);
    return Uint8Array.from({ length }, () => random.unit() * 256);
  }
  const seed = fc.integer({ min: 1, max: 1e6 });
  /** As text: a failure of long arrays is printed in full, which takes minutes. */
  const halves = (bytes: Uint8Array) => {
    const tokens = fileTokens(endsOf(bytes), WINDOW);
    return [String(tokens?.subarray(0, 1024)), String(tokens?.subarray(1024))] as const;
  };

  it('looks at no byte outside of the two ranges', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 4096, max: 4895 }), fc.nat(255), (from, place, byte) => {
        const bytes = content(8992, from);
        const changed = bytes.slice();
        changed[place] = byte;
        expect(String(halves(changed)) === String(halves(bytes))).toBe(true);
      }),
    );
  });

  it('does not see white space before the start, nor behind the end', () => {
    const unit = fc.constantFrom(' ', '\n', '\t', '\r', '\v', '\f');
    const space = fc.string({ unit, maxLength: 99 });
    fc.assert(
      fc.property(seed, fc.integer({ min: 20, max: 3000 }), space, space, (from, length, a, b) => {
        const bytes = content(length, from);
        const around = halves(Buffer.concat([text(a), bytes, text(b)]));
        expect(around[0] === halves(Buffer.concat([bytes, text(b)]))[0]).toBe(true);
        expect(around[1] === halves(Buffer.concat([text(a), bytes]))[1]).toBe(true);
      }),
    );
  });

  it('refuses other bytes than those of the ranges, with the numbers', () => {
    const head = new Uint8Array(100);
    const ends = { size: 5000, head, tail: head };
    expect(() => fileTokens(ends, WINDOW)).toThrow(
      'Of a file of 5000 bytes, 100 were read from the start and 100 from the end; both should be 4096.',
    );
  });
});

describe('fileFeeds', () => {
  const task = {
    kind: 'files',
    input: 'bytes',
    output: 'scores',
    types: { file: 'types.json', bytes: 1, sha256: '' },
    window: WINDOW,
  } as const;

  it('lays files one after another', () => {
    const [a, b] = [new Int32Array(2048).fill(1), new Int32Array(2048).fill(2)];
    const { count, inputs } = fileFeeds(task, [a, b]);
    expect(count).toBe(2);
    expect(inputs[0]).toMatchObject({ name: 'bytes', type: 'int32', dims: [1, 2048] });
    expect([...(inputs[0]?.data ?? [])]).toEqual([...a, ...b]);
  });

  it('refuses tokens of another length', () => {
    expect(() => fileFeeds(task, [new Int32Array(7)])).toThrow(
      /7 tokens where the model takes 2048/,
    );
  });
});
