import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AutoResult, Candidate } from '../../core/compress/auto/choice.ts';
import { genericModel, spec, variant } from '../../core/race/testing.ts';
import type { AutoMade } from '../../engine/compress/auto.ts';
import { bench } from '../bench/bench.ts';
import { keepDropped } from '../files/downloads.ts';
import { makeAuto, measureLonger, saveCandidate } from './autoMaking.ts';
import { compression } from './compress.ts';

const { autoCompress, saved } = vi.hoisted(() => ({ autoCompress: vi.fn(), saved: vi.fn() }));
vi.mock('../../engine/compress/auto.ts', () => ({ autoCompress }));
vi.mock('../page/saveFile.ts', async (original) => ({ ...(await original()), saveFile: saved }));
vi.mock('./compressProving.ts', () => ({
  proofBench: async () => ({}),
  proofInputs: () => ({}),
  proveMade: async () => {},
  watched: (measure: (watch: object) => Promise<unknown>) => measure({}),
}));

const own = { ...variant('fp32'), source: { kind: 'dropped', file: 'own.onnx' } } as const;
const model = {
  ...genericModel(own),
  task: { kind: 'generic', seed: 1, inputs: [spec('x', 'float32', 1)] },
} as const;

const candidate = (title: string, ratio: number, interval: Candidate['speedup']['interval']) =>
  ({
    title,
    recipe: title === 'fp32' ? null : { version: 1, title, steps: [] },
    nodes: { float: 1, static: 0, dynamic: 0 },
    ms: 1 / ratio,
    speedup: { ratio, interval, pairs: interval ? 40 : 3 },
    agreement: null,
    sqnr: 40,
    keeps: true,
  }) satisfies Candidate;

const found = (interval: Candidate['speedup']['interval'], next?: AutoMade): AutoMade => {
  const result = {
    candidates: [candidate('fp32', 1, { low: 1, high: 1 }), candidate('int8', 2.36, interval)],
    chosen: 0,
    sentence: '',
  } as unknown as AutoResult;
  const models = ['fp32', 'int8'].map((text) => new Blob([text]));
  return { result, made: null, models, raceLonger: async () => next as AutoMade };
};

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  keepDropped(own.id, { model: new Blob(['fp32']), external: [] });
  compression.setState(compression.getInitialState(), true);
  bench.setState({ ...bench.getInitialState(), models: [model], modelId: model.id });
});

const shown = () => Object.values(compression.getState().noGain)[0] ?? null;

describe('what Auto left open', () => {
  it('can be measured longer, which takes the place of what was found before', async () => {
    const surer = found({ low: 0.9, high: 1.1 });
    autoCompress.mockResolvedValueOnce(found(null, surer));
    await makeAuto();
    expect(compression.getState().job).toEqual({ state: 'idle' });
    await measureLonger(shown() as AutoResult);
    expect(compression.getState().job).toEqual({ state: 'idle' });
    expect(shown()).toBe(surer.result);
  });

  it('can be downloaded, each candidate that was made', async () => {
    autoCompress.mockResolvedValueOnce(found(null));
    await makeAuto();
    saveCandidate(shown() as AutoResult, 1);
    const [[blob, name]] = saved.mock.calls as [[Blob, string]];
    expect(await blob.text()).toBe('int8');
    expect(name).toMatch(/int8\.onnx$/);
  });
});
