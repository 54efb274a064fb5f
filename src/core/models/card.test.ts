import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCards } from './card.ts';
import { readManifest } from './manifest.ts';

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../public/models/${name}`, import.meta.url), 'utf8'));

describe('the cards', () => {
  const models = readManifest(file('manifest.json'));
  const cards = readCards(file('cards.json'));

  it('are one for each model of the zoo', () => {
    expect(cards.map(({ id }) => id)).toEqual(models.map(({ id }) => id));
  });

  it.each(cards)('$id: says what it is not for, its limits, and what was measured', (card) => {
    expect(card.notFor.length).toBeGreaterThan(0);
    expect(card.limits.length).toBeGreaterThan(0);
    const titles = models.find(({ id }) => id === card.id)?.variants.map(({ title }) => title);
    for (const { columns, rows } of card.measured) {
      expect(titles).toEqual(expect.arrayContaining(columns));
      for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    }
  });

  it('state the accuracy that the manifest states', () => {
    for (const { id, variants } of models) {
      const stated = variants.map(({ accuracy }) => [accuracy?.correct, accuracy?.of]);
      const measured = cards.find((card) => card.id === id)?.measured ?? [];
      const rows = measured.flatMap((table) => table.rows.map(({ cells }) => cells));
      expect(rows, id).toContainEqual(stated);
    }
  });
});

it('a count above its total is refused by name', () => {
  const broken = structuredClone(file('cards.json'));
  broken.cards[0].measured[0].rows[0].cells[0] = [11, 10];
  expect(() => readCards(broken)).toThrow(
    /cards\.json: cards\.0\.measured\.0\.rows\.0\.cells\.0: more than there are/,
  );
});
