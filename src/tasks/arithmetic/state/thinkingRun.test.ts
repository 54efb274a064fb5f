import { afterEach, describe, expect, test } from 'vitest';
import type { FeedSet, OutputTensor } from '../../../core/tensors/tensors.ts';
import { atTurn, openBench } from '../../../state/bench/bench.testing.ts';
import { closePage, until } from '../../../state/page/page.testing.ts';
import { timedPast, wholeText } from '../core/feeds.ts';
import type { ArithmeticTask } from '../core/task.ts';
import { decode, encode } from '../core/tokens.ts';
import { writtenWork } from '../core/written.ts';

afterEach(closePage);

const FP32 = 'fp32-wasm';
const INT8 = 'int8-wasm';

/** A model that writes flawless work, but for what `spoil` makes of its whole text. */
function writer(task: ArithmeticTask, spoil: (text: string) => string = (text) => text) {
  let texts: string[] = [];
  return (_: unknown, __: unknown, { inputs }: FeedSet): OutputTensor[] => {
    const [tokens, past] = inputs;
    const [rows = 1, length = 0] = tokens?.dims ?? [];
    const before = past?.dims[2] ?? 0;
    if (before === 0) {
      texts = Array.from({ length: rows }, (_, row) => {
        const own = tokens?.data.slice(row * length, (row + 1) * length) as Int32Array;
        const prompt = decode(own, task);
        const [, a = '', b = '', sign] = /^(\d+)\*(\d+)(\D)/.exec(prompt) ?? [];
        const problem = { a: Number(a), b: Number(b) };
        const mode = sign === task.direct ? 'direct' : 'think';
        return spoil(prompt + writtenWork(problem, mode, task));
      });
    }
    const at = before + length;
    const logits = new Float32Array(rows * task.vocabulary.length);
    for (const [row, text] of texts.entries()) {
      const token = encode(text.charAt(at) || task.end, task)[0] ?? 0;
      logits[row * task.vocabulary.length + token] = 9;
    }
    const dims = [rows, task.heads, at, task.headWidth];
    // Nobody looks into it: how long it is tells how far the text came.
    const data = new Float32Array();
    return [
      { name: task.logits, dims: [rows, task.vocabulary.length], data: logits },
      ...task.cache.map(({ present }) => ({ name: present, dims, data })),
    ];
  };
}

/** The bench with the reasoner chosen and its problem there. */
async function openReasoner() {
  const opened = await openBench();
  const { chooseModel } = await import('../../../state/bench/choices.ts');
  const model = opened.bench.getState().models.find(({ id }) => id === 'reasoner');
  if (model?.task.kind !== 'arithmetic') throw new Error('The zoo has no reasoner.');
  chooseModel(model.id);
  const state = await import('./state.ts');
  await until(() => state.problems.getState().input.problem);
  const task = state.taskOf(model);
  opened.page.workers.lanes = {
    [FP32]: { outputs: writer(task), ms: 1 },
    [INT8]: { outputs: writer(task), ms: 1 },
  };
  const { thinking } = await import('./thinking.ts');
  // At an eye's pace it would wait for a clock that only lanes move.
  thinking.setState({ slow: false });
  return {
    ...opened,
    task,
    thinking,
    ...(await import('./thinkingRun.ts')),
    ...(await import('./solving.ts')),
    ...state,
    model,
    problem: () => {
      const { problem } = state.problems.getState().input;
      if (!problem) throw new Error('There is no problem.');
      return problem;
    },
  };
}

