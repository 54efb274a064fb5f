import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../models/manifest.ts';
import { lookKey, looksOf, plainLook } from './looks.ts';
import { variant } from './testing.ts';

const zoo = new URL('../../../public/models/manifest.json', import.meta.url);
const models = readManifest(JSON.parse(readFileSync(zoo, 'utf8')));
const dynamic = { operators: { DynamicQuantizeLinear: 3, MatMulInteger: 3 } };
const told = (looks: Iterable<{ tone: string; shape: string }>) =>
  [...looks].map(({ tone, shape }) => `${tone} ${shape}`);

describe('the looks of variants', () => {
  it.each(models.map((model) => [model.id, model] as const))('differ in %s', (_, { variants }) => {
    const looks = told(looksOf(variants).values());
    expect(looks).toHaveLength(variants.length);
    expect(new Set(looks).size).toBe(looks.length);
    expect(new Set(looks.map((look) => look.split(' ')[0])).size).toBe(looks.length);
    expect(new Set(looks.map((look) => look.split(' ')[1])).size).toBe(looks.length);
  });

  it('tell the forms of int8 apart', () => {
    const tones = [
      variant('int8', { operators: { QuantizeLinear: 2, DequantizeLinear: 4 } }),
      variant('int8', dynamic),
      variant('int8', { operators: { DequantizeLinear: 4 } }),
      variant('int8'),
    ].map((one) => plainLook(one).tone);
    expect(tones).toEqual(['int8', 'int8-dynamic', 'int8-weights', 'int8']);
  });

  it('do not change when variants are added behind, and take no other form’s colour', () => {
    const ids = fc.uniqueArray(
      fc
        .tuple(fc.constantFrom('fp32', 'fp16', 'int8', 'int4', 'file'), fc.nat(99))
        .map(([form, n]) => `${form}-${n}`),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(ids, fc.nat(20), (ids, some) => {
        const all = ids.map((id) => variant(id));
        const looks = looksOf(all);
        expect(new Set(told(looks.values())).size).toBe(all.length);
        for (const [key, look] of looksOf(all.slice(0, some))) expect(looks.get(key)).toEqual(look);
        for (const one of all) {
          const { tone } = looks.get(lookKey(one)) ?? { tone: '' };
          expect([plainLook(one).tone, 'other', 'another']).toContain(tone);
        }
      }),
    );
  });
});
