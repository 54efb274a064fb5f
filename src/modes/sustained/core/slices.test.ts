import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedAnswer } from '../../../core/race/fidelity.ts';
import { lane, logits, MEMORY } from '../../../core/race/testing.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { missesOf } from './deadline.ts';
import { sustainedFigures } from './figures.ts';
import { SustainedRecorder } from './recorder.ts';
import { gapsOf, sliceFigures, warmingSlices } from './slices.ts';
import { secondsOf } from './testing.ts';

const INT8 = lane('int8/wasm');

/** Turns of some ms each, one right after the other. */
function recorded(turns: readonly { ms: readonly number[]; batch?: number; pause?: number }[]) {
  const recorder = new SustainedRecorder(INT8);
  let at = 0;
  turns.forEach(({ ms, batch = 1, pause = 0 }, round) => {
    at += pause + batch * ms.reduce((sum, each) => sum + each, 0);
    recorder.apply({
      kind: 'turn',
      lane: INT8.id,
      round,
      at,
      ms: Float64Array.from(ms),
      batch,
      memory: MEMORY,
    });
  });
  return recorder;
}

describe('slices', () => {
  it('hold every sample once, in order, in about a second each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 })),
        (turns) => {
          const { slices } = recorded(turns.map((ms) => ({ ms }))).snapshot(true);
          expect(slices.flatMap(({ ms }) => [...ms])).toEqual(turns.flat());
          const spans = slices.map((slice) => sliceFigures(slice).busy);
          // All but the last are whole; none is longer than a second and its last turn.
          for (const span of spans.slice(0, -1)) expect(span).toBeGreaterThanOrEqual(1000);
          for (const span of spans) expect(span).toBeLessThan(1000 + 30 * 40);
        },
      ),
    );
  });

  it('that still grow are shown only when the run is over', () => {
    const recorder = recorded([{ ms: [600, 500] }, { ms: [5] }]);
    expect(recorder.snapshot(false).slices).toHaveLength(1);
    expect(recorder.snapshot(true).slices).toHaveLength(2);
    expect(recorder.snapshot(true).slices).toHaveLength(2);
  });

  it('end where the number of inferences in a timing changes', () => {
    const { slices } = recorded([{ ms: [1, 2] }, { ms: [3], batch: 4 }]).snapshot(true);
    expect(slices.map(({ batch, ms }) => [batch, ...ms])).toEqual([
      [1, 1, 2],
      [4, 3],
    ]);
    expect(sliceFigures(slices[1] as never).busy).toBe(12);
  });

  it('know where nothing was measured', () => {
    const turns = [{ ms: [1000] }, { ms: [1000], pause: 5000 }, { ms: [1000], pause: 3 }];
    const { slices } = recorded(turns).snapshot(true);
    expect(gapsOf(slices.map(sliceFigures))).toEqual([{ from: 1000, to: 6000 }]);
  });

  it('are of use when a lane dies', () => {
    const recorder = recorded([{ ms: [1000] }, { ms: [990] }]);
    const error = { name: 'LaneDiedError', message: 'gone' };
    recorder.apply({ kind: 'died', lane: INT8.id, error });
    recorder.apply({ kind: 'excluded', lane: INT8.id, round: 9, why: 'hidden' });
    const record = recorder.snapshot(true);
    expect(record).toMatchObject({ died: error, excluded: 1, slices: [{}, {}] });
    const figures = sustainedFigures(record, { seconds: 60, deadlineMs: 16, seed: 1 }, true);
    expect(figures.tail).toMatchObject({ worst: 1000, p999: null });
  });
});

it('compares every later answer with the first', () => {
  const recorder = new SustainedRecorder(INT8);
  const [slot, from, reference] = ['race', 0, null] as const;
  const scored = (outputs: OutputTensor[]) =>
    recorder.apply({ kind: 'scored', lane: INT8.id, slot, from, outputs: [outputs], reference });
  scored(logits(1, 2));
  expect(recorder.snapshot(false).repeats.compared).toBe(0);
  recorder.apply({ kind: 'repeated', lane: INT8.id, outputs: logits(1, 2) });
  expect(changedAnswer(recorder.snapshot(false).repeats)).toBeNull();
  scored(logits(1, 3));
  expect(recorder.snapshot(false).repeats.compared).toBe(2);
  expect(changedAnswer(recorder.snapshot(false).repeats)).toContain('changed while it ran');
});

describe('warming', () => {
  it('is the slow begin, and not a slow rest', () => {
    expect(warmingSlices(secondsOf([1.6, 1.3, ...new Array(100).fill(1)]))).toBe(2);
    expect(warmingSlices(secondsOf([...new Array(50).fill(1), ...new Array(50).fill(2)]))).toBe(0);
    expect(warmingSlices(secondsOf([...new Array(50).fill(2), ...new Array(50).fill(1)]))).toBe(0);
    expect(warmingSlices([])).toBe(0);
  });
});

describe('misses of a deadline', () => {
  const slice = (ms: readonly number[], batch = 1) => ({ at: 0, batch, ms: Float32Array.from(ms) });

  it('are counted exactly, wherever slices are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 20 }))),
        fc.integer({ min: 0, max: 20 }),
        (parts, deadline) => {
          const all = parts.flat();
          const cut = missesOf(
            parts.map((ms) => slice(ms)),
            deadline,
          );
          expect(cut).toEqual(missesOf([slice(all)], deadline));
          expect(cut.missed).toBe(all.filter((ms) => ms > deadline).length);
          expect(cut.timings).toBe(all.length);
          const runs = all
            .map((ms) => (ms > deadline ? 'x' : ' '))
            .join('')
            .split(/ +/);
          expect(cut.streak.missed).toBe(Math.max(...runs.map(({ length }) => length)));
        },
      ),
    );
  });

  it('in a row end at a pause', () => {
    const [a, b] = [slice([9, 9]), slice([9])];
    expect(missesOf([a, b], 5).streak).toEqual({ missed: 3, ms: 27 });
    expect(missesOf([a, b], 5, (each) => each === b).streak).toEqual({ missed: 2, ms: 18 });
  });

  it('take the time of all inferences of a timing', () => {
    expect(missesOf([slice([9, 1], 10)], 5).streak).toEqual({ missed: 1, ms: 90 });
  });
});