describe('an answer', () => {
  test('is written by both lanes, each with its own cache, and timed without the first', async () => {
    const { think, thinking, problem, task, page } = await openReasoner();
    await think();
    const { status, writings } = thinking.getState();
    expect(status).toEqual({ state: 'done' });
    const whole = writtenWork(problem(), 'think', task);
    expect(writings.map(({ text }) => text)).toEqual([whole, whole]);
    for (const { times, coldMs, fault } of writings) {
      expect(times.every(({ ms }) => ms === 1)).toBe(true);
      expect([coldMs, fault]).toEqual([1, null]);
    }
    expect(page.workers.running).toEqual([]);
  });

  test('at once is the product alone', async () => {
    const { think, thinking, problem, task } = await openReasoner();
    thinking.setState({ mode: 'direct' });
    await think();
    expect(thinking.getState().writings[0]?.text).toBe(writtenWork(problem(), 'direct', task));
  });

  test('of a lane that dies ends with a reason, and the other writes on', async () => {
    const { think, thinking, problem, task, page } = await openReasoner();
    page.workers.lanes = {
      ...page.workers.lanes,
      [INT8]: {
        outputs: writer(task),
        ...atTurn(70, () => page.workers.named(INT8)?.crash()),
      },
    };
    await think();
    const [fp32, int8] = thinking.getState().writings;
    expect(thinking.getState().status).toEqual({ state: 'done' });
    expect(fp32).toMatchObject({ text: writtenWork(problem(), 'think', task), fault: null });
    expect(int8?.fault).toMatchObject({ name: 'LaneDiedError' });
    expect(writtenWork(problem(), 'think', task).startsWith(int8?.text ?? 'x')).toBe(true);
  });

  test('that is stopped stays as far as it came, and a race may run after it', async () => {
    const { think, stopThinking, thinking, page, task } = await openReasoner();
    page.workers.lanes = {
      ...page.workers.lanes,
      [FP32]: { outputs: writer(task), ...atTurn(80, stopThinking) },
    };
    await think();
    expect(thinking.getState().status).toEqual({ state: 'stopped' });
    expect(thinking.getState().writings[0]?.text.length).toBeGreaterThan(5);
    expect(page.workers.running).toEqual([]);
    const { measurementLock } = await import('../../../state/page/measurementLock.ts');
    expect(measurementLock.getState().taken).toBeNull();
  });

  test('ends where another model is chosen', async () => {
    const { think, thinking, page, task } = await openReasoner();
    const { chooseModel } = await import('../../../state/bench/choices.ts');
    page.workers.lanes = {
      ...page.workers.lanes,
      [FP32]: { outputs: writer(task), ...atTurn(80, () => chooseModel('digits')) },
    };
    await think();
    expect(thinking.getState().status).toEqual({ state: 'stopped' });
  });
});

describe('held-out problems', () => {
  test('are answered by each lane and counted', async () => {
    const { solveAll, solving, page, task } = await openReasoner();
    const wrong = (text: string) =>
      text.replace(/.(.)$/, (_, end) => `${text.at(-2) === '9' ? 0 : 9}${end}`);
    page.workers.lanes = {
      [FP32]: { outputs: writer(task) },
      [INT8]: { outputs: writer(task, wrong) },
    };
    await solveAll();
    const { lanes, running } = solving.getState();
    expect(running).toBe(false);
    expect(lanes.map(({ score }) => [score.right, score.of])).toEqual([
      [1000, 1000],
      [0, 1000],
    ]);
  });

  test('stop where they are told to, with what was counted', async () => {
    const { solveAll, stopSolving, solving, page, task } = await openReasoner();
    page.workers.lanes = { [FP32]: { outputs: writer(task), ...atTurn(200, stopSolving) } };
    await solveAll();
    const { lanes, running } = solving.getState();
    expect(running).toBe(false);
    expect(lanes[0]?.score.of).toBeGreaterThan(0);
    expect(lanes[0]?.score.of).toBeLessThan(1000);
  });
});

test('a race times one character with the true text behind it', async () => {
  const { raceFor, startRace, race, page, task, stored, storing, problem } = await openReasoner();
  raceFor(12);
  const raced: FeedSet[] = [];
  const write = writer(task);
  const watched = (slot: unknown, feed: unknown, feeds: FeedSet) => {
    if (slot === 'race') raced.push(feeds);
    return write(slot, feed, feeds);
  };
  page.workers.lanes = { [INT8]: { outputs: watched }, [FP32]: { outputs: writer(task) } };
  await startRace();
  expect(race.getState().status).toEqual({ state: 'done' });
  const [tokens, past] = raced[0]?.inputs ?? [];
  const text = wholeText(problem(), task);
  expect(past?.dims[2]).toBe(timedPast(task));
  expect(decode(tokens?.data as Int32Array, task)).toBe(text.charAt(timedPast(task)));
  await until(() => storing.getState().saved.race);
  const { a, b } = problem();
  expect((await stored())[0]?.found).toMatchObject({ settings: { input: `${a} × ${b}` } });
});

test('what is typed is read, and what cannot be is refused in a sentence', async () => {
  const { typeProblem, model, problems, think, thinking } = await openReasoner();
  typeProblem(model, '3315 x 4993 apples');
  expect(problems.getState().input).toMatchObject({
    problem: null,
    refused: '"3315 x 4993 apples" is not a product of two whole numbers, such as 12 × 34.',
  });
  await think();
  expect(thinking.getState().status).toEqual({ state: 'idle' });
  typeProblem(model, '12345*6');
  expect(problems.getState().input.refused).toContain('factors of at most 4 digits');
  typeProblem(model, '3315x4993');
  expect(problems.getState().input).toMatchObject({
    problem: { a: 3315, b: 4993 },
    refused: null,
  });
});
