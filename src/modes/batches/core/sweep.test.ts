import { describe, expect, it } from 'vitest';
import { MEMORY, opened } from '../../../core/race/testing.ts';
import type { TurnRequest } from '../../../core/session/runner.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { BatchSweep, type SweepOptions, type SweepRunner } from './sweep.ts';

const FEEDS: FeedSet = {
  count: 1,
  inputs: [{ name: 'x', type: 'float32', dims: [1, 2], data: Float32Array.of(1, 2) }],
};

interface Script {
  /** Time of one inference of a batch, given how many turns of this size came before. */
  readonly ms?: (size: number, turn: number) => Milliseconds;
  /** What the first of a batch is answered. */
  readonly answer?: (size: number) => number;
  /** Ends a turn of this size, by the name of what is thrown. */
  readonly fails?: (size: number) => string | null;
}

/** A sweep on a clock that only the lane moves. */
function scripted(
  { ms = (size) => size, answer = () => 1, fails = () => null }: Script,
  options: Partial<SweepOptions> = {},
) {
  let now: Milliseconds = 0;
  let stopped: Error | null = null;
  const log: string[] = [];
  const asked: (TurnRequest & { readonly size: number })[] = [];
  const turns = new Map<number, number>();
  const begin = (): SweepRunner => {
    let size = 0;
    return {
      open: async () => {
        log.push('open');
        return opened();
      },
      load: async (_, { inputs }) => {
        size = inputs[0]?.dims[0] ?? 0;
      },
      turn: async (request) => {
        asked.push({ ...request, size });
        const name = fails(size);
        if (name) throw Object.assign(new Error(`${size} are too many`), { name });
        const turn = turns.get(size) ?? 0;
        turns.set(size, turn + 1);
        const each = ms(size, turn);
        now += each * request.repeat * request.batch;
        const data = new Float64Array(size).fill(answer(size));
        return {
          ms: new Float64Array(request.repeat).fill(each),
          outputs: request.keep ? [[{ name: 'y', dims: [size, 1], data }]] : [],
          memory: { ...MEMORY, heap: 1000 * size },
        };
      },
      terminate: () => log.push('end'),
    };
  };
  const sweep = new BatchSweep({
    begin,
    random: false,
    timerStep: 0.005,
    clock: () => now,
    ready: async () => {},
    disturbed: () => null,
    signal: {
      throwIfAborted: () => {
        if (stopped) throw stopped;
      },
    },
    ...options,
  });
  const open = async () => {
    await sweep.open();
    sweep.feed(FEEDS, ['x']);
    return sweep;
  };
  return {
    ...{ open, log, asked },
    abort: (reason: Error) => {
      stopped = reason;
    },
  };
}

describe('trying a size', () => {
  it('runs it twice and keeps what the heap came to', async () => {
    const { open, asked } = scripted({});
    const sweep = await open();
    expect(await sweep.attempt(4)).toBe(true);
    expect(asked.map(({ size, repeat, keep }) => [size, repeat, keep])).toEqual([
      [4, 1, true],
      [4, 1, false],
    ]);
    expect(sweep.points()).toEqual([{ batch: 4, ms: new Float64Array(), heap: 4000, error: null }]);
  });

  it('says that larger ones are not worth it from an inference of over two seconds on', async () => {
    const sweep = await scripted({ ms: (size) => 1000 * size }).open();
    expect([await sweep.attempt(2), await sweep.attempt(4)]).toEqual([true, false]);
  });

  it('goes on with a new lane after a size that cannot run, not after memory ran out', async () => {
    const { open, log } = scripted({
      fails: (size) => (size === 8 ? 'OutOfMemoryError' : size === 2 ? 'BackendError' : null),
    });
    const sweep = await open();
    const goOn = [];
    for (const size of [1, 2, 4, 8]) goOn.push(await sweep.attempt(size));
    expect(goOn).toEqual([true, true, true, false]);
    expect(log).toEqual(['open', 'end', 'open', 'end', 'open']);
    expect(sweep.points().map(({ batch, error }) => [batch, error?.name ?? null])).toEqual([
      [1, null],
      [2, 'BackendError'],
      [4, null],
      [8, 'OutOfMemoryError'],
    ]);
  });

  it('refuses a batch whose first input gets another answer than alone', async () => {
    const sweep = await scripted({ answer: (size) => (size === 4 ? 7 : 1) }).open();
    for (const size of [1, 2, 4]) await sweep.attempt(size);
    expect(sweep.points().map(({ error }) => error?.name ?? null)).toEqual([
      ...[null, null, 'AnswerError'],
    ]);
  });

  it('takes any answer of a model that draws random numbers', async () => {
    const sweep = await scripted({ answer: (size) => size }, { random: true }).open();
    for (const size of [1, 2]) await sweep.attempt(size);
    expect(sweep.points().map(({ error }) => error)).toEqual([null, null]);
  });
});

