import { describe, expect, it } from 'vitest';
import { SILERO } from '../../tasks/speech/core/testing.ts';
import type { RaceEvent } from './events.ts';
import { type LaneRecord, Recorder, UNASKED } from './record.ts';
import { feedsOf, scriptedRace } from './scripted.ts';
import { digitModel, genericModel, lane, logits, opened, tensor, variant } from './testing.ts';

const LANES = [lane('fp32/wasm*'), lane('int8/wasm')];
const [REFERENCE, INT8] = ['fp32/wasm', 'int8/wasm'] as const;
const memory = { heap: 2e6, gpu: null, gpuPeak: null };
const digits = digitModel(variant('fp32'), variant('int8'));

const recorder = (labels = {}, model = digits) => new Recorder(model, LANES, labels);

function recordOf(to: Recorder, id: string): LaneRecord {
  const found = to.snapshot().lanes.find((one) => one.lane.id === id);
  if (!found) throw new Error(`no lane ${id}`);
  return found;
}

const turn = (id: string, round: number, ms: readonly number[], batch = 1): RaceEvent => ({
  kind: 'turn',
  lane: id,
  round,
  at: round,
  ms: Float64Array.from(ms),
  batch,
  memory,
});

type Outputs = Extract<RaceEvent, { kind: 'scored' }>['outputs'];
/** Scores of consecutive feeds, beside the reference's. */
const scored = (
  id: string,
  outputs: Outputs,
  reference: Outputs | null,
  { slot = 'check', from = 0 }: { slot?: 'race' | 'check'; from?: number } = {},
): RaceEvent => ({ kind: 'scored', lane: id, slot, from, outputs, reference });

describe('a lane’s record', () => {
  it('begins empty, in the order chosen', () => {
    const { lanes, phase, progress } = recorder().snapshot();
    expect(lanes.map((one) => [one.lane.id, one.state.name])).toEqual([
      [REFERENCE, 'waiting'],
      [INT8, 'waiting'],
    ]);
    expect([phase, progress]).toEqual(['opening', 0]);
  });

  it('goes from waiting to opening, racing and finished', () => {
    const to = recorder();
    const states = [
      { kind: 'opening', lane: INT8 },
      { kind: 'opened', lane: INT8, opened: opened({ memory }) },
      { kind: 'finished', lane: INT8 },
    ] satisfies RaceEvent[];
    const names = states.map((event) => {
      to.apply(event);
      return recordOf(to, INT8).state.name;
    });
    expect(names).toEqual(['opening', 'racing', 'finished']);
    expect(recordOf(to, INT8)).toMatchObject({ memory, opened: { runtimeMs: 1 } });
    expect(recordOf(to, REFERENCE).state.name).toBe('waiting');
  });

  it('keeps what a lane found before it died', () => {
    const to = recorder();
    const error = { name: 'LaneDiedError', message: 'gone' };
    to.apply({ kind: 'cold', lane: INT8, ms: 70, memory });
    to.apply(turn(INT8, 0, [3, 1, 2]));
    to.apply({ kind: 'died', lane: INT8, error });
    const { state, coldMs, turns } = recordOf(to, INT8);
    expect(state).toEqual({ name: 'died', error });
    expect([coldMs, turns.length]).toEqual([70, 1]);
  });

  it('holds each turn with its median, and the largest batch', () => {
    const to = recorder();
    to.apply(turn(INT8, 0, [4, 1, 3], 2));
    to.apply(turn(INT8, 2, [5, 6], 8));
    to.apply(turn(INT8, 3, [9], 4));
    const { turns, batch } = recordOf(to, INT8);
    expect(turns.map(({ round, median, ms }) => [round, median, [...ms]])).toEqual([
      [0, 3, [4, 1, 3]],
      [2, 5.5, [5, 6]],
      [3, 9, [9]],
    ]);
    expect(batch).toBe(8);
  });

  it('refuses events of a lane that does not race', () => {
    for (const event of [turn('other', 0, [1]), scored('other', [], null)]) {
      expect(() => recorder().apply(event)).toThrow('No lane "other" in this race.');
    }
  });
});

