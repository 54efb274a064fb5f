import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Fault } from '../../core/errors.ts';
import { summarise } from '../../core/models/summary.ts';
import { readModel } from '../../core/onnx/read.ts';
import { namedFile, planFrom, proofFiles } from '../../engine/compress/workshop.ts';
import type {
  CompressApi,
  CompressedFile,
  CompressRequest,
  Progress,
} from '../../engine/protocol.ts';
import type { FakeWorker } from '../../engine/worker/workers.testing.ts';
import { openBench } from '../bench/bench.testing.ts';
import { siteFile } from '../page/host.testing.ts';
import { closePage, until } from '../page/page.testing.ts';

afterEach(closePage);

const MADE = siteFile('digits-int8.onnx');
const compressed: CompressedFile = {
  file: new Blob([MADE]),
  size: { bytes: MADE.length, gzip: 90_000 },
  reports: [{ technique: 'static-int8', title: 'Static int8', ms: 9, decisions: [] }],
  ms: 900,
  summary: summarise(readModel(MADE, 'digits-int8.onnx')),
  proof: {
    named: new Blob([MADE]),
    layers: { name: 'CompressError', message: 'This test proves no layers.' },
  },
};

/** The Compress page, with digits to be made small; what its worker does is scripted. */
async function openCompress(
  compress: (request: CompressRequest, tell: Progress, worker: FakeWorker) => unknown = () =>
    compressed,
) {
  const opened = await openBench();
  const { compression } = await import('./compress.ts');
  const { saveFile } = await import('../page/saveFile.ts');
  const asked: CompressRequest[] = [];
  opened.page.workers.others = {
    'compress.worker.ts': (worker): CompressApi => ({
      holdLock: worker.holdLock,
      compress: async (request, tell) => {
        asked.push(request);
        return (await compress(request, tell, worker)) as CompressedFile;
      },
      named: namedFile,
      proofFiles,
      plan: planFrom,
    }),
  };
  opened.page.workers.lanes = { racer0: { ms: 6 }, racer1: { ms: 3 } };
  return {
    ...opened,
    ...(await import('./compressing.ts')),
    ...(await import('./composing.ts')),
    ...(await import('./compressInputs.ts')),
    stopCompressing: (await import('./compressJob.ts')).stopCompressing,
    compression,
    asked,
    saveFile: vi.mocked(saveFile),
    made: () => compression.getState().made,
    variants: () => opened.bench.getState().models[0]?.variants.map(({ title }) => title) ?? [],
  };
}

vi.mock('../page/saveFile.ts', async (original) => ({
  ...(await original<typeof import('../page/saveFile.ts')>()),
  saveFile: vi.fn(),
}));
beforeEach(() => vi.clearAllMocks());

