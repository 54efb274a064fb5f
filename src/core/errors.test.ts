import { expect, it } from 'vitest';
import { Fault, toError, unreachable } from './errors.ts';

it('a Fault carries its name, message and cause', () => {
  const cause = new Error('below');
  const fault = new Fault('IntegrityError', 'The file differs.', { cause });
  expect(fault).toBeInstanceOf(Error);
  expect([fault.name, fault.message, fault.cause]).toEqual([
    'IntegrityError',
    'The file differs.',
    cause,
  ]);
  expect(String(fault)).toBe('IntegrityError: The file differs.');
});

it('toError keeps errors as they are and wraps everything else', () => {
  const error = new TypeError('as it is');
  expect(toError(error)).toBe(error);
  for (const [thrown, message] of [
    ['text', 'text'],
    [7, '7'],
    [undefined, 'undefined'],
    [null, 'null'],
  ] as const) {
    expect(toError(thrown)).toBeInstanceOf(Error);
    expect(toError(thrown).message).toBe(message);
  }
});

it('unreachable names the case that nobody handled', () => {
  expect(() => unreachable({ kind: 'new' } as never)).toThrow('Unhandled case: {"kind":"new"}');
});