describe('timing in turn', () => {
  it('takes each size once a round, until the time is over', async () => {
    const { open, asked } = scripted({ ms: () => 5 });
    const sweep = await open();
    for (const size of [1, 2]) await sweep.attempt(size);
    asked.length = 0;
    const shares: number[] = [];
    await sweep.rounds(1, (share) => shares.push(share));
    // A round is of two sizes, each one inference of 5 ms and a turn of five: 60 ms. 17 fill a second.
    expect(shares.map((share) => Math.round(share * 100))).toEqual(
      Array.from({ length: 17 }, (_, i) => 6 * i),
    );
    expect(asked.map(({ repeat, batch }) => [repeat, batch])).toEqual(
      Array.from({ length: 34 }, () => [
        [1, 1],
        [5, 1],
      ]).flat(),
    );
    for (let round = 0; round < 17; round++) {
      const sizes = asked.slice(4 * round, 4 * round + 4).map(({ size }) => size);
      expect([...sizes].sort()).toEqual([1, 1, 2, 2]);
      expect([sizes[0], sizes[2]]).toEqual([sizes[1], sizes[3]]);
    }
    expect(sweep.points().map(({ ms }) => ms.length)).toEqual([85, 85]);
  });

  it('takes three rounds, however slow they are', async () => {
    const sweep = await scripted({ ms: () => 1500 }).open();
    await sweep.attempt(1);
    let rounds = 0;
    await sweep.rounds(1, () => rounds++);
    expect(rounds).toBe(3);
  });

  it('leaves out what was disturbed, and counts it', async () => {
    let calls = 0;
    // Asked before and after each turn: the second turn is disturbed.
    const disturbed = () => (++calls === 4 ? 'hidden' : null);
    const sweep = await scripted({ ms: () => 500 }, { disturbed }).open();
    await sweep.attempt(1);
    await sweep.rounds(0.1, () => {});
    expect(sweep.excluded).toBe(1);
    // Two rounds are left, the first of which is warming.
    expect(sweep.points()[0]?.ms).toEqual(Float64Array.of(500));
  });

  it('leaves the warming rounds out of the points', async () => {
    // Two turns tried it; then each round has one for the shape and one that counts: eight are slow.
    const sweep = await scripted({ ms: (_, turn) => (turn < 18 ? 20 : 10) }).open();
    await sweep.attempt(1);
    await sweep.rounds(2, () => {});
    const [point] = sweep.points();
    expect(new Set(point?.ms)).toEqual(new Set([10]));
  });

  it('waits for the page before every round', async () => {
    let waited = 0;
    const ready = async () => {
      waited++;
    };
    const sweep = await scripted({ ms: () => 500 }, { ready }).open();
    await sweep.attempt(1);
    await sweep.rounds(0.1, () => {});
    expect(waited).toBe(3);
  });

  it('does nothing where no size ran', async () => {
    const sweep = await scripted({ fails: () => 'BackendError' }).open();
    await sweep.attempt(1);
    let rounds = 0;
    await sweep.rounds(1, () => rounds++);
    expect(rounds).toBe(0);
  });
});

it('throws the reason of an abort from every call', async () => {
  const { open, abort } = scripted({});
  const sweep = await open();
  await sweep.attempt(1);
  abort(new Error('stopped'));
  await expect(sweep.attempt(2)).rejects.toThrow('stopped');
  await expect(sweep.rounds(1, () => {})).rejects.toThrow('stopped');
  await expect(async () => sweep.open()).rejects.toThrow('stopped');
  expect(sweep.points().map(({ batch }) => batch)).toEqual([1]);
});
