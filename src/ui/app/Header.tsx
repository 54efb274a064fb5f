import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { deviceLine } from '../parts/facts.ts';
import { useDevice } from '../parts/use.ts';
import styles from './Header.module.css';

const PAGES = [
  { path: '/', title: 'Bench' },
  { path: '/inspect', title: 'Inspect' },
  { path: '/compress', title: 'Compress' },
  { path: '/reports', title: 'Reports' },
  { path: '/device', title: 'Device' },
] as const;

/** A page's own pages count as it: "/reports/1" lies within "/reports". */
const isWithin = (path: string, page: string): boolean =>
  path === page || (page !== '/' && path.startsWith(`${page}/`));

/** Light, dark, or as the system says. */
function SchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
  const title = { auto: 'Auto', light: 'Light', dark: 'Dark' } as const;
  return (
    <button
      type="button"
      className={styles['scheme']}
      onClick={() => setColorScheme(next[colorScheme])}
      aria-label={`Colours: ${title[colorScheme]}. Switch to ${title[next[colorScheme]]}.`}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d={colorScheme === 'light' ? 'M8 8z' : 'M8 2a6 6 0 0 1 0 12z'} fill="currentColor" />
        {colorScheme === 'dark' && <circle cx="8" cy="8" r="6" fill="currentColor" />}
      </svg>
    </button>
  );
}

export function Header() {
  const [path] = useLocation();
  const facts = useDevice((state) => state.facts);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the pages do not all fit.
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current && link) nav.current.scrollLeft = link.offsetLeft - nav.current.offsetLeft - 40;
  }, [path]);
  return (
    <header className={styles['header']}>
      <div className={styles['logo']}>
        Infer<b>o</b>meter
      </div>
      <nav ref={nav} className={styles['nav']} aria-label="Pages">
        {PAGES.map((page) => (
          <Link
            key={page.path}
            href={page.path}
            className={styles['link'] ?? ''}
            aria-current={isWithin(path, page.path) ? 'page' : undefined}
          >
            {page.title}
          </Link>
        ))}
      </nav>
      {facts && (
        <Link href="/device" className={styles['device'] ?? ''}>
          {deviceLine(facts)}
        </Link>
      )}
      <SchemeButton />
    </header>
  );
}
