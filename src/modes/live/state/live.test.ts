import { describe, expect, it } from 'vitest';
import { digitModel, genericModel, lane, variant } from '../../../core/race/testing.ts';
import { liveFrom, taskLive } from '../../../state/live/kinds.ts';
import { digitLive } from '../../../tasks/digit/state/live.ts';
import { SILERO } from '../../../tasks/speech/core/testing.ts';
import { soundLive } from '../../../tasks/speech/state/live.ts';
import { liveLanes } from './live.ts';

describe('the lanes of a session', () => {
  const lanes = ['fp32/wasm*', 'fp32/webgpu', 'int8/wasm'].map((text) => lane(text));
  const ids = (first: string | null, second: string | null, of = lanes) =>
    liveLanes(of, { first, second }).map(({ id }) => id);

  it('are the reference and int8 on WASM, unless others are picked', () => {
    expect(ids(null, null)).toEqual(['fp32/wasm', 'int8/wasm']);
    expect(ids('fp32/webgpu', null)).toEqual(['fp32/webgpu', 'int8/wasm']);
    expect(ids(null, 'fp32/webgpu')).toEqual(['fp32/wasm', 'fp32/webgpu']);
  });

  it('may be one alone, and never one twice', () => {
    expect(ids(null, '')).toEqual(['fp32/wasm']);
    expect(ids('int8/wasm', 'int8/wasm')).toEqual(['int8/wasm']);
    expect(ids(null, null, lanes.slice(0, 2))).toEqual(['fp32/wasm']);
    expect(ids(null, null, [])).toEqual([]);
  });

  it('are the usual ones where a picked one belongs to another model', () => {
    expect(ids('gone', 'gone')).toEqual(['fp32/wasm', 'int8/wasm']);
  });
});

describe('what a session looks through or listens to', () => {
  const digits = digitModel(variant('fp32'));
  const speech = { ...digits, task: SILERO };
  const back = { kind: 'camera', facing: 'environment' } as const;
  const front = { kind: 'camera', facing: 'user' } as const;

  it('is what was picked, where the model has it, else its usual one', () => {
    expect(liveFrom(digitLive, digits, front)).toEqual(front);
    expect(liveFrom(digitLive, digits, null)).toEqual(back);
    expect(liveFrom(soundLive, speech, front)).toEqual({ kind: 'microphone' });
  });

  it('is nothing for models that nobody can feed live, and a sentence says why', () => {
    expect(taskLive(genericModel(variant('fp32')))).toMatch(/Run a race on it/);
  });
});
