/** A reader for the little of Markdown that the project's own pages in docs/method are written in. */

/** A piece of a line, and where in it the piece begins. */
export type Inline = { readonly at: number; readonly text: string } & (
  | { readonly kind: 'text' | 'code' | 'strong' | 'em' }
  | { readonly kind: 'link'; readonly to: string }
);

type Line = readonly Inline[];

export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  | { readonly kind: 'table'; readonly head: readonly Line[]; readonly rows: readonly Line[][] }
  | { readonly kind: 'code'; readonly text: string };

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|_([^_]+)_(?!\w)|\[([^\]]+)\]\(([^)]+)\)/g;

function marked([, code, strong, em, link, to]: readonly (string | undefined)[], at: number) {
  if (code !== undefined) return { at, kind: 'code', text: code } as const;
  if (strong !== undefined) return { at, kind: 'strong', text: strong } as const;
  if (em !== undefined) return { at, kind: 'em', text: em } as const;
  return { at, kind: 'link', text: link as string, to: to as string } as const;
}

/** Code, strong words, emphasis and links within a line. */
export function inlines(text: string): Line {
  const found: Inline[] = [];
  let at = 0;
  const plain = (to: number) => {
    if (to > at) found.push({ at, kind: 'text', text: text.slice(at, to) });
  };
  for (const match of text.matchAll(INLINE)) {
    plain(match.index);
    found.push(marked(match, match.index));
    at = match.index + match[0].length;
  }
  plain(text.length);
  return found;
}

const cellsOf = (row: string): Line[] =>
  row
    .replace(/^\s*\|/, '')
    .replace(/\|\s*$/, '')
    .split('|')
    .map((cell) => inlines(cell.trim()));

/** An item goes on over lines that begin with no dash. */
const itemsOf = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .split(/^- /m)
    .slice(1)
    .map((item) => item.replaceAll(/\s*\n\s*/g, ' ').trim());

function blockOf(lines: readonly string[]): Block {
  const [first = ''] = lines;
  const heading = /^(#{1,2}) (.+)$/.exec(first);
  if (heading) {
    const kind = heading[1] === '#' ? 'title' : 'heading';
    return { kind, line: inlines(heading[2] as string) };
  }
  if (first.startsWith('- '))
    return { kind: 'list', items: itemsOf(lines).map((item) => inlines(item)) };
  if (first.startsWith('|')) {
    const [head = '', , ...rows] = lines;
    return { kind: 'table', head: cellsOf(head), rows: rows.map(cellsOf) };
  }
  // Four spaces before every line: a formula.
  if (lines.every((line) => line.startsWith('    '))) {
    return { kind: 'code', text: lines.map((line) => line.slice(4)).join('\n') };
  }
  return { kind: 'paragraph', line: inlines(lines.join(' ')) };
}

/** Blocks are what empty lines part. */
export const blocksOf = (text: string): readonly Block[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map(blockOf);
