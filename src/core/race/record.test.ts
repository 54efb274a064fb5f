import { describe, expect, it } from 'vitest';
import { Recorder } from './record.ts';
import { digitModel, genericModel, lane, logits, tensor } from './testing.ts';

const scores = (top: number) =>
  logits(...Array.from({ length: 10 }, (_, i) => (i === top ? 9 : 0)));
const lanes = [lane('fp32/wasm*'), lane('int8/wasm')];
const model = digitModel(...lanes.map(({ variant }) => variant));
const memory = { heap: 1, gpu: null };

function check(recorder: Recorder, from: number, tops: number[], reference: number[]) {
  for (const [id, own] of [
    ['fp32/wasm', reference],
    ['int8/wasm', tops],
  ] as const) {
    recorder.apply({
      kind: 'scored',
      lane: id,
      slot: 'check',
      from,
      outputs: own.map(scores),
      reference: reference.map(scores),
    });
  }
}

describe('Recorder', () => {
  it('counts labels and agreement, each feed once', () => {
    const recorder = new Recorder(model, lanes, { check: Uint8Array.of(1, 2, 3) });
    check(recorder, 0, [1, 2], [1, 2]);
    check(recorder, 2, [7], [4]);
    check(recorder, 2, [7], [7]);
    const [fp32, int8] = recorder.snapshot().lanes;
    expect(fp32).toMatchObject({ labelled: 3, correct: 2 });
    expect(int8).toMatchObject({ labelled: 3, correct: 2 });
    expect(int8?.fidelity).toMatchObject({ compared: 3, sameTop: 2 });
    expect(fp32?.fidelity.compared).toBe(0);
  });

  it('counts a feed again where its answer has changed', () => {
    const recorder = new Recorder(model, lanes, {});
    check(recorder, 0, [1], [1]);
    check(recorder, 0, [5], [1]);
    expect(recorder.snapshot().lanes[1]?.fidelity).toMatchObject({ compared: 2, sameTop: 1 });
  });

  it('calls outputs that cannot be compared not finite, never right', () => {
    const recorder = new Recorder(genericModel(), lanes, {});
    recorder.apply({
      kind: 'scored',
      lane: 'int8/wasm',
      slot: 'race',
      from: 0,
      outputs: [[tensor('y', 1)]],
      reference: [[tensor('y', 1, 2)]],
    });
    expect(recorder.snapshot().lanes[1]?.fidelity).toMatchObject({ compared: 1, notFinite: 1 });
  });

  it('gives snapshots that do not change afterwards, and the same lane where nothing did', () => {
    const recorder = new Recorder(model, lanes, {});
    recorder.apply({ kind: 'cold', lane: 'fp32/wasm', ms: 5, memory });
    const before = recorder.snapshot();
    const ms = Float64Array.of(1, 2, 9);
    recorder.apply({ kind: 'turn', lane: 'int8/wasm', round: 0, ms, batch: 4, memory });
    const after = recorder.snapshot();
    expect(before.lanes[1]?.turns).toEqual([]);
    expect(after.lanes[1]).toMatchObject({ batch: 4, turns: [{ round: 0, median: 2 }] });
    expect(after.lanes[0]).toBe(before.lanes[0]);
    expect(after.lanes[0]?.coldMs).toBe(5);
  });

  it('keeps why a lane died', () => {
    const recorder = new Recorder(model, lanes, {});
    const error = { name: 'LaneDiedError', message: 'gone' };
    recorder.apply({ kind: 'died', lane: 'int8/wasm', error });
    expect(recorder.snapshot().lanes[1]?.state).toEqual({ name: 'died', error });
  });
});
