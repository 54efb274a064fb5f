import { useSyncExternalStore } from 'react';
import { hashPath } from '../../state/app/hash.ts';

function subscribe(tell: () => void): () => void {
  addEventListener('hashchange', tell);
  return () => removeEventListener('hashchange', tell);
}

function go(to: string): void {
  const { href: oldURL } = location;
  history.pushState(null, '', `#${to}`);
  scrollTo(0, 0);
  // A call of the history tells nobody.
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

/** As wouter's own hook, which takes a query after the hash for a part of the path. */
export const useHashLocation = Object.assign(
  (): [string, typeof go] => [useSyncExternalStore(subscribe, hashPath), go],
  { hrefs: (href: string) => `#${href}` },
);
