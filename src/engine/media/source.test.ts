import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { arrival, type CaptureSource } from './source.ts';

const page = { hidden: false };
beforeEach(() => {
  page.hidden = false;
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Waits on a device of which only the end is real; tells what came and whether waiting stopped. */
function waiting() {
  const [ended, asked, stopped] = [new AbortController(), new AbortController(), vi.fn()];
  let give: (value: string) => void = () => {};
  const source = { device: 'camera', ended: ended.signal } as CaptureSource;
  const outcome = arrival<string>(source, asked.signal, (told) => {
    give = told;
    return stopped;
  }).catch((thrown: Error) => `${thrown.name}: ${thrown.message}`);
  return { ended, asked, stopped, outcome, give: (value: string) => give(value) };
}

describe('waiting for what a device gives', () => {
  it('ends with the first that comes', async () => {
    const { give, outcome, stopped } = waiting();
    give('a frame');
    give('another');
    expect(await outcome).toBe('a frame');
    expect(stopped).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['ended', 'asked'] as const)(
    'ends with the reason of what is over (%s)',
    async (which) => {
      const all = waiting();
      all[which].abort(new RangeError('gone'));
      expect(await all.outcome).toBe('RangeError: gone');
      expect(all.stopped).toHaveBeenCalledOnce();
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('is given up after 10 s of silence, but never on a hidden page', async () => {
    const { outcome, stopped } = waiting();
    page.hidden = true;
    vi.advanceTimersByTime(60_000);
    expect(stopped).not.toHaveBeenCalled();
    page.hidden = false;
    vi.advanceTimersByTime(10_000);
    expect(await outcome).toContain('CaptureError: The camera has delivered nothing for 10 s.');
    expect(stopped).toHaveBeenCalledOnce();
  });
});
