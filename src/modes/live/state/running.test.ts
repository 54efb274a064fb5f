import { afterEach, describe, expect, test, vi } from 'vitest';
import { Fault } from '../../../core/errors.ts';
import type { LiveFrame } from '../../../core/live/frame.ts';
import type { LiveShown } from '../../../core/live/shown.ts';
import type { FeedSet, OutputTensor } from '../../../core/tensors/tensors.ts';
import { pass } from '../../../engine/worker/workers.testing.ts';
import { atTurn, openBench } from '../../../state/bench/bench.testing.ts';
import type { LiveSource, SourceRequest } from '../../../state/live/source.ts';
import { closePage, until } from '../../../state/page/page.testing.ts';
import type { SpeechAnswer } from '../../../tasks/speech/core/live.ts';

afterEach(closePage);

const FP32 = 'fp32-wasm';
const INT8 = 'int8-wasm';

const { open } = vi.hoisted(() => ({
  open: vi.fn<(request: SourceRequest) => Promise<LiveSource>>(),
}));
// What opens a camera is the browser's; here frames come by script.
vi.mock('../../../state/live/kinds.ts', () => {
  const from = { kind: 'camera', facing: 'user' } as const;
  return {
    taskLive: async () => ({
      sources: () => [{ from, title: 'Camera' }],
      open,
      answers: { same: (a: SpeechAnswer, b: SpeechAnswer) => a.probability === b.probability },
    }),
    liveFrom: () => from,
  };
});

const FEEDS: FeedSet = {
  count: 1,
  inputs: [{ name: 'image', type: 'float32', dims: [1, 1], data: new Float32Array(1) }],
};
const shown: LiveShown = {
  kind: 'sound',
  samples: new Float32Array(),
  recent: () => new Float32Array(),
  speech: null,
};

/** A camera that gives so many frames, one every 40 ms; it says what became of it. */
function camera(frames: number) {
  let given = 0;
  const source = {
    label: 'a fake camera',
    interval: 40,
    closed: 0,
    next: async (): Promise<LiveFrame<LiveShown> | null> => {
      if (given++ === frames) return null;
      pass(40);
      return {
        at: performance.now(),
        offered: 1,
        prepareMs: 1,
        feeds: () => FEEDS,
        read: (_: string, outputs: readonly OutputTensor[]) => ({
          probability: outputs[0]?.data[0] ?? Number.NaN,
          threshold: 0.5,
        }),
        shown,
      };
    },
    restart: vi.fn(),
    close: () => {
      source.closed += 1;
    },
  };
  open.mockResolvedValueOnce(source);
  return source;
}

async function openLive() {
  const opened = await openBench();
  const { live, LIVE } = await import('./live.ts');
  const { modes, runOf } = await import('../../../state/modes/modes.ts');
  const { liveActions } = await import('./running.ts');
  const { watchFrames } = await import('../../../state/live/watching.ts');
  return {
    ...opened,
    startLive: liveActions.start,
    stopLive: liveActions.stop,
    live,
    modes,
    status: () => runOf(modes.getState(), LIVE).status,
    watchFrames,
  };
}

describe('a live session', () => {
  test('shows what both lanes say of each frame, and ends with its source', async () => {
    const { startLive, live, status, watchFrames, page } = await openLive();
    const source = camera(20);
    page.workers.lanes = { [INT8]: { answer: () => [0] } };
    const seen: number[][] = [];
    watchFrames(({ turns }) =>
      seen.push(turns.map(({ answer }) => (answer as SpeechAnswer).probability)),
    );
    await startLive();
    expect(status()).toEqual({ state: 'done' });
    // The first frame warms the lanes up.
    expect(seen).toEqual(Array.from({ length: 19 }, () => [1, 0]));
    const { session } = live.getState();
    expect(session?.lanes.map(({ id }) => id)).toEqual([FP32, INT8]);
    expect(session?.label).toBe('a fake camera');
    expect(source.closed).toBe(1);
    expect(page.workers.running).toEqual([]);
  });

  test('that is stopped closes what it looked through, and the device is free', async () => {
    const { startLive, stopLive, status, page, raceFor, startRace, race } = await openLive();
    const source = camera(1000);
    page.workers.lanes = { [INT8]: atTurn(10, stopLive) };
    await startLive();
    expect(status()).toEqual({ state: 'stopped' });
    expect(source.closed).toBe(1);
    expect(page.workers.running).toEqual([]);
    page.workers.lanes = {};
    raceFor(12);
    await startRace();
    expect(race.getState().status.state).toBe('done');
  });

  test('is stopped while the browser still asks; a camera that opens after that is closed', async () => {
    const { startLive, stopLive, status, page } = await openLive();
    let allow: (source: LiveSource) => void = () => {};
    open.mockReturnValueOnce(
      new Promise((resolve) => {
        allow = resolve;
      }),
    );
    const session = startLive();
    await until(() => status().state === 'running');
    stopLive();
    await session;
    expect(status()).toEqual({ state: 'stopped' });
    expect(page.workers.started).toEqual([]);
    open.mockReset();
    const late = camera(1);
    allow(late as LiveSource);
    await until(() => late.closed === 1);
    open.mockReset();
  });

  test('that is refused says why, and fetches no model for it', async () => {
    const { startLive, status, page } = await openLive();
    open.mockRejectedValueOnce(new Fault('CaptureError', 'That was refused.'));
    const asked = page.host.asked.length;
    await startLive();
    expect(status()).toMatchObject({
      state: 'failed',
      error: { message: 'That was refused.' },
    });
    expect(page.host.asked).toHaveLength(asked);
  });

  test('whose lane dies ends with the reason, and closes its camera', async () => {
    const { startLive, status, page } = await openLive();
    const source = camera(1000);
    page.workers.lanes = { [INT8]: atTurn(10, () => page.workers.named(INT8)?.crash()) };
    await startLive();
    expect(status()).toMatchObject({
      state: 'failed',
      error: { name: 'LaneDiedError' },
    });
    expect(source.closed).toBe(1);
  });

  test('waits while its tab is hidden, and begins anew after it', async () => {
    const { startLive, status, modes, page } = await openLive();
    const source = camera(30);
    const states: string[] = [];
    modes.subscribe(() => {
      if (states.at(-1) !== status().state) states.push(status().state);
    });
    page.workers.lanes = {
      [INT8]: atTurn(10, () => {
        page.hide(true);
        setTimeout(() => page.hide(false), 0);
      }),
    };
    await startLive();
    expect(states).toEqual(['running', 'paused', 'running', 'done']);
    // Once for warm lanes, once for the hidden tab.
    expect(source.restart).toHaveBeenCalledTimes(2);
  });

  test('and a race do not run at once', async () => {
    const { startLive, status, page, startRace, race } = await openLive();
    camera(20);
    page.workers.lanes = { [INT8]: atTurn(5, startRace) };
    await startLive();
    expect(status()).toEqual({ state: 'done' });
    expect(race.getState().status).toEqual({ state: 'idle' });
  });
});
