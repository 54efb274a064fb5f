import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lane, opened } from '../../core/race/testing.ts';
import type { LaneApi, LaneStep } from '../protocol.ts';
import { LaneClient } from './client.ts';

/** One end of a worker: what is posted to it arrives at the other. */
class End extends EventTarget {
  other: End | null = null;
  postMessage(data: unknown): void {
    const { other } = this;
    queueMicrotask(() => other?.dispatchEvent(new MessageEvent('message', { data })));
  }
}

/** What a worker does from its start on: steps, seconds, and the end of its start or not. */
type Story = readonly (LaneStep | number)[];

class FakeWorker extends End {
  static stories: Story[] = [];
  static readonly started: FakeWorker[] = [];
  terminated = false;

  constructor() {
    super();
    const inside = new End();
    inside.other = this;
    this.other = inside;
    const story = FakeWorker.stories[FakeWorker.started.length] ?? [];
    FakeWorker.started.push(this);
    // All other calls never come here.
    expose(
      { holdLock: async () => false, open: () => this.play(story, inside) } as Pick<
        LaneApi,
        'holdLock' | 'open'
      >,
      inside as never,
    );
  }

  private async play(story: Story, inside: End) {
    for (const part of story) {
      if (typeof part !== 'number') inside.postMessage({ step: part });
      else await new Promise((resolve) => setTimeout(resolve, part * 1000));
    }
    if (story.at(-1) !== 'started') await new Promise(() => {});
    return opened();
  }

  terminate(): void {
    this.terminated = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Opens a lane whose workers do these one after the other, and waits. */
async function open(seconds: number, ...stories: readonly Story[]) {
  FakeWorker.started.length = 0;
  FakeWorker.stories = [...stories];
  const files = { build: 'wasm', runtime: new Blob(), model: new Blob() } as const;
  const client = new LaneClient(lane('fp32/wasm2*'), async () => files);
  let outcome: string | null = null;
  const opening = client.open().then(
    () => 'opened',
    ({ name, message }: Error) => `${name}: ${message}`,
  );
  void opening.then((said) => {
    outcome = said;
  });
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  client.terminate();
  return outcome;
}

describe('a lane', () => {
  it('opens in the worker that it starts', async () => {
    expect(await open(1, ['script', 'runtime', 'compiling', 'compiled', 'thread', 'started'])).toBe(
      'opened',
    );
    expect(FakeWorker.started).toHaveLength(1);
  });

  it('is started anew where its worker falls silent while it starts', async () => {
    const silent = ['script', 'runtime'] as const;
    expect(await open(10, silent, [...silent, 'compiling', 'compiled', 'thread', 'started'])).toBe(
      'opened',
    );
    expect(FakeWorker.started.map(({ terminated }) => terminated)).toEqual([true, true]);
    expect(await open(9, silent)).toBeNull();
  });

  it('is started anew where its worker never says anything', async () => {
    expect(await open(10, [], ['script', 'started'])).toBe('opened');
  });

  it('is given up in a sentence where the second worker falls silent too', async () => {
    const silent = ['script', 'runtime'] as const;
    expect(await open(39, silent, silent)).toBeNull();
    expect(await open(40, silent, silent)).toBe(
      'LaneDiedError: Its worker did not respond for 30 s while the runtime’s threads started. This was its second attempt to start.',
    );
  });

  it('takes as long as it needs where it comes on, and for its model', async () => {
    const slow = [
      'script',
      9,
      'runtime',
      9,
      'compiling',
      50,
      'compiled',
      9,
      'thread',
      9,
      'started',
    ] as const;
    expect(await open(100, slow)).toBe('opened');
    expect(FakeWorker.started).toHaveLength(1);
  });
});