describe('a snapshot', () => {
  it('follows phase and progress', () => {
    const to = recorder();
    to.apply({ kind: 'phase', phase: 'rounds' });
    to.apply({ kind: 'progress', share: 0.25 });
    expect(to.snapshot()).toMatchObject({ model: digits, phase: 'rounds', progress: 0.25 });
  });

  it('says why no answer is checked with a label', () => {
    const to = recorder();
    expect(to.snapshot().unlabelled).toBeNull();
    const error = { name: 'DownloadError', message: 'gone' };
    to.apply({ kind: 'unlabelled', error });
    expect(to.snapshot().unlabelled).toEqual(error);
  });

  it('does not change when the race goes on', () => {
    const to = recorder();
    to.apply(turn(INT8, 0, [1]));
    const early = to.snapshot();
    const copy = structuredClone(early);
    to.apply(turn(INT8, 1, [2]));
    to.apply(scored(INT8, [logits(1, 2)], [logits(1, 2)]));
    to.apply({ kind: 'phase', phase: 'done' });
    to.snapshot();
    expect(early).toEqual(copy);
  });

  it('keeps the identity of every lane that has not changed, and of no other', () => {
    const to = recorder();
    to.apply(turn(REFERENCE, 0, [1]));
    to.apply(turn(INT8, 0, [1]));
    const first = to.snapshot();
    expect(to.snapshot().lanes.every((one, i) => one === first.lanes[i])).toBe(true);
    to.apply(turn(INT8, 1, [1]));
    const [reference, int8] = to.snapshot().lanes;
    expect(reference).toBe(first.lanes[0]);
    expect(int8).not.toBe(first.lanes[1]);
    expect(int8?.turns).toHaveLength(2);
  });

  it('keeps the identity of the turns while other things change', () => {
    const to = recorder();
    to.apply(turn(INT8, 0, [1]));
    const { turns } = recordOf(to, INT8);
    to.apply({ kind: 'finished', lane: INT8 });
    expect(recordOf(to, INT8).turns).toBe(turns);
  });
});

describe('accuracy', () => {
  const labels = { check: Uint8Array.of(0, 1, 1, 0) };

  it('counts the feeds whose label is known, and those named rightly', () => {
    const to = recorder(labels);
    to.apply(scored(INT8, [logits(9, 1), logits(9, 1)], null));
    to.apply(scored(INT8, [logits(1, 9), logits(1, 9), logits(1, 9)], null, { from: 2 }));
    // Of five feeds the last has no label; the second and fourth are wrong.
    expect(recordOf(to, INT8)).toMatchObject({ labelled: 4, correct: 2 });
  });

  it('and agreement leave out what nobody asked for', () => {
    const to = recorder({ check: Int8Array.of(UNASKED, 0) });
    const [other, same] = [logits(1, 9), logits(9, 1)];
    to.apply(scored(INT8, [other, same], [same, same]));
    expect(recordOf(to, INT8)).toMatchObject({ labelled: 1, correct: 1 });
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 1, sameTop: 1 });
  });

  it('knows nothing of a slot without labels', () => {
    const to = recorder(labels);
    to.apply(scored(INT8, [logits(9, 1)], null, { slot: 'race' }));
    expect(recordOf(to, INT8)).toMatchObject({ labelled: 0, correct: 0 });
  });

  it('never counts an answer of NaN as right', () => {
    const to = recorder({ check: Uint8Array.of(0) });
    to.apply(scored(INT8, [logits(Number.NaN, 0)], null));
    expect(recordOf(to, INT8)).toMatchObject({ labelled: 1, correct: 0 });
  });

  it('is that of the task’s own output, not of an early exit', () => {
    const to = recorder({ check: Uint8Array.of(1) });
    to.apply(scored(INT8, [[tensor('exit1', 9, 0), tensor('logits', 0, 9)]], null));
    expect(recordOf(to, INT8)).toMatchObject({ labelled: 1, correct: 1 });
  });

  it('of a sweep counts every labelled feed once', async () => {
    const to = new Recorder(digits, LANES, { race: new Uint8Array(20) });
    const race = scriptedRace(
      { [REFERENCE]: {}, [INT8]: {} },
      { stop: { kind: 'sweep' }, feeds: () => feedsOf(20), emit: (event) => to.apply(event) },
    );
    await race.run();
    expect(recordOf(to, INT8).labelled).toBe(20);
  });
});

