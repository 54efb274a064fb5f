import { afterEach, describe, expect, test } from 'vitest';
import { pass } from '../../engine/worker/workers.testing.ts';
import { openBench } from '../bench/bench.testing.ts';
import { halting, siteFile } from '../page/host.testing.ts';
import { BrowserProfile, closePage, until } from '../page/page.testing.ts';

afterEach(closePage);

const FP32 = 'digits-fp32.onnx';
const INT8 = 'digits-int8.onnx';
const RUNTIME = 'ort-wasm-simd-threaded.wasm';
const whole = siteFile(INT8);

describe('a model that arrives wrong', () => {
  test.each([
    [
      'truncated',
      whole.slice(0, 50_000),
      `${INT8} has 50,000 of the 112,692 bytes it should have.`,
    ],
    [
      'damaged',
      whole.map((byte, i) => (i === 60_000 ? byte ^ 1 : byte)),
      /digits-int8\.onnx is not the published file: its SHA-256 starts with \w+, not/,
    ],
  ])(
    '%s ends its lane with the reason; mended, the same page races both',
    async (_, body, says) => {
      const { page, raceFor, startRace, lane } = await openBench();
      raceFor(12);
      page.host.serves = { [INT8]: body };
      await startRace();
      expect(lane('int8-wasm')?.state).toMatchObject({
        name: 'died',
        error: { message: expect.stringMatching(says) },
      });
      expect(lane('fp32-wasm')?.state.name).toBe('finished');
      page.host.serves = {};
      await startRace();
      expect(lane('int8-wasm')?.state.name).toBe('finished');
      // Whatever came wrong is kept for nobody: the next visit has it from here, and it is right.
      const { page: next, startRace: again, lane: there } = await openBench(page.profile);
      next.host.serves = { [INT8]: 'offline', [FP32]: 'offline', [RUNTIME]: 'offline' };
      await again();
      expect(there('int8-wasm')?.state.name).toBe('finished');
    },
  );

  test.each([
    [404, 'the server said 404'],
    ['offline', 'no answer from the server, and no copy is stored in this browser yet'],
  ] as const)('not at all (%s) is told, too', async (served, says) => {
    const { page, raceFor, startRace, lane } = await openBench();
    raceFor(12);
    page.host.serves = { [INT8]: served };
    await startRace();
    const message = expect.stringContaining(`${INT8} could not be fetched: ${says}`);
    expect(lane('int8-wasm')?.state).toMatchObject({ error: { message } });
    expect(lane('fp32-wasm')?.state.name).toBe('finished');
  });
});

test('a missing runtime is named, and raced with once it is there', async () => {
  const { page, raceFor, startRace, lane } = await openBench();
  raceFor(12);
  page.host.serves = { [RUNTIME]: 404 };
  await startRace();
  expect(lane('fp32-wasm')?.state).toMatchObject({
    name: 'died',
    error: {
      name: 'RuntimeMissingError',
      message: expect.stringContaining(`${RUNTIME} could not be fetched: the server said 404`),
    },
  });
  page.host.serves = {};
  await startRace();
  expect(lane('fp32-wasm')?.state.name).toBe('finished');
});

test('missing labels leave the race as it is, and it says why nothing is known of the truth', async () => {
  const { page, raceFor, startRace, race, lane } = await openBench();
  raceFor(12);
  page.host.serves = { 'digits-test-2000.bin': 404 };
  await startRace();
  expect(lane('int8-wasm')).toMatchObject({ state: { name: 'finished' }, labelled: 0 });
  expect(race.getState().record?.unlabelled?.message).toContain(
    'digits-test-2000.bin could not be fetched: the server said 404',
  );
});

describe('a download that broke off', () => {
  const half = Math.floor(siteFile(FP32).length / 2);

  test('goes on where it ended', async () => {
    const { page, raceFor, startRace, lane } = await openBench();
    raceFor(12);
    page.host.serves = { [FP32]: siteFile(FP32).slice(0, half) };
    await startRace();
    expect(lane('fp32-wasm')?.state.name).toBe('died');
    page.host.serves = {};
    await startRace();
    expect(page.host.asked).toContain(`${FP32} bytes=${half}-`);
    expect(lane('fp32-wasm')?.state.name).toBe('finished');
  });

  test('because it was stopped tells nothing any more, and goes on at the next visit', async () => {
    const profile = new BrowserProfile();
    const { page, raceFor, startRace, stopRace, race } = await openBench(profile);
    const { transfers } = await import('../files/transfers.ts');
    raceFor(12);
    page.host.serves = {
      [FP32]: ({ signal }) => halting(siteFile(FP32).slice(0, half), signal ?? null),
    };
    const raced = startRace();
    await until(() => {
      // What is shown of it follows now and then.
      pass(50);
      return transfers.getState().transfers[FP32]?.loaded === half;
    });
    stopRace();
    await raced;
    expect(race.getState().status).toEqual({ state: 'stopped' });
    await until(() => Object.keys(transfers.getState().transfers).length === 0);
    const next = await openBench(profile);
    next.raceFor(12);
    await next.startRace();
    expect(next.page.host.asked).toContain(`${FP32} bytes=${half}-`);
    expect(next.lane('fp32-wasm')?.state.name).toBe('finished');
  });
});

