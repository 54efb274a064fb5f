import { isUtf8 as decodes } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUtf8 } from './utf8.ts';

describe('isUtf8', () => {
  it("agrees with Node's on every pair of bytes, alone and with two more", () => {
    for (let pair = 0; pair < 0x10000; pair++) {
      for (const rest of [[], [0x80, 0xbf]]) {
        const bytes = Uint8Array.of(pair >> 8, pair & 0xff, ...rest);
        if (isUtf8(bytes) !== decodes(bytes)) expect.fail(`differs on ${[...bytes]}`);
      }
    }
  });

  it("agrees with Node's on text that is cut or broken", () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), fc.nat(255), (letters, end, place, byte) => {
        const bytes = new TextEncoder().encode(letters);
        expect(isUtf8(bytes)).toBe(true);
        const cut = bytes.slice(0, end % (bytes.length + 1));
        expect(isUtf8(cut)).toBe(decodes(cut));
        if (cut.length > 0) cut[place % cut.length] = byte;
        expect(isUtf8(cut)).toBe(decodes(cut));
      }),
    );
  });
});
