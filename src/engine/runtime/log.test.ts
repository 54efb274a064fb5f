import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureLog, watchLog } from './log.ts';

describe('captureLog', () => {
  const printed = vi.fn();
  beforeEach(() => {
    printed.mockClear();
    vi.stubGlobal('console', { ...console, log: printed, error: printed });
    watchLog();
  });
  afterEach(() => vi.unstubAllGlobals());
  // biome-ignore lint/suspicious/noConsole: as the runtime prints
  const print = (...parts: unknown[]) => console.error(...parts);

  it('keeps what a task prints for itself, line by line, and prints the rest', async () => {
    print('before');
    const { result, log } = await captureLog(async () => {
      print('one\ntwo', 3);
      return 'session';
    });
    print('after');
    expect(result).toBe('session');
    expect(log).toEqual(['one', 'two 3']);
    expect(printed.mock.calls).toEqual([['before'], ['after']]);
  });

  it('gives the console back when the task fails', async () => {
    const failing = captureLog(() => {
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    print('after');
    expect(printed).toHaveBeenCalledWith('after');
  });
});
