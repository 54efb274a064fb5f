import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TurnRequest } from '../session/runner.ts';
import type { RaceEvent } from './events.ts';
import { type Call, feedsOf, type Script, type ScriptedRace, scriptedRace } from './scripted.ts';
import { opened, spec } from './testing.ts';

const ABC = { a: {}, b: {}, c: {} };
const IDS = Object.keys(ABC);

type EventOf<Kind extends RaceEvent['kind']> = Extract<RaceEvent, { kind: Kind }>;
const eventsOf = <Kind extends RaceEvent['kind']>({ events }: ScriptedRace, kind: Kind) =>
  events.filter((event): event is EventOf<Kind> => event.kind === kind);
const lanesOf = (race: ScriptedRace, kind: 'died' | 'finished' | 'opened') =>
  eventsOf(race, kind).map(({ lane }) => lane);
const phasesOf = (race: ScriptedRace) => eventsOf(race, 'phase').map(({ phase }) => phase);

interface Turned extends TurnRequest {
  readonly lane: string;
}
const turnsOf = ({ calls }: ScriptedRace): Turned[] =>
  calls.flatMap(({ lane, request }) => (request ? [{ lane, ...request }] : []));
/** Turns of the timed rounds: those whose outputs nobody wants, unless it is a sweep. */
const timed = (race: ScriptedRace, lane?: string) =>
  turnsOf(race).filter((turn) => !turn.keep && (lane === undefined || turn.lane === lane));
/** The order of the lanes in each round, as a word. */
const orders = (race: ScriptedRace, lanes = IDS.length) => {
  const names = timed(race).map(({ lane }) => lane);
  return Array.from({ length: names.length / lanes }, (_, i) =>
    names.slice(i * lanes, (i + 1) * lanes).join(''),
  );
};

async function ran(...args: Parameters<typeof scriptedRace>): Promise<ScriptedRace> {
  const race = scriptedRace(...args);
  await race.run();
  return race;
}

const rounds = (count: number) => ({ stop: { kind: 'rounds', rounds: count } }) as const;
const sweep = (count: number) =>
  ({ stop: { kind: 'sweep' }, feeds: () => feedsOf(count) }) as const;
const checks = (count: number) => ({ checks: async () => feedsOf(count) });

describe('the course of a race', () => {
  it('enters each phase once, in order, and finishes every lane', async () => {
    const race = await ran(ABC, checks(1));
    expect(phasesOf(race)).toEqual(['opening', 'cold', 'rounds', 'checking', 'done']);
    expect(lanesOf(race, 'finished')).toEqual(IDS);
    expect(race.events.at(-1)).toEqual({ kind: 'phase', phase: 'done' });
  });

  it('opens one lane after the other, and loads feeds only when all are open', async () => {
    const { calls } = await ran(ABC);
    expect(calls.slice(0, 6).map(({ lane, kind }) => `${lane} ${kind}`)).toEqual([
      'a open',
      'b open',
      'c open',
      'a load race',
      'b load race',
      'c load race',
    ]);
  });

  it('times the first inference of each lane by itself', async () => {
    const race = await ran({ a: { ms: (turn) => (turn === 0 ? 70 : 5) }, b: {} });
    const cold = eventsOf(race, 'cold').map(({ lane, ms }) => [lane, ms]);
    expect(Object.fromEntries(cold)).toEqual({ a: 70, b: 5 });
  });

  it('fetches labelled feeds after the first inference and before the rounds', async () => {
    const race = await ran(ABC, checks(1));
    const kinds = race.calls.map(({ kind }) => kind);
    expect(kinds.slice(6, 13)).toEqual([
      ...['turn', 'turn', 'turn'],
      ...['load check', 'load check', 'load check'],
      'turn',
    ]);
  });
});

