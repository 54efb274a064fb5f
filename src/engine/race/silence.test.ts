import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LaneStep } from '../protocol.ts';
import { Silence } from './silence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a silence of this patience says after some seconds with these steps in between. */
async function after(...story: readonly (number | LaneStep)[]): Promise<string | null> {
  const silence = new Silence(10);
  let said: string | null = null;
  silence.broken.catch(({ message }: Error) => {
    said = message;
  });
  for (const part of story) {
    if (typeof part === 'number') await vi.advanceTimersByTimeAsync(part * 1000);
    else silence.heard(part);
  }
  silence.end();
  return said;
}

it('breaks after as many seconds without a step as were granted, and says what was going on', async () => {
  expect(await after(9.9)).toBeNull();
  expect(await after(10)).toBe('Its worker did not respond for 10 s while its script was loaded.');
  expect(await after('script', 10)).toMatch(/while the runtime was loaded/);
  for (const step of ['runtime', 'compiled', 'thread'] as const)
    expect(await after('script', step, 10)).toMatch(/while the runtime’s threads started/);
});

it('counts from the latest step: a slow start that comes on is no silence', async () => {
  expect(
    await after(9, 'script', 9, 'runtime', 9, 'compiled', 9, 'thread', 9, 'started'),
  ).toBeNull();
  expect(await after(9, 'script', 10)).not.toBeNull();
});

it('gives compiling longer', async () => {
  expect(await after('runtime', 'compiling', 59)).toBeNull();
  expect(await after('runtime', 'compiling', 60)).toMatch(
    /did not respond for 60 s while the runtime was compiled/,
  );
});

it('ends where the runtime runs: a large model may take its time', async () => {
  expect(await after('started', 1000)).toBeNull();
});

it('does not count time in which the page slept', async () => {
  const silence = new Silence(10);
  const broken = vi.fn();
  silence.broken.catch(broken);
  // The clock jumps by an hour, and one tick is late.
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(broken).not.toHaveBeenCalled();
  silence.end();
});
