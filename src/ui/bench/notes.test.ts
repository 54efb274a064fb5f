import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../core/figures/figures.ts';
import { laneRecord, opened, raceRecord, times } from '../../core/race/testing.ts';
import type { ProviderShare } from '../../core/session/runner.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import { TASK as SPOTTING } from '../../tasks/spotting/core/testing.ts';
import { laneNotes } from './notes.ts';

type More = Parameters<typeof laneRecord>[2];
const memory = { heap: 0, gpu: null, gpuPeak: null };
const equal = { compared: 100, sameTop: 100, signal: 1e4, noise: 1, maxAbs: 1, notFinite: 0 };

/** The notes of a lane beside a reference of 20 steady rounds, `!` before the bad ones. */
function notesOf(
  text: string,
  more: More = {},
  {
    turns = times(20, 5),
    timerStep = 0.005,
    reference = {} as More,
    task = undefined as AnyTask | undefined,
  } = {},
): string[] {
  const lane = laneRecord(text, turns, { fidelity: equal, ...more });
  const raced = raceRecord([laneRecord('fp32/wasm*', times(20, 5), reference), lane]);
  const record = { ...raced, model: { ...raced.model, ...(task && { task }) } };
  const here = {
    device: 'laptop',
    cores: 4,
    softwareGpu: false,
    calibration: null,
    timerStep,
  } as const;
  const [, figures] = figuresOf(record, here);
  if (!figures) throw new Error('no figures');
  return laneNotes(figures, record).map(({ text, tone }) => (tone === 'bad' ? `! ${text}` : text));
}

const placed = (...placement: readonly ProviderShare[]) => ({
  opened: opened({ placement, memory }),
});
const gpuShare = (nodes: number) => ({ provider: 'WebGpuExecutionProvider', nodes, operators: [] });
const cpuShare = (nodes: number, ...operators: string[]) => ({
  provider: 'CPUExecutionProvider',
  nodes,
  operators,
});

describe('a detector', () => {
  const fp32 = { labelled: 68, correct: 68, drawn: 70 };
  it('is told how many lines it misses more', () => {
    const missed = { labelled: 68, correct: 66, drawn: 66 };
    expect(notesOf('int8/wasm', missed, { reference: fp32, task: SPOTTING })).toEqual([
      '! finds 2 fewer labelled lines than fp32’s 68',
    ]);
    expect(notesOf('int8/wasm', fp32, { reference: fp32, task: SPOTTING })).toEqual([]);
    // One of them left before it had looked at all pictures.
    expect(
      notesOf('int8/wasm', { ...missed, labelled: 67 }, { reference: fp32, task: SPOTTING }),
    ).toEqual([]);
  });
});

describe('a lane without surprises', () => {
  it('needs no note', () => {
    expect(notesOf('int8/wasm')).toEqual([]);
  });

  it('is marked when it is the reference, or still warming', () => {
    const record = raceRecord([laneRecord('fp32/wasm*', [5, 5])]);
    const here = {
      device: 'laptop',
      cores: 4,
      softwareGpu: false,
      calibration: null,
      timerStep: 0.005,
    } as const;
    const [figures] = figuresOf(record, here);
    expect(figures && laneNotes(figures, record).map(({ text }) => text)).toEqual([
      'reference',
      'warming',
    ]);
    expect(notesOf('int8/wasm', {}, { turns: [] })).toEqual([]);
    expect(notesOf('int8/wasm', { state: { name: 'finished' } }, { turns: [5] })).toEqual([]);
  });
});

describe('placement', () => {
  it('on the GPU alone is said with the number of nodes', () => {
    expect(notesOf('int8/webgpu', placed(gpuShare(12)))).toEqual(['all 12 nodes on the GPU']);
    expect(notesOf('int8/webgpu', placed(gpuShare(12), cpuShare(0)))).toEqual([
      'all 12 nodes on the GPU',
    ]);
  });

  it('that fell back is said with its share and operators', () => {
    const share = placed(gpuShare(9), cpuShare(3, 'QuantizeLinear', 'Gemm'));
    expect(notesOf('int8/webgpu', share)).toEqual([
      'fell back: 3 of 12 nodes ran on the CPU (QuantizeLinear and Gemm)',
    ]);
  });

  it('is not said on WASM, nor where the runtime logged nothing', () => {
    expect(notesOf('int8/wasm', placed(cpuShare(3, 'Conv')))).toEqual([]);
    expect(notesOf('int8/webgpu', placed())).toEqual([]);
  });

  it('is foretold until the lane has opened, on WebGPU only', () => {
    const variant = { operators: { QuantizeLinear: 4 } };
    expect(notesOf('int8/webgpu', { variant })).toEqual(['expected to fall back to the CPU']);
    expect(notesOf('int8/webgpu', { variant, ...placed(gpuShare(4)) })).toEqual([
      'all 4 nodes on the GPU',
    ]);
    expect(notesOf('int8/wasm', { variant })).toEqual([]);
  });
});

