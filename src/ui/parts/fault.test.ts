import { expect, it } from 'vitest';
import { adviceFor } from './Fault.tsx';

it('sends whoever has a file of another format to another file, not to other sizes', () => {
  expect(adviceFor('ModelFormatError')).toContain('.onnx');
  for (const name of ['ModelFormatError', 'FileFormatError']) {
    expect(adviceFor(name)).not.toBe('');
    expect(adviceFor(name)).not.toContain('size');
  }
});
