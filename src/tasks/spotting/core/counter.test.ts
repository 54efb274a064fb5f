import { describe, expect, it } from 'vitest';
import type { RaceEvent } from '../../../core/race/events.ts';
import { Recorder } from '../../../core/race/record.ts';
import { genericModel, lane, tensor, variant } from '../../../core/race/testing.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import { BoxCounter, boxesOf } from './counter.ts';
import type { TextMap } from './decode.ts';
import { drawn, TASK } from './testing.ts';

type Area = [left: number, top: number, right: number, bottom: number];
const FIRST: Area = [8, 8, 60, 18];
const SECOND: Area = [8, 40, 60, 50];
const OTHER: Area = [70, 8, 90, 60];

const outputOf = ({ width, height, data }: TextMap): OutputTensor[] => [
  { name: TASK.output, dims: [1, 1, height, width], data },
];
const answer = (...areas: Area[]) => outputOf(drawn(96, 64, ...areas));

/** The lines as a counter itself finds them in a map. */
const linesOf = (...areas: Area[]) =>
  new BoxCounter(TASK, {}).find(answer(...areas)).boxes.map(({ corners }) => corners);

describe('a counter of boxes', () => {
  it('finds them in the pixels that the network ran on', () => {
    const found = new BoxCounter(TASK, {}).find(answer(FIRST, SECOND));
    expect(found).toMatchObject({ width: 96, height: 64 });
    expect(found.boxes).toHaveLength(2);
  });

  it('finds none in what is no map', () => {
    const counter = new BoxCounter(TASK, {});
    expect(counter.find([tensor(TASK.output, 1, 1)]).boxes).toEqual([]);
    expect(counter.find([]).boxes).toEqual([]);
  });

  it('decodes an answer once', () => {
    const counter = new BoxCounter(TASK, {});
    const once = answer(FIRST);
    expect(counter.find(once)).toBe(counter.find([...once]));
  });

  it('counts them against the reference’s and against known lines', () => {
    const counter = new BoxCounter(TASK, { check: [null, linesOf(FIRST, SECOND)] });
    expect(counter.compare(answer(FIRST, OTHER), answer(FIRST, SECOND))).toEqual({
      matched: 1,
      found: 2,
      expected: 2,
    });
    expect(counter.check(answer(FIRST), 'check', 1)).toEqual({
      matched: 1,
      found: 1,
      expected: 2,
    });
    expect(counter.check(answer(FIRST), 'check', 0)).toBeNull();
    expect(counter.check(answer(FIRST), 'race', 0)).toBeNull();
  });
});

describe('a race of detectors', () => {
  const model = { ...genericModel(variant('fp32'), variant('int8')), task: TASK };
  const [reference, int8] = [lane('fp32/wasm*'), lane('int8/wasm')];
  const scored = (
    id: string,
    outputs: readonly OutputTensor[][],
    expected: readonly OutputTensor[][],
    slot: 'race' | 'check' = 'check',
  ): RaceEvent => ({ kind: 'scored', lane: id, slot, from: 0, outputs, reference: expected });
  const recorder = (known = {}) =>
    new Recorder(model, [reference, int8], {}, new BoxCounter(TASK, known));
  const recordsOf = (to: Recorder) => to.snapshot().lanes;

  it('counts boxes in common, and those of known lines', () => {
    const to = recorder({ check: [linesOf(FIRST, SECOND), null] });
    const right = [answer(FIRST, SECOND), answer(OTHER)];
    const rough = [answer(FIRST, OTHER), answer(OTHER)];
    to.apply(scored(reference.id, right, right));
    to.apply(scored(int8.id, rough, right));
    const [best, other] = recordsOf(to);
    expect(best).toMatchObject({ labelled: 2, correct: 2, drawn: 2 });
    expect(best?.fidelity.boxes).toBeUndefined();
    expect(other).toMatchObject({
      labelled: 2,
      correct: 1,
      drawn: 2,
      fidelity: { compared: 2, boxes: { matched: 2, found: 3, expected: 3 } },
    });
  });

  it('keeps the boxes of the picture that was raced, and counts it once', () => {
    const to = recorder({ race: [linesOf(FIRST)] });
    for (let i = 0; i < 2; i++) {
      to.apply(scored(int8.id, [answer(FIRST, OTHER)], [answer(FIRST)], 'race'));
    }
    const [, other] = recordsOf(to);
    expect(other?.boxes).toMatchObject({ width: 96, height: 64 });
    expect(other && boxesOf(other)?.boxes).toHaveLength(2);
    expect(other).toMatchObject({
      labelled: 1,
      correct: 1,
      drawn: 2,
      fidelity: { compared: 1, boxes: { matched: 1, found: 2, expected: 1 } },
    });
  });

  it('calls an answer of another form wrong', () => {
    const to = recorder();
    to.apply(scored(int8.id, [[tensor(TASK.output, 1)]], [answer(FIRST)], 'race'));
    expect(recordsOf(to)[1]?.fidelity).toMatchObject({ compared: 1, notFinite: 1 });
  });
});