describe('what is bad', () => {
  it('comes first: died, wrong, less accurate', () => {
    const more = {
      state: { name: 'died', error: { name: 'LaneDiedError', message: 'Its worker ended.' } },
      fidelity: { ...equal, notFinite: 2 },
      labelled: 200,
      correct: 180,
      ...placed(gpuShare(2)),
    } as const;
    const reference = { labelled: 200, correct: 200 };
    const notes = notesOf('int8/webgpu', more, { reference });
    expect(notes.map((note) => note.split(':')[0])).toEqual([
      '! dropped out',
      '! wrong',
      '! 10.0 points less accurate',
      'all 2 nodes on the GPU',
    ]);
    expect(notes[0]).toBe('! dropped out: Its worker ended.');
  });

  it('is half a point of accuracy lost, not less, and not a gain', () => {
    const reference = { labelled: 1000, correct: 990 };
    const noted = (correct: number) =>
      notesOf('int8/wasm', { labelled: 1000, correct }, { reference });
    expect(noted(984)).toEqual(['! 0.6 points less accurate']);
    expect(noted(986)).toEqual([]);
    expect(noted(1000)).toEqual([]);
  });

  it('is not said without labels', () => {
    expect(
      notesOf('int8/wasm', { labelled: 0 }, { reference: { labelled: 9, correct: 9 } }),
    ).toEqual([]);
    expect(notesOf('int8/wasm', { labelled: 9, correct: 0 })).toEqual([]);
  });
});

describe('a coarse clock', () => {
  it('is said where runs were timed several at once', () => {
    expect(notesOf('int8/wasm', { batch: 8 }, { timerStep: 1 })).toEqual([
      '8 runs per timing: the clock is coarse',
    ]);
  });

  it('is said with its share of a run from 2% on', () => {
    expect(notesOf('int8/wasm', {}, { timerStep: 0.2 })).toEqual([
      'clock resolution is 4.0% of a run',
    ]);
    expect(notesOf('int8/wasm', {}, { timerStep: 0.1 })).toEqual([]);
  });

  // A sweep never batches, so a step of 10 ms on runs of 5 ms does occur (times of 0 too).
  it('is not played down where its step is longer than a run', () => {
    expect(notesOf('int8/wasm', {}, { timerStep: 10 })).not.toEqual([
      'clock resolution is 99.9% of a run',
    ]);
  });

  it('is said in runs where its step is longer than one', () => {
    expect(notesOf('int8/wasm', {}, { timerStep: 5 })).toEqual([
      'clock resolution is 100% of a run',
    ]);
    expect(notesOf('int8/wasm', {}, { timerStep: 10 })).toEqual([
      'clock resolution is as long as 2.00 runs',
    ]);
  });

  it('is said where it shows no time at all', () => {
    expect(notesOf('int8/wasm', {}, { timerStep: 10, turns: times(20, 0) })).toEqual([
      'most runs took less than the clock resolution',
    ]);
  });
});

describe('a lane that was disturbed', () => {
  const ramp = (by: number) => times(60, 5).map((ms, i) => ms * (1 + by) ** (i / 59));

  it('says by how much it slowed down or sped up while it ran, from 2% on', () => {
    expect(notesOf('int8/wasm', {}, { turns: ramp(0.12) })).toEqual([
      'slowed by 12.0% while it ran',
    ]);
    expect(notesOf('int8/wasm', {}, { turns: ramp(0.015) })).toEqual([]);
  });

  it('says how many turns were left out, and why', () => {
    const left = (...why: readonly ('hidden' | 'clock')[]) =>
      notesOf('int8/wasm', { excluded: why.map((each, round) => ({ round, why: each })) });
    expect(left('hidden')).toEqual(['1 turn left out: tab hidden']);
    expect(left('clock', 'clock')).toEqual(['2 turns left out: clock jumped']);
    expect(left('hidden', 'clock', 'hidden')).toEqual([
      '3 turns left out: tab hidden (2) and clock jumped (1)',
    ]);
    expect(left()).toEqual([]);
  });
});
