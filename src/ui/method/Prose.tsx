import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Block, Inline } from './markdown.ts';
import styles from './Prose.module.css';

function Part({ part }: { readonly part: Inline }): ReactNode {
  const { kind, text } = part;
  switch (kind) {
    case 'text':
      return text;
    case 'code':
      return <code>{text}</code>;
    case 'strong':
      return <strong>{text}</strong>;
    case 'em':
      return <em>{text}</em>;
    case 'link':
      // The pages link each other by the names of their files.
      return <Link href={`/method/${part.to.replace(/\.md$/, '')}`}>{text}</Link>;
  }
}

const words = (line: readonly Inline[]): ReactNode =>
  line.map((part) => <Part key={part.at} part={part} />);

const textOf = (line: readonly Inline[]) => line.map(({ text }) => text).join('');

function One({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'title':
      return <h1>{words(block.line)}</h1>;
    case 'heading':
      return <h2>{words(block.line)}</h2>;
    case 'paragraph':
      return <p>{words(block.line)}</p>;
    case 'code':
      return <pre>{block.text}</pre>;
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={textOf(item)}>{words(item)}</li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <div className={styles['table']}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell) => (
                  <th key={textOf(cell)}>{words(cell)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row) => (
                <tr key={row.map(textOf).join()}>
                  {row.map((cell, i) => (
                    <td key={`${textOf(block.head[i] ?? [])} ${textOf(cell)}`}>{words(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

const keyOf = (block: Block): string =>
  'line' in block ? block.kind + textOf(block.line) : JSON.stringify(block);

/** A page that is written to be read. */
export function Prose({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <article className={styles['prose']}>
      {blocks.map((block) => (
        <One key={keyOf(block)} block={block} />
      ))}
    </article>
  );
}
