import { expect, it, vi } from 'vitest';
import { fetchIntact } from './siteCache.ts';

it('a file of the site is fetched past a wrong copy in the browser’s own cache', async () => {
  const cached = { bytes: 'wrong' };
  vi.stubGlobal('fetch', async (_url: string, { integrity, cache }: RequestInit) => {
    if (cache === 'reload') cached.bytes = 'right';
    if (cached.bytes !== integrity) throw new TypeError('Failed to fetch');
    return new Response(cached.bytes);
  });
  expect(await (await fetchIntact('/assets/a.js', 'right', 'default')).text()).toBe('right');
  await expect(fetchIntact('/assets/a.js', 'other', 'default')).rejects.toThrow();
});