describe('fidelity', () => {
  it('adds up over the feeds', () => {
    const to = recorder();
    to.apply(scored(INT8, [logits(1, 3), logits(5, 4)], [logits(1, 2), logits(4, 5)]));
    to.apply(scored(INT8, [logits(0, 1)], [logits(0, 1)], { from: 2 }));
    expect(recordOf(to, INT8).fidelity).toEqual({
      compared: 3,
      sameTop: 2,
      signal: 1 + 4 + 16 + 25 + 1,
      noise: 1 + 1 + 1,
      maxAbs: 1,
      notFinite: 0,
    });
  });

  it('is not taken of the reference itself, nor without it', () => {
    const to = recorder();
    to.apply(scored(REFERENCE, [logits(1)], [logits(1)]));
    to.apply(scored(INT8, [logits(1)], null));
    expect(recordOf(to, REFERENCE).fidelity.compared).toBe(0);
    expect(recordOf(to, INT8).fidelity.compared).toBe(0);
  });

  it('counts outputs that cannot be compared as compared and not finite', () => {
    const to = recorder();
    to.apply(scored(INT8, [logits(1, 2, 3)], [logits(1, 2)]));
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 1, sameTop: 0, notFinite: 1 });
  });

  it('of a task looks at its answer, of an unknown model at every output', () => {
    const [have, want] = [
      [tensor('exit1', 5), tensor('logits', 1)],
      [tensor('exit1', 7), tensor('logits', 1)],
    ];
    const known = recorder();
    known.apply(scored(INT8, [have], [want]));
    expect(recordOf(known, INT8).fidelity.noise).toBe(0);
    const unknown = recorder({}, genericModel(variant('fp32'), variant('int8')));
    unknown.apply(scored(INT8, [have], [want]));
    expect(recordOf(unknown, INT8).fidelity.noise).toBe(4);
  });

  // The one feed of a race is compared in the cold run and again at the end, so that a headline
  // says "agrees with it on 100% of 2 digits" of a single one.
  it('of a single feed compares one input', async () => {
    const to = recorder();
    const race = scriptedRace(
      { [REFERENCE]: {}, [INT8]: {} },
      { emit: (event) => to.apply(event) },
    );
    await race.run();
    expect(recordOf(to, INT8).fidelity.compared).toBe(1);
  });
});

describe('a feed that is run again', () => {
  it('counts only where its answer has changed', () => {
    const to = recorder();
    const first = scored(INT8, [logits(1, 3)], [logits(1, 3)]);
    to.apply(first);
    to.apply(first);
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 1, sameTop: 1 });
    to.apply(scored(INT8, [logits(3, 1)], [logits(1, 3)]));
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 2, sameTop: 1 });
  });
});

describe('a feed that is run again and fails again', () => {
  it('counts once while its answer stays the same', () => {
    const to = recorder();
    const wrong = scored(INT8, [logits(3, 1)], [logits(1, 3)]);
    to.apply(wrong);
    to.apply(wrong);
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 1, sameTop: 0 });
  });

  it('counts its NaN once while they stay, and again when there are more', () => {
    const to = recorder();
    const failing = (...scores: readonly number[]) =>
      scored(INT8, [logits(...scores)], [logits(1, 3, 2)]);
    to.apply(failing(1, Number.NaN, 2));
    to.apply(failing(1, Number.NaN, 2));
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 1, notFinite: 1 });
    to.apply(failing(Number.NaN, Number.NaN, 2));
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 2, notFinite: 3 });
  });

  it('counts once more when it comes right', () => {
    const to = recorder();
    to.apply(scored(INT8, [logits(3, 1)], [logits(1, 3)]));
    to.apply(scored(INT8, [logits(1, 3)], [logits(1, 3)]));
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 2, sameTop: 1 });
  });
});

describe('memory', () => {
  it('is kept for each phase, the latest for running', () => {
    const to = recorder();
    const heap = (mb: number) => ({ ...memory, heap: mb * 1e6 });
    const about = opened({ runtimeMemory: heap(16), memory: heap(18) });
    to.apply({ kind: 'opened', lane: INT8, opened: about });
    to.apply({ kind: 'cold', lane: INT8, ms: 7, memory: heap(20) });
    for (const mb of [21, 22]) to.apply({ ...turn(INT8, mb, [1]), memory: heap(mb) } as RaceEvent);
    const { ledger, memory: now } = recordOf(to, INT8);
    expect(ledger).toEqual({
      runtime: heap(16),
      session: heap(18),
      first: heap(20),
      running: heap(22),
    });
    expect(now).toEqual(heap(22));
  });
});