describe('order', () => {
  it('gives each lane one turn per round, in an order shuffled anew', async () => {
    const race = await ran(ABC, rounds(60));
    for (const order of orders(race)) expect([...order].sort()).toEqual(IDS);
    expect(new Set(orders(race))).toEqual(new Set(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']));
  });

  it('is decided by the seed alone', async () => {
    const first = await ran(ABC, { ...rounds(20), seed: 5 });
    const again = await ran(ABC, { ...rounds(20), seed: 5 });
    const other = await ran(ABC, { ...rounds(20), seed: 6 });
    expect(again.calls).toEqual(first.calls);
    expect(again.events).toEqual(first.events);
    expect(orders(other)).not.toEqual(orders(first));
  });
});

describe('the end', () => {
  it.each([1, 7])('comes after exactly %d rounds', async (count) => {
    const race = await ran(ABC, rounds(count));
    for (const id of IDS) expect(timed(race, id)).toHaveLength(count);
    const turns = eventsOf(race, 'turn').filter(({ lane }) => lane === 'a');
    expect(turns.map(({ round }) => round)).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('comes with the first round that begins after the time is over', async () => {
    // One lane of 5 ms: 1 timing, then 5 per turn. 5 + 40 * 25 = 1005 ms is past one second.
    const race = await ran({ a: {} }, { stop: { kind: 'seconds', seconds: 1 } });
    expect(timed(race)).toHaveLength(41);
    const shares = eventsOf(race, 'progress').map(({ share }) => share);
    expect(shares.slice(0, 3)).toEqual([0, 0.005, 0.03]);
    expect(shares.at(-2)).toBe(0.98);
    expect(shares.at(-1)).toBe(1);
  });

  it.each([
    { kind: 'rounds', rounds: 0 },
    { kind: 'seconds', seconds: 0 },
  ] as const)('comes after one round for %o', async (stop) => {
    for (const ms of [5, 0]) {
      const race = await ran({ a: { ms } }, { stop });
      expect(timed(race)).toHaveLength(1);
      expect(eventsOf(race, 'progress').map(({ share }) => share)).toEqual([0, 1]);
    }
  });

  it('comes when enough is known, or else when time is up', async () => {
    const stop = { kind: 'enough', seconds: 1 } as const;
    let asked = 0;
    const sure = await ran({ a: {} }, { stop, enough: () => ++asked === 9 });
    expect(timed(sure)).toHaveLength(8);
    expect(eventsOf(sure, 'progress').at(-1)?.share).toBe(1);
    expect(timed(await ran({ a: {} }, { stop, enough: () => false }))).toHaveLength(41);
    expect(timed(await ran({ a: {} }, { stop }))).toHaveLength(41);
  });

  it('comes after one round at least, however much is known', async () => {
    const stop = { kind: 'enough', seconds: 1 } as const;
    expect(timed(await ran({ a: {} }, { stop, enough: () => true }))).toHaveLength(1);
  });

  it('shows progress that only grows, from 0 to 1', async () => {
    for (const options of [rounds(4), sweep(30)]) {
      const shares = eventsOf(await ran(ABC, options), 'progress').map(({ share }) => share);
      expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
    }
  });
});

describe('the size of a turn', () => {
  const sizes = async (script: Script, timerStep = 0.005) =>
    timed(await ran({ a: script }, { ...rounds(3), timerStep })).map(({ repeat, batch }) => [
      repeat,
      batch,
    ]);

  it.each([
    [5, 5],
    [0.5, 50],
    [0.2, 100],
    [24, 1],
    [300, 1],
  ])('follows the pace: after %f ms come %d timings', async (ms, repeat) => {
    expect(await sizes({ ms })).toEqual([
      [1, 1],
      [repeat, 1],
      [repeat, 1],
    ]);
  });

  it('follows each lane’s own latest pace', async () => {
    // Turn 0 is the cold one.
    const paces = [90, 1, 5, 2.5];
    expect(await sizes({ ms: (turn) => paces[turn] ?? 1 })).toEqual([
      [1, 1],
      [25, 1],
      [5, 1],
    ]);
  });

  it.each([
    // 25 steps of 0.1 ms over 0.5 ms per inference: batches of 5, 10 of which last 25 ms.
    [0.5, 0.1, 5, 10],
    [0.1, 1, 250, 1],
    [0.01, 1, 256, 10],
    [3, 0.1, 1, 8],
    // A clock so coarse that a single inference takes no time.
    [0, 1, 256, 1],
  ])('%f ms on a clock of %f ms is timed %d at once, %d times', async (ms, step, batch, repeat) => {
    expect((await sizes({ ms }, step)).slice(1)).toEqual([
      [repeat, batch],
      [repeat, batch],
    ]);
  });

  it('is told with each turn', async () => {
    const race = await ran({ a: { ms: 0.5 } }, { ...rounds(2), timerStep: 0.1 });
    expect(eventsOf(race, 'turn').map(({ batch, ms }) => [batch, ms.length])).toEqual([
      [1, 1],
      [5, 10],
    ]);
  });
});

describe('a sweep', () => {
  it('runs every feed once per lane, all lanes the same blocks in the same rounds', async () => {
    const pace = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        pace,
        pace,
        fc.nat(),
        async (n, a, b, seed) => {
          const race = await ran({ a: { ms: a }, b: { ms: b } }, { ...sweep(n), seed });
          // The cold run comes first and the last feed's check last; between them is the sweep.
          const blocks = (lane: string) =>
            turnsOf(race)
              .filter((turn) => turn.lane === lane)
              .slice(1, -1);
          const feeds = blocks('a').flatMap(({ from, count }) =>
            Array.from({ length: count }, (_, i) => from + i),
          );
          expect(feeds).toEqual(Array.from({ length: n }, (_, i) => i));
          expect(blocks('b').map(({ from, count }) => [from, count])).toEqual(
            blocks('a').map(({ from, count }) => [from, count]),
          );
          expect(blocks('a').every(({ repeat, batch }) => repeat === 1 && batch === 1)).toBe(true);
          const roundsOf = (lane: string) =>
            eventsOf(race, 'turn').flatMap((turn) => (turn.lane === lane ? [turn.round] : []));
          expect(roundsOf('a')).toEqual(roundsOf('b'));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes blocks as long as the fastest lane’s turn', async () => {
    const race = await ran({ a: { ms: 50 }, b: { ms: 5 } }, sweep(12));
    const blocks = turnsOf(race).filter(({ lane, keep }) => lane === 'b' && keep);
    expect(blocks.map(({ from, count }) => [from, count])).toEqual([
      [0, 1],
      [0, 1],
      [1, 5],
      [6, 5],
      [11, 1],
      [0, 1],
    ]);
  });

  it('goes at the pace of those who are left when the fastest dies', async () => {
    const fast = { ms: 1, fails: ({ request }: Call) => (request?.from ?? 0) > 20 };
    const race = await ran({ a: { ms: 5 }, fast }, sweep(60));
    const counts = turnsOf(race).flatMap(({ lane, count }) => (lane === 'a' ? [count] : []));
    expect(counts).toEqual([1, 1, 25, 25, 5, 4, 1]);
    expect(lanesOf(race, 'died')).toEqual(['fast']);
  });
});

describe('disturbance', () => {
  it('leaves out the turns that were spoiled, and only those', async () => {
    let asked = 0;
    const race = await ran(ABC, {
      ...rounds(4),
      disturbed: () => (++asked % 3 === 2 ? 'hidden' : null),
    });
    const kept = timed(race)
      .map(({ lane }, i) => ({ lane, round: Math.floor(i / 3), spoiled: i % 3 === 1 }))
      .filter(({ spoiled }) => !spoiled);
    expect(
      eventsOf(race, 'turn').map(({ lane, round }) => ({ lane, round, spoiled: false })),
    ).toEqual(kept);
  });

  it('says of each turn that was left out why', async () => {
    const race = await ran({ a: {} }, { ...rounds(3), disturbed: () => 'hidden' });
    expect(eventsOf(race, 'excluded')).toEqual(
      [0, 1, 2].map((round) => ({ kind: 'excluded', lane: 'a', round, why: 'hidden' })),
    );
    expect(eventsOf(race, 'turn')).toEqual([]);
  });

  it('leaves out turns of a clock that runs backwards, or ahead of the coordinator’s', async () => {
    // The script's lanes move the coordinator's clock themselves: here by less than they say.
    for (const jump of [-4, 40]) {
      let now = 0;
      const race = await ran(
        { a: { ms: (turn) => (turn === 3 ? jump : 5) } },
        { ...rounds(6), clock: () => (now += 1) },
      );
      const left = eventsOf(race, 'excluded').map(({ why }) => why);
      expect(new Set(left)).toEqual(new Set(['clock']));
    }
  });

  it('leaves out a turn during which the device slept, and keeps its pace', async () => {
    // The cold run is turn 0.
    const race = await ran({ a: { ms: (turn) => (turn === 4 ? 3_600_000 : 5) } }, rounds(8));
    expect(eventsOf(race, 'excluded')).toEqual([
      { kind: 'excluded', lane: 'a', round: 3, why: 'clock' },
    ]);
    expect(timed(race).at(-1)?.repeat).toBe(5);
  });

  it('waits before each round until measuring makes sense', async () => {
    const seen: number[] = [];
    const race = scriptedRace(ABC, {
      ...rounds(3),
      ready: async () => void seen.push(timed(race).length),
    });
    await race.run();
    expect(seen).toEqual([0, 3, 6]);
  });
});

describe('answers', () => {
  const answering = { answer: (_: string, feed: number) => [feed, feed + 1] };
  const scored = (race: ScriptedRace) => eventsOf(race, 'scored');

  it('are compared with the reference’s for the same feeds: cold, in check blocks, and at the end', async () => {
    const race = await ran({ a: answering, b: answering }, checks(120));
    const blocks = scored(race).filter(({ lane }) => lane === 'b');
    expect(blocks.map(({ slot, from, outputs }) => [slot, from, outputs.length])).toEqual([
      ['race', 0, 1],
      ['check', 0, 50],
      ['check', 50, 50],
      ['check', 100, 20],
      ['race', 0, 1],
    ]);
    for (const { outputs, reference } of blocks) expect(reference).toEqual(outputs);
    expect([...(blocks[2]?.outputs[3]?.[0]?.data ?? [])]).toEqual([53, 54]);
  });

  it('are checked no longer than each lane may spend on it', async () => {
    // A block takes both lanes 500 ms; begun after 0, 500 and 1000 ms, but not after 1500.
    const race = await ran({ a: {}, b: {} }, { ...checks(1000), checkMs: 600 });
    const blocks = scored(race).filter(({ lane, slot }) => lane === 'b' && slot === 'check');
    expect(blocks.map(({ from }) => from)).toEqual([0, 50, 100]);
  });

  it('are checked in blocks so short that a slow lane keeps to its time too', async () => {
    const race = await ran({ a: { ms: 1 }, slow: { ms: 400 } }, { ...checks(50), checkMs: 1000 });
    const counts = race.calls.flatMap(({ lane, request }) =>
      lane === 'slow' && request?.slot === 'check' ? [request.count] : [],
    );
    // Two lanes may spend two seconds: three blocks of two, of which the last begins within them.
    expect(counts).toEqual([2, 2, 2]);
  });

  it('to the first feed are asked for again every two seconds, by every lane', async () => {
    const race = await ran(
      { a: answering, b: answering },
      { stop: { kind: 'seconds', seconds: 5 } },
    );
    const again = eventsOf(race, 'repeated');
    expect(again.map(({ lane }) => lane).sort()).toEqual(['a', 'a', 'b', 'b']);
    expect([...(again[0]?.outputs[0]?.data ?? [])]).toEqual([0, 1]);
  });

  it('of a sweep are scored block by block', async () => {
    const race = await ran({ a: answering, b: answering }, sweep(11));
    const froms = scored(race).flatMap(({ lane, from }) => (lane === 'b' ? [from] : []));
    expect(froms).toEqual([0, 0, 1, 6, 0]);
  });
});

/** The n-th call of a lane, whatever it is, counted from 0. */
const nth = (n: number) => {
  let seen = 0;
  return () => seen++ === n;
};
const isCheck = ({ request }: Call) => request?.slot === 'check';

describe('a lane that fails', () => {
  const stages: [string, (call: Call) => boolean][] = [
    ['open', ({ kind }) => kind === 'open'],
    ['load', ({ kind }) => kind === 'load race'],
    ['cold', ({ kind }) => kind === 'turn'],
    ['load check', ({ kind }) => kind === 'load check'],
    ['turn', ({ request }) => request?.keep === false],
    ['check', isCheck],
  ];

  it.each(stages)(
    'at %s is reported once, is left alone, and the others go on',
    async (_, fails) => {
      const race = await ran({ ...ABC, b: { fails } }, { ...checks(60), ...rounds(5) });
      expect(eventsOf(race, 'died')).toEqual([
        { kind: 'died', lane: 'b', error: { name: 'RangeError', message: 'b failed' } },
      ]);
      expect(lanesOf(race, 'finished')).toEqual(['a', 'c']);
      const own = race.calls.filter(({ lane }) => lane === 'b');
      expect(own.filter(fails)).toEqual(own.slice(-1));
      for (const id of ['a', 'c']) expect(timed(race, id)).toHaveLength(5);
    },
  );

  it('at any calls leaves each lane either finished or died, with no call after its end', async () => {
    const failing = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(14), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(failing, fc.boolean(), fc.nat(), async (at, sweeping, seed) => {
        const scripts = Object.fromEntries(
          Object.entries(at).map(([id, n]) => [id, { fails: nth(n) } satisfies Script]),
        );
        const race = await ran(scripts, {
          ...checks(60),
          ...(sweeping ? sweep(20) : rounds(4)),
          seed,
        });
        const died = lanesOf(race, 'died');
        expect([...died, ...lanesOf(race, 'finished')].sort()).toEqual(Object.keys(at).sort());
        for (const id of died) {
          expect(race.calls.filter(({ lane }) => lane === id)).toHaveLength((at[id] as number) + 1);
        }
        expect(phasesOf(race).at(-1)).toBe('done');
        expect(new Set(phasesOf(race)).size).toBe(phasesOf(race).length);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the others unscored when it was the reference', async () => {
    const race = await ran({ ...ABC, a: { fails: isCheck } }, checks(50));
    const references = eventsOf(race, 'scored')
      .filter(({ lane }) => lane === 'b')
      .map(({ slot, reference }) => [slot, reference === null]);
    expect(references).toEqual([
      ['race', false],
      ['check', true],
      ['race', true],
    ]);
  });

  it('ends the race when it was the last one', async () => {
    const race = await ran({ a: { fails: nth(3) } }, checks(50));
    expect(lanesOf(race, 'died')).toEqual(['a']);
    expect(race.events.at(-1)).toEqual({ kind: 'phase', phase: 'done' });
  });

  it('is named even if it threw no Error', async () => {
    const fails = () => {
      throw 'a bare word';
    };
    const [died] = eventsOf(await ran({ a: { fails } }), 'died');
    expect(died?.error).toEqual({ name: 'Error', message: 'a bare word' });
  });
});

const boom = () => {
  throw new TypeError('no feeds');
};

describe('labelled feeds that fail', () => {
  it('are reported once, and the race goes on without them', async () => {
    const race = await ran(ABC, { checks: async () => boom(), ...rounds(5) });
    expect(eventsOf(race, 'unlabelled')).toEqual([
      { kind: 'unlabelled', error: { name: 'TypeError', message: 'no feeds' } },
    ]);
    expect(phasesOf(race)).toEqual(['opening', 'cold', 'rounds', 'checking', 'done']);
    expect(lanesOf(race, 'finished')).toEqual(IDS);
    for (const id of IDS) expect(timed(race, id)).toHaveLength(5);
    // Answers are still compared with the reference's: in the cold run and at the end.
    const slots = eventsOf(race, 'scored').flatMap(({ lane, slot }) => (lane === 'b' ? slot : []));
    expect(slots).toEqual(['race', 'race']);
    expect(race.calls.some(({ kind }) => kind === 'load check')).toBe(false);
  });

  it('because of an abort end the race with its reason', async () => {
    const reason = new Error('enough');
    const race = scriptedRace(ABC, {
      checks: async () => {
        race.abort(reason);
        return boom();
      },
    });
    await expect(race.run()).rejects.toBe(reason);
    expect(eventsOf(race, 'unlabelled')).toEqual([]);
  });
});

describe('what all lanes depend on', () => {
  it('ends every lane once when the feeds fail', async () => {
    const race = await ran(ABC, { feeds: boom });
    expect(eventsOf(race, 'died').map(({ lane, error }) => [lane, error.message])).toEqual(
      IDS.map((id) => [id, 'no feeds']),
    );
    expect(lanesOf(race, 'finished')).toEqual([]);
    expect(race.events.at(-1)).toEqual({ kind: 'phase', phase: 'done' });
  });

  it('is made for the reference’s inputs, else for the first lane that opened', async () => {
    const asked: string[] = [];
    const named = (name: string, fails = false): Script => ({
      fails: () => fails,
      opened: opened({ inputs: [spec(name, 'float32', 1)] }),
    });
    const feeds = ({ inputs }: ReturnType<typeof opened>) => {
      asked.push(inputs[0]?.name ?? '');
      return feedsOf(1);
    };
    await ran({ a: named('x'), b: named('y') }, { feeds, reference: 'b' });
    await ran({ a: named('x', true), b: named('y') }, { feeds, reference: 'a' });
    expect(asked).toEqual(['y', 'y']);
  });

  it('must fit: a lane of other inputs is told so and gets no feeds', async () => {
    const b = { opened: opened({ inputs: [spec('picture', 'uint8', 1)] }) };
    const race = await ran({ ...ABC, b });
    expect(eventsOf(race, 'died')).toMatchObject([{ lane: 'b', error: { name: 'MismatchError' } }]);
    expect(race.calls.filter(({ lane }) => lane === 'b').map(({ kind }) => kind)).toEqual(['open']);
    expect(lanesOf(race, 'finished')).toEqual(['a', 'c']);
  });
});

describe('abort', () => {
  const reason = new Error('enough');
  const options = { ...checks(60), ...rounds(3) } as const;

  /** Opens, loads, cold runs, check loads, three rounds, two check blocks and the last answer. */
  const ALL_CALLS = 2 * (1 + 1 + 1 + 1 + 3 + 2 + 1);

  /** Aborts in the n-th call, which then fails, as a terminated worker's does, or still answers. */
  async function abortedAt(n: number, then: 'fails' | 'answers') {
    let seen = 0;
    let before = -1;
    const fails = () => then === 'fails' && seen > n;
    const race = scriptedRace(
      { a: { fails }, b: { fails } },
      {
        ...options,
        beforeAnswer: (_, { abort, events }) => {
          if (seen++ !== n) return;
          before = events.length;
          abort(reason);
        },
      },
    );
    const outcome = await race.run().then(
      () => 'resolved',
      (thrown: unknown) => thrown,
    );
    return { outcome, calls: race.calls.length, emittedAfter: race.events.slice(before) };
  }
  const everyCall = Array.from({ length: ALL_CALLS }, (_, n) => n);

  it('can come in any of these calls', async () => {
    const race = await ran({ a: {}, b: {} }, options);
    expect(race.calls).toHaveLength(ALL_CALLS);
  });

  it.each(everyCall)(
    'in call %d rejects with its reason, and nothing is asked or said after',
    async (n) => {
      const expected = { outcome: reason, calls: n + 1, emittedAfter: [] };
      expect(await abortedAt(n, 'fails')).toEqual(expected);
    },
  );

  it('in any call that still answers rejects and says nothing after', async () => {
    for (const n of everyCall) {
      const expected = { outcome: reason, calls: n + 1, emittedAfter: [] };
      expect(await abortedAt(n, 'answers')).toEqual(expected);
    }
  });

  it('before the start rejects at once', async () => {
    const race = scriptedRace(ABC);
    race.abort(reason);
    await expect(race.run()).rejects.toBe(reason);
    expect(race.calls).toEqual([]);
  });
});