test('files that were fetched are listed and can be freed, one or all; they are fetched again then', async () => {
  const { page, raceFor, startRace, lane } = await openBench();
  const { freeFiles, readStoredFiles, stored } = await import('../files/stored.ts');
  raceFor(12);
  await startRace();
  await readStoredFiles();
  const names = () =>
    stored
      .getState()
      .files?.map(({ name }) => name)
      .toSorted();
  expect(names()).toEqual(
    expect.arrayContaining([FP32, INT8, RUNTIME, 'digits-test-2000.bin'].toSorted()),
  );
  const fp32 = stored.getState().files?.filter(({ name }) => name === FP32) ?? [];
  expect(fp32).toMatchObject([{ bytes: siteFile(FP32).length, whole: true }]);
  await freeFiles(fp32);
  expect(names()).not.toContain(FP32);
  page.host.asked.length = 0;
  await startRace();
  expect(page.host.asked).toEqual([FP32]);
  await readStoredFiles();
  await freeFiles(stored.getState().files ?? []);
  expect(names()).toEqual([]);
  expect(lane('fp32-wasm')?.state.name).toBe('finished');
});

describe('the zoo’s manifest', () => {
  test('that is missing is said, and a file of one’s own still races', async () => {
    const { bench, raceFor, startRace, race } = await openBench(
      new BrowserProfile(),
      ({ host }) => {
        host.serves = { 'manifest.json': 500 };
      },
    );
    expect(bench.getState().catalogue).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('the server said 500') },
    });
    const { addFiles } = await import('../bench/drop.ts');
    await addFiles([new File([siteFile(FP32)], 'mine.onnx')]);
    raceFor(12);
    await startRace();
    expect(race.getState().record?.lanes).toMatchObject([{ state: { name: 'finished' } }]);
  });

  test('comes with the digits of the first model, and can be asked for again', async () => {
    const { page, bench } = await openBench(new BrowserProfile(), ({ host }) => {
      host.serves = { 'manifest.json': 'offline' };
    });
    const { loadCatalogue } = await import('../app/start.ts');
    page.host.serves = {};
    await loadCatalogue();
    expect(bench.getState()).toMatchObject({ catalogue: { state: 'ready' }, modelId: 'digits' });
    const { digits } = await import('../../tasks/digit/state/digits.ts');
    await until(() => digits.getState().preview);
    expect(digits.getState().preview?.count).toBe(20);
  });
});

describe('files of one’s own', () => {
  test('are raced against each other, the float one as the reference, at the size that was typed', async () => {
    const { page, bench, raceFor, startRace, race, stored, storing } = await openBench();
    const { addFiles } = await import('../bench/drop.ts');
    const { setDimension } = await import('../bench/choices.ts');
    await addFiles([
      new File([siteFile(INT8)], 'mine-int8.onnx'),
      new File([siteFile(FP32)], 'mine-fp32.onnx'),
    ]);
    setDimension('batch', 3);
    raceFor(12);
    const asked = page.host.asked.length;
    await startRace();
    expect(page.host.asked.slice(asked)).toEqual([RUNTIME]);
    const { lanes = [] } = race.getState().record ?? {};
    expect(lanes.map(({ lane }) => [lane.variant.title, lane.reference])).toEqual([
      ['fp32', true],
      ['int8', false],
    ]);
    await until(() => storing.getState().saved.race);
    expect((await stored())[0]?.found).toMatchObject({ settings: { dimensions: { batch: 3 } } });
    expect(bench.getState().refusal).toBeNull();
  });

  test.each([
    ['photo.png', Buffer.from('no model'), 'photo.png is not an .onnx file.'],
    [
      'page.onnx',
      Buffer.from('<!doctype html><html></html>'),
      'page.onnx is not a complete ONNX file',
    ],
    [
      'half.onnx',
      Buffer.from(siteFile(FP32).subarray(0, 200_000)),
      'half.onnx is not a complete ONNX file',
    ],
  ])('that are no models are refused in a sentence: %s', async (name, bytes, says) => {
    const { bench } = await openBench();
    const { takeDropped } = await import('../bench/dropped.ts');
    const { dismissRefusal } = await import('../bench/choices.ts');
    await takeDropped([new File([bytes], name)]);
    expect(bench.getState().refusal?.message).toContain(says);
    expect(bench.getState()).toMatchObject({ modelId: 'digits', reading: [] });
    dismissRefusal();
    expect(bench.getState().refusal).toBeNull();
  });
});
