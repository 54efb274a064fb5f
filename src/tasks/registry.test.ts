import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { afterEach, describe, expect, it } from 'vitest';
import { zooManifest } from '../core/models/zoo.testing.ts';
import type { RaceFound } from '../core/race/found.ts';
import type { Report } from '../core/report/report.ts';
import { openBench } from '../state/bench/bench.testing.ts';
import { BrowserProfile, closePage, openPage } from '../state/page/page.testing.ts';
import { TASKS } from './registry.ts';

afterEach(closePage);

describe('the registry', () => {
  it('has a line for each folder of tasks, and all that a line promises is there', async () => {
    openPage();
    const folders = Object.keys(import.meta.glob('./*/index.ts'));
    expect(TASKS.map(({ kind }) => `./${kind}/index.ts`).toSorted()).toEqual(folders.toSorted());
    for (const { kind, state, ui, recognise } of TASKS) {
      expect((await state()).default, kind).toMatchObject({
        ready: expect.any(Function),
        one: expect.any(Function),
        facts: expect.any(Function),
      });
      expect((await ui()).default.Input, kind).toBeTypeOf('function');
      // What takes any file has to be asked last.
      if (recognise?.({ inputs: [], outputs: [] })) expect(kind).toBe(TASKS.at(-1)?.kind);
    }
  });

  it('says again what every kind writes of its input, in words and from words', () => {
    const said = [
      ['digit', 'test image 3', { kind: 'sample', index: 2 }],
      ['digit', 'all labelled test images', { kind: 'sweep' }],
      ['digit', 'a drawing', { kind: 'drawn' }],
      ['photos', 'sample: A cat', { kind: 'sample', title: 'A cat' }],
      ['photos', 'the user’s own picture', { kind: 'own' }],
      ['speech', 'clip: A sentence', { kind: 'clip', title: 'A sentence' }],
      ['speech', 'a recording', { kind: 'recorded' }],
      ['files', 'sample: a.py', { kind: 'sample', name: 'a.py' }],
      [
        'spotting',
        'sample: A sign, 640 × 480 pixels',
        { picture: { kind: 'sample', title: 'A sign' }, width: 640, height: 480 },
      ],
      ['arithmetic', '12 × 34', { a: 12, b: 34 }],
      ['generic', 'random numbers, seed 1', { seed: 1 }],
    ] as const;
    // Only kinds of versions that kept no data of their input read it from words.
    const worded = TASKS.filter(({ input }) => 'fromWords' in input).map(({ kind }) => kind);
    expect(new Set(said.map(([kind]) => kind))).toEqual(new Set(worded));
    for (const [kind, words, facts] of said) {
      const input = TASKS.find((task) => task.kind === kind)?.input;
      expect(input?.fromWords?.(words), words).toEqual(facts);
      expect(input?.words(facts as never)).toBe(words);
      expect(input?.fromWords?.('something else')).toBeNull();
    }
  });
});