describe('a variant that is made', () => {
  test('is calibrated on some digits, proved on others, and offered on the bench', async () => {
    const { makeVariant, asked, made, compression, bench, page } = await openCompress();
    await makeVariant();
    expect(compression.getState().job).toEqual({ state: 'idle' });
    expect(asked).toMatchObject([
      { recipe: { steps: [{ technique: 'static-int8' }] }, inputs: { feeds: { count: 48 } } },
    ]);
    const [variant] = made();
    // 500 may calibrate, 500 are for Auto's choice: 1,000 of 2,000 are left.
    expect(variant).toMatchObject({
      precision: 'int8',
      calibrated: '48 labelled digits',
      answers: { state: 'ready', value: { fidelity: { compared: 1000 } } },
      timing: { state: 'ready', value: { originalMs: 6, variantMs: 3, ran: null } },
    });
    expect(variant?.timing.state === 'ready' && variant.timing.value.speedup.ratio).toBe(2);
    const offered = bench.getState().models[0]?.variants.at(-1);
    expect(offered).toMatchObject({
      title: 'Static int8',
      bytes: MADE.length,
      made: 'Made here from fp32: Static int8, calibrated on 48 labelled digits.',
    });
    // The worker that compresses may outlive the task until the runtime's code is held.
    await until(() => page.workers.running.length === 0);
  });

  test('gets a title of its own, can be raced, saved, and removed', async () => {
    const page = await openCompress();
    await page.makeVariant();
    await page.makeVariant();
    const [first, second] = page.made();
    expect([first?.title, second?.title]).toEqual(['Static int8', 'Static int8 (2)']);
    await page.saveVariant(second?.id ?? '');
    const [[blob, name] = []] = page.saveFile.mock.calls;
    expect(name).toBe('Digits-Static-int8-2-.onnx');
    expect(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(MADE);
    page.raceMade(second?.id ?? '');
    page.raceFor(12);
    await page.startRace();
    expect(page.race.getState().record?.lanes.map(({ lane }) => lane.variant.title)).toEqual([
      'fp32',
      'Static int8 (2)',
    ]);
    page.removeVariant(second?.id ?? '');
    expect(page.made()).toEqual([first]);
    expect(page.variants()).not.toContain('Static int8 (2)');
  });

  test('by a recipe that looks at no activations is given no inputs', async () => {
    const { makeVariant, toggleTechnique, asked, made } = await openCompress();
    toggleTechnique('static-int8');
    toggleTechnique('fp16');
    await makeVariant();
    expect(asked).toMatchObject([{ inputs: null, recipe: { steps: [{ technique: 'fp16' }] } }]);
    expect(made()[0]?.calibrated).toBeNull();
  });

  test('of one’s own model is calibrated on noise, and that is said', async () => {
    const { makeVariant, asked, made } = await openCompress();
    const { openCompressFiles } = await import('./compressFiles.ts');
    await openCompressFiles([new File([siteFile('digits-fp32.onnx')], 'mine.onnx')]);
    await makeVariant();
    expect(asked[0]?.inputs).toMatchObject({ noise: true, feeds: { count: 8 } });
    expect(made()[0]).toMatchObject({
      calibrated: '8 inputs of seeded noise',
      answers: { state: 'ready', value: { noise: true } },
    });
  });
});

describe('a compression that does not go through', () => {
  test('cancelled leaves nothing behind, and the device is free', async () => {
    const {
      makeVariant,
      stopCompressing,
      compression,
      made,
      page,
      variants,
      startRace,
      raceFor,
      race,
    } = await openCompress((_, tell) => {
      tell('Calibrating', 3, 48);
      return new Promise(() => {});
    });
    const before = variants();
    const making = makeVariant();
    await until(() => {
      const { job } = compression.getState();
      return job.state === 'running' && job.doing === 'Calibrating' && job.done === 3;
    });
    stopCompressing();
    await making;
    expect(compression.getState().job).toEqual({ state: 'idle' });
    expect(made()).toEqual([]);
    expect(variants()).toEqual(before);
    // The worker that compresses may outlive the task until the runtime's code is held.
    await until(() => page.workers.running.length === 0);
    raceFor(12);
    await startRace();
    expect(race.getState().status.state).toBe('done');
  });

  test.each([
    [
      'says why',
      () => {
        throw new Fault('CompressError', 'There is nothing to quantize.');
      },
      'There is nothing to quantize.',
    ],
    [
      'is gone without a word',
      async (_: unknown, __: unknown, worker: FakeWorker) => {
        // It told that it holds its lock before.
        await new Promise((resolve) => setImmediate(resolve));
        worker.crash();
        return new Promise(() => {});
      },
      'The worker that compresses ended: it ran out of memory or was killed by the browser.',
    ],
  ] as const)('because its worker %s is told', async (_, compress, message) => {
    const { makeVariant, compression, made } = await openCompress(compress);
    await makeVariant();
    expect(compression.getState().job).toMatchObject({ state: 'failed', error: { message } });
    expect(made()).toEqual([]);
  });

  test('for want of the model is told', async () => {
    const { makeVariant, compression, page } = await openCompress();
    page.host.serves = { 'digits-fp32.onnx': 'offline' };
    await makeVariant();
    expect(compression.getState().job).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('digits-fp32.onnx could not be fetched') },
    });
  });
});

describe('a part of a proof', () => {
  test('that fails is told alone, and can be measured again', async () => {
    const { makeVariant, proveAgain, made, page } = await openCompress();
    page.workers.lanes = {
      racer1: {
        before: () => {
          throw new Fault('OutOfMemoryError', 'No memory.');
        },
      },
    };
    await makeVariant();
    expect(made()[0]).toMatchObject({ answers: { state: 'ready' }, timing: { state: 'failed' } });
    const answers = made()[0]?.answers;
    page.workers.lanes = {};
    await proveAgain(made()[0]?.id ?? '');
    expect(made()[0]?.timing.state).toBe('ready');
    // What was there is not measured twice.
    expect(made()[0]?.answers).toBe(answers);
  });

  test('that is cancelled is missing, and the variant stays', async () => {
    const { makeVariant, stopCompressing, made, page, compression } = await openCompress();
    page.workers.lanes = {
      racer1: { before: ({ turns }) => (turns === 3 ? stopCompressing() : undefined) },
    };
    await makeVariant();
    expect(compression.getState().job).toEqual({ state: 'idle' });
    expect(made()[0]).toMatchObject({
      answers: { state: 'ready' },
      timing: { state: 'missing' },
      layers: { state: 'missing' },
    });
    // The worker that compresses may outlive the task until the runtime's code is held.
    await until(() => page.workers.running.length === 0);
  });
});

test('a race cannot begin while a model is compressed, nor a compression during a race', async () => {
  let during = true;
  const page = await openCompress(async () => {
    await page.startRace();
    during = page.race.getState().status.state !== 'idle';
    return compressed;
  });
  await page.makeVariant();
  expect(during).toBe(false);
  page.page.workers.lanes = { 'int8-wasm': { before: () => page.makeVariant() } };
  page.raceFor(12);
  await page.startRace();
  expect(page.made()).toHaveLength(1);
});
