import { describe, expect, it } from 'vitest';
import { METHODS } from '../parts/methods.ts';
import { type Block, blocksOf, inlines } from './markdown.ts';

describe('inlines', () => {
  it('reads code, strong words, emphasis and links, and leaves everything else', () => {
    const found = inlines(
      'Median of `n_turns` **paired** ratios, _not_ a mean: [energy](energy.md), 2 * 3.',
    );
    expect(found.map(({ at: _, ...part }) => part)).toEqual([
      { kind: 'text', text: 'Median of ' },
      { kind: 'code', text: 'n_turns' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'paired' },
      { kind: 'text', text: ' ratios, ' },
      { kind: 'em', text: 'not' },
      { kind: 'text', text: ' a mean: ' },
      { kind: 'link', text: 'energy', to: 'energy.md' },
      { kind: 'text', text: ', 2 * 3.' },
    ]);
    expect(found[1]).toMatchObject({ at: 10, text: 'n_turns' });
  });
});

describe('blocksOf', () => {
  it('tells headings, lists that go on over lines, tables and formulas apart', () => {
    const text =
      '# A\n\n## B\n\ntwo\nlines\n\n- one\n  more\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    E = m\n';
    const kinds = blocksOf(text);
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'title',
      'heading',
      'paragraph',
      'list',
      'table',
      'code',
    ]);
    expect(kinds[2]).toEqual({
      kind: 'paragraph',
      line: [{ at: 0, kind: 'text', text: 'two lines' }],
    });
    expect(kinds[3]).toMatchObject({ items: [[{ text: 'one more' }], [{ text: 'two' }]] });
    expect(kinds[4]).toMatchObject({ rows: [[[{ text: '1' }], [{ text: '2' }]]] });
  });
});

const linesOf = (block: Block) => {
  if ('line' in block) return [block.line];
  if (block.kind === 'list') return block.items;
  return block.kind === 'table' ? [block.head, ...block.rows].flat() : [];
};

describe.each(Object.entries(METHODS))('the page on %s', (name, { text }) => {
  it('has one title, is read whole, and its links lead to pages there are', async () => {
    const { default: page } = await text();
    const blocks = blocksOf(page);
    expect(blocks.filter(({ kind }) => kind === 'title')).toHaveLength(1);
    const parts = blocks.flatMap(linesOf).flat();
    for (const part of parts) {
      // What is left of a mark was not understood.
      if (part.kind === 'text') expect(part.text).not.toMatch(/`|\*\*|\]\(|^#|^\d+\. |^\s*>/);
      if (part.kind !== 'link') continue;
      expect(Object.keys(METHODS).map((other) => `${other}.md`)).toContain(part.to);
      expect(part.to).not.toBe(`${name}.md`);
    }
  });
});