describe('a task that nothing but its own file knows', () => {
  /** The zoo's manifest with its first model made one of heaps. */
  function manifest() {
    const json = zooManifest();
    const { samples: _, preview: __, ...digits } = json.models[0];
    const task = { kind: 'heaps', input: 'image', output: 'logits' };
    json.models = [{ ...digits, id: 'heaps', title: 'Heaps', task, heaps: [31, 52] }];
    return json;
  }

  /** The bench with the kind registered beside the page's own, and a model of it in the zoo. */
  async function openHeaps(profile = new BrowserProfile()) {
    const opened = await openBench(profile);
    const { registerTasks } = await import('../core/tasks/register.ts');
    const { heaps, heap } = await import('./heaps.testing.ts');
    registerTasks([heaps, ...(await import('./registry.ts')).TASKS]);
    const { readManifest } = await import('../core/models/manifest.ts');
    opened.bench.setState({ models: readManifest(manifest()), modelId: null });
    return { ...opened, heap };
  }

  /** A race of it, chosen and started as a person does. */
  async function raced(profile: BrowserProfile, grains: number, int8Ms = 2): Promise<Report> {
    const { bench, heap, page, raceFor, startRace, race, stored } = await openHeaps(profile);
    const { chooseModel } = await import('../state/bench/choices.ts');
    const { inputReady, inputSelected } = await import('../state/bench/inputs.ts');
    chooseModel('heaps');
    await inputSelected('heaps');
    expect(heap.getState().grains).toBe(31);
    expect(inputReady(bench.getState())).toBe(true);
    const before = bench.getState().inputChanges;
    heap.setState({ grains });
    expect(bench.getState().inputChanges).toBe(before + 1);
    raceFor(30);
    const tens = (_: unknown, feed: number) => {
      const right = [3, 5][feed] ?? 0;
      return Array.from({ length: 10 }, (__, index) => (index === right ? 9 : 0));
    };
    page.workers.lanes = {
      'fp32-wasm': { answer: tens, ms: 4 },
      'int8-wasm': { answer: tens, ms: int8Ms },
    };
    await startRace();
    expect(race.getState().status).toEqual({ state: 'done' });
    const { storing } = await import('../state/reports/storing.ts');
    const { until } = await import('../state/page/page.testing.ts');
    await until(() => storing.getState().saved.race?.status === 'done');
    const [report] = await stored();
    if (!report) throw new Error('It left no report.');
    return report;
  }

  const foundIn = ({ found }: Report) => found as RaceFound;

  it('is read from a manifest, chosen, run, judged and stored', async () => {
    const report = await raced(new BrowserProfile(), 52);
    expect(report.model).toMatchObject({ task: { kind: 'heaps' }, heaps: [31, 52] });
    const { settings, record } = foundIn(report);
    expect(settings).toMatchObject({ input: 'a heap of 52', inputFacts: { grains: 52 } });
    const int8 = record.lanes.find(({ lane }) => lane.id === 'int8-wasm');
    expect(int8).toMatchObject({ boxes: { tens: [1, 2] }, labelled: 2, correct: 2 });
    const { summaryOf } = await import('../core/report/summary.ts');
    expect(summaryOf(report).sentence).toContain('finds');
    const { namedAnswer } = await import('../state/bench/answers.ts');
    expect(namedAnswer(report.model, [0, 0, 9])?.label).toBe('2 tens');
  });

  it('is shown where models, answers and reports are', async () => {
    const report = await raced(new BrowserProfile(), 31);
    const { TaskInput } = await import('../ui/tasks/TaskInput.tsx');
    const { TaskAnswers } = await import('../ui/tasks/TaskAnswers.tsx');
    const { StoredRace } = await import('../ui/parts/raceView.ts');
    const { storedView } = await import('../core/figures/stored.ts');
    const html = async (element: Parameters<typeof prerender>[0]) =>
      new Response((await prerender(element)).prelude).text();
    expect(await html(createElement(TaskInput, { model: report.model }))).toContain(
      'One of 2 heaps',
    );
    const view = storedView(foundIn(report).record, report.conditions);
    const value = { ...view, stored: true } as never;
    const answers = createElement(StoredRace, { value }, createElement(TaskAnswers));
    expect(await html(answers)).toContain('2 lanes counted');
  });

  it('leaves as JSON and as a table, comes back the same, and is raced again as it was', async () => {
    const report = await raced(new BrowserProfile(), 52);
    const { writeCsv } = await import('../core/report/csv.ts');
    const { writeReport } = await import('../core/report/document.ts');
    const csv = [...writeCsv(report)].join('');
    // Elsewhere: another browser.
    const { bench, heap, reports, raceFor } = await openHeaps();
    const { importFiles } = await import('../state/reports/reportFiles.ts');
    await importFiles([
      new File([csv], 'heaps.csv'),
      new File([writeReport(report)], 'heaps.json'),
    ]);
    expect(reports.getState()).toMatchObject({ fault: null, imported: '2 reports were added.' });
    const { openReport } = await import('../state/reports/history.ts');
    for (const { id } of reports.getState().list ?? []) await openReport(id);
    const back = reports.getState().open.get(report.id);
    expect(back && writeReport(back)).toBe(writeReport(report));
    const table = reports.getState().open.get(`table-${report.id}`);
    expect(table && foundIn(table).record.lanes.map(({ turns }) => turns.length)).toEqual([30, 30]);
    const { runAgain } = await import('../state/race/runAgain.ts');
    raceFor(5);
    heap.setState({ grains: 7 });
    await runAgain(back as Report);
    expect(heap.getState().grains).toBe(52);
    expect(bench.getState().stop).toEqual({ kind: 'rounds', rounds: 30 });
  });

  it('is refused by name where it is not known, and by its place where it is wrong', async () => {
    const report = await raced(new BrowserProfile(), 52);
    const { writeReport } = await import('../core/report/document.ts');
    const { readReport } = await import('../core/report/schema/report.ts');
    const text = writeReport(report);
    const wrong = text.replace('"inputFacts":{"grains":52}', '"inputFacts":{"grains":-1}');
    expect(() => readReport(JSON.parse(wrong))).toThrow('found.settings.inputFacts.grains');
    const { registerTasks } = await import('../core/tasks/register.ts');
    registerTasks(TASKS);
    expect(() => readReport(JSON.parse(text))).toThrow('no task of kind "heaps"');
    const { readManifest } = await import('../core/models/manifest.ts');
    expect(() => readManifest(manifest())).toThrow('no task of kind "heaps"');
  });

  it('compares two of its own', async () => {
    const profile = new BrowserProfile();
    const a = await raced(profile, 31);
    const b = await raced(new BrowserProfile(), 31, 1);
    const { compareReports } = await import('../core/report/compare.ts');
    const { headline, conditions } = compareReports(a, b);
    expect(headline.sentence.map(({ text }) => text).join('')).toMatch(
      /2\.00 times .* in A and 4\.00 times in B/,
    );
    expect(conditions.find(({ title }) => title === 'Input')).toMatchObject({ same: true });
  });
});
