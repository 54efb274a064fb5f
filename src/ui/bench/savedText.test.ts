import { expect, it } from 'vitest';
import { savedText } from './savedText.ts';

it('claims samples only where there are some, and all of them only where the measurement ended', () => {
  expect(savedText({ samples: 0, status: 'failed' })).not.toContain('sample');
  expect(savedText({ samples: 9, status: 'failed' })).toContain('before that');
  expect(savedText({ samples: 9, status: 'done' })).toMatch(/^Saved in this browser, with every/);
});