describe('a turn that was spoiled', () => {
  it('is told with its reason, and is in no sample', () => {
    const to = recorder();
    to.apply({ kind: 'excluded', lane: INT8, round: 3, why: 'hidden' });
    expect(recordOf(to, INT8)).toMatchObject({
      turns: [],
      excluded: [{ round: 3, why: 'hidden' }],
    });
  });
});

describe('the same question asked again', () => {
  const repeated = (outputs: Outputs[number]): RaceEvent => ({
    kind: 'repeated',
    lane: INT8,
    outputs,
  });
  const begun = () => {
    const to = recorder();
    to.apply(scored(INT8, [logits(1, 2)], [logits(1, 2)], { slot: 'race' }));
    return to;
  };

  it('finds no noise in the same answer, and all noise of another', () => {
    const to = begun();
    to.apply(repeated(logits(1, 2)));
    expect(recordOf(to, INT8).repeats).toMatchObject({ compared: 1, noise: 0 });
    to.apply(repeated(logits(1, 5)));
    expect(recordOf(to, INT8).repeats).toMatchObject({ compared: 2, noise: 9, maxAbs: 3 });
  });

  it('compares with the first answer, also after later scoring', () => {
    const to = begun();
    to.apply(scored(INT8, [logits(4, 2)], [logits(4, 2)], { slot: 'race' }));
    to.apply(repeated(logits(4, 2)));
    expect(recordOf(to, INT8).repeats.noise).toBe(9);
  });

  it('takes an answer of another size for not finite', () => {
    const to = begun();
    to.apply(repeated(logits(1)));
    expect(recordOf(to, INT8).repeats).toMatchObject({ compared: 1, notFinite: 1 });
  });
});

describe('the answer', () => {
  it('is the latest for the first feed of the race, with all its outputs', () => {
    const to = recorder();
    const all = [tensor('exit1', 5), tensor('logits', 1)];
    to.apply(scored(INT8, [logits(1)], null, { slot: 'race' }));
    to.apply(scored(INT8, [all, logits(3)], null, { slot: 'race' }));
    to.apply(scored(INT8, [logits(4)], null, { slot: 'race', from: 1 }));
    to.apply(scored(INT8, [logits(5)], null, { slot: 'check' }));
    expect(recordOf(to, INT8).answer).toEqual(all);
  });
});

describe('a stream', () => {
  const speech = { ...digits, task: SILERO };
  const heard = (...probabilities: readonly number[]): Outputs =>
    probabilities.map((each) => [tensor('output', each), tensor('stateN', 7, 9)]);

  it('keeps the number of every checked feed in turn, block after block', () => {
    const to = recorder({}, speech);
    expect(recordOf(to, INT8).stream).toBeUndefined();
    to.apply(scored(INT8, heard(0.25), heard(0.25), { slot: 'race' }));
    to.apply(scored(INT8, heard(0.5, 0.75), heard(0.5, 0.5)));
    const early = to.snapshot();
    to.apply(scored(INT8, heard(1), heard(1), { from: 2 }));
    expect(recordOf(to, INT8).stream).toEqual(Float32Array.of(0.5, 0.75, 1));
    expect(early.lanes[1]?.stream).toEqual(Float32Array.of(0.5, 0.75));
  });

  it('is compared and labelled by the side of one half', () => {
    const to = recorder({ check: Int8Array.of(1, 0, -1) }, speech);
    to.apply(scored(INT8, heard(0.9, 0.8, 0.1), heard(0.6, 0.2, 0.3)));
    const { fidelity, labelled, correct } = recordOf(to, INT8);
    expect([fidelity.sameTop, fidelity.compared, correct, labelled]).toEqual([2, 3, 1, 2]);
  });

  it('does not count the frame that is timed, which was told nothing before; but it is a number', () => {
    const to = recorder({}, speech);
    to.apply(scored(INT8, heard(0.9), heard(0.1), { slot: 'race' }));
    expect(recordOf(to, INT8).fidelity).toMatchObject({ compared: 0, sameTop: 0, notFinite: 0 });
    to.apply(scored(INT8, heard(Number.NaN), heard(0.1), { slot: 'race' }));
    expect(recordOf(to, INT8).fidelity.notFinite).toBe(2);
  });

  it('is kept of no other task', () => {
    const to = recorder();
    to.apply(scored(INT8, [logits(1, 2)], [logits(1, 2)]));
    expect(recordOf(to, INT8).stream).toBeUndefined();
  });
});
