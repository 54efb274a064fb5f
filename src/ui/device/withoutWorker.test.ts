import { expect, it } from 'vitest';
import { nothingStored, withoutWorker } from './withoutWorker.ts';

it('explains a plain address by itself, and only else by the browser', () => {
  const plain = withoutWorker({ secure: false, origin: 'http://192.0.2.7:4300' });
  expect(plain).toContain('http://192.0.2.7:4300');
  expect(plain).toContain('https');
  expect(plain).not.toContain('private');
  expect(withoutWorker({ secure: true, origin: 'https://example.org' })).toContain('private');
});

it('does not take files that cannot be kept for files that were not downloaded', () => {
  expect(nothingStored({ secure: false, origin: 'http://192.0.2.7' })).toContain(
    'stored for a page',
  );
  expect(nothingStored({ secure: true, origin: 'https://example.org' })).toContain('yet');
});
