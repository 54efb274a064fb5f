import { useEffect, useState } from 'react';
import { Link, useParams } from 'wouter';
import { toError } from '../../core/errors.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { isMethod, METHODS, type MethodName } from '../parts/methods.ts';
import page from '../parts/Page.module.css';
import styles from './Method.module.css';
import { type Block, blocksOf } from './markdown.ts';
import { Prose } from './Prose.tsx';

type Read =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly blocks: readonly Block[] }
  | { readonly state: 'failed'; readonly error: Error };

function useText(name: MethodName): Read {
  const [read, setRead] = useState<Read>({ state: 'reading' });
  useEffect(() => {
    let left = false;
    const show = (found: Read) => !left && setRead(found);
    METHODS[name].text().then(
      ({ default: text }) => show({ state: 'read', blocks: blocksOf(text) }),
      (thrown) => show({ state: 'failed', error: toError(thrown) }),
    );
    return () => {
      left = true;
    };
  }, [name]);
  return read;
}

function Text({ name }: { readonly name: MethodName }) {
  const read = useText(name);
  return (
    <>
      {read.state === 'read' && <Prose blocks={read.blocks} />}
      {read.state === 'failed' && <Fault error={read.error} />}
    </>
  );
}

/** How the figures of one kind are obtained: a page of docs/method, shipped with the site. */
export default function MethodPage() {
  const { name = '' } = useParams<{ name: string }>();
  return (
    <main className={page['narrow']}>
      <nav className={styles['nav']} aria-label="Method">
        {Object.entries(METHODS).map(([other, { title }]) => (
          <Link
            key={other}
            href={`/method/${other}`}
            aria-current={other === name ? 'page' : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      <Card>
        {isMethod(name) ? (
          <Text key={name} name={name} />
        ) : (
          <h1 className={sentence['say']}>No figure is called “{name}”.</h1>
        )}
      </Card>
    </main>
  );
}
