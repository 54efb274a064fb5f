import { expect, it } from 'vitest';
import { adviceFor } from './advice.ts';

it('sends whoever has a file of another format to another file, not to other sizes', () => {
  expect(adviceFor('ModelFormatError')).toContain('.onnx');
  for (const name of ['ModelFormatError', 'FileFormatError']) {
    expect(adviceFor(name)).not.toBe('');
    expect(adviceFor(name)).not.toContain('size');
  }
});

it('asks for another operator set only where the operator set is the matter', () => {
  expect(adviceFor('ModelVersionError')).toContain('opset 26 and IR version 13 or lower');
  for (const name of ['ModelRejectedError', 'ModelUnreadableError', 'RunError', 'AnswerError']) {
    expect(adviceFor(name)).not.toContain('opset');
  }
});

it('has nothing to advise on an error that it does not know', () => {
  expect(adviceFor('TypeError')).toBe('');
});
