import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../core/report/report.ts';
import { openBench } from '../state/bench/bench.testing.ts';
import { BrowserProfile, closePage, openPage } from '../state/page/page.testing.ts';
import { type PulseFound, pulseSlice } from './pulse.testing.ts';

afterEach(closePage);

describe('the registry', () => {
  it('has a line for each folder of modes, and all that a line promises is there', async () => {
    openPage();
    const { MODES } = await import('./registry.ts');
    const folders = Object.keys(import.meta.glob('./*/index.ts'));
    expect(MODES.map(({ kind }) => `./${kind.kind}/index.ts`).toSorted()).toEqual(
      folders.toSorted(),
    );
    for (const { kind, length, actions, views } of MODES) {
      expect(await actions(), kind.kind).toMatchObject({
        start: expect.any(Function),
        stop: expect.any(Function),
      });
      expect(length === null || length.take(length.usual), kind.kind).toBe(true);
      expect(views.Stored === null, kind.kind).toBe(kind.report === null);
      if (!kind.report) continue;
      const { schema, table } = await kind.report.load();
      expect(schema.kind, kind.kind).toBe('schema');
      expect(table.columns[0], kind.kind).toBe('lane');
    }
  });
});

describe('a mode that nothing but its own file knows', () => {
  /** The bench with the mode registered beside the page's own. */
  async function openPulse(profile = new BrowserProfile()) {
    const opened = await openBench(profile);
    const { registerSlices } = await import('../ui/bench/modes/slice.ts');
    registerSlices([await pulseSlice()]);
    return opened;
  }

  /** A run of it that took these times, chosen and started as a person does. */
  async function pulsed(profile: BrowserProfile, ...times: readonly number[]): Promise<Report> {
    const { page, stored } = await openPulse(profile);
    const { takeQuery, queryOf } = await import('../state/app/address.ts');
    const { bench } = await import('../state/bench/bench.ts');
    const { modeKinds } = await import('../core/modes/register.ts');
    const { modes, runOf } = await import('../state/modes/modes.ts');
    const { startMode } = await import('../state/modes/actions.ts');
    expect(modeKinds().map(({ title }) => title)).toContain('Pulse');
    const address = `mode=pulse&length=${times.length}`;
    takeQuery('/', address);
    expect(bench.getState().refusal).toBeNull();
    // Three times is the usual, and what is usual is left out.
    expect(queryOf('/', bench.getState(), modes.getState())).toBe(
      times.length === 3 ? 'mode=pulse' : address,
    );
    page.workers.lanes = { 'int8-wasm': { ms: (turn) => times[turn] ?? 0 } };
    await startMode();
    expect(runOf(modes.getState(), 'pulse')).toMatchObject({
      status: { state: 'done' },
      doing: 'Asking',
      share: 1,
    });
    expect(page.workers.running).toEqual([]);
    const report = (await stored()).find(({ found }) => found.kind === 'pulse');
    if (!report) throw new Error('It left no report.');
    return report;
  }

  const msOf = ({ found }: Report) => [...(found as PulseFound).record.ms];

  it('is chosen, run and stored', async () => {
    const report = await pulsed(new BrowserProfile(), 4, 2, 7, 3);
    expect(msOf(report)).toEqual([4, 2, 7, 3]);
    expect(report).toMatchObject({ status: 'done', model: { title: 'Digits' } });
    const { summaryOf } = await import('../core/report/summary.ts');
    expect(summaryOf(report)).toMatchObject({
      kind: 'pulse',
      lanes: ['int8 on WASM'],
      samples: 4,
      sentence: 'int8 on WASM answers in 3.50 ms.',
    });
    const { reportTitle } = await import('../ui/reports/words.ts');
    expect(reportTitle('pulse')).toBe('Pulse');
  });

  it('does not run as it cannot be set', async () => {
    const { page } = await openPulse();
    const { takeQuery } = await import('../state/app/address.ts');
    const { startMode } = await import('../state/modes/actions.ts');
    takeQuery('/', 'mode=pulse&length=0');
    await startMode();
    expect(page.workers.started).toEqual([]);
  });

  it('is shown where reports are', async () => {
    const report = await pulsed(new BrowserProfile(), 4, 2, 7);
    const { StoredFound } = await import('../ui/reports/StoredFound.tsx');
    const shown = renderToStaticMarkup(createElement(StoredFound, { report, verdicts: null }));
    expect(shown).toContain('Median 4.00 ms');
  });

  it('leaves as a table and as JSON, and comes back the same', async () => {
    const report = await pulsed(new BrowserProfile(), 4, 2, 7);
    const { writeCsv } = await import('../core/report/csv.ts');
    const { writeReport } = await import('../core/report/document.ts');
    const csv = [...writeCsv(report)].join('');
    expect(csv.split('\r\n')[0]).toBe('report,started,model,lane,variant,ms');
    const { importFiles } = await (async () => {
      // Elsewhere: another browser.
      await openPulse();
      return import('../state/reports/reportFiles.ts');
    })();
    await importFiles([
      new File([csv], 'pulse.csv'),
      new File([writeReport(report)], 'pulse.json'),
    ]);
    const { reports } = await import('../state/reports/reports.ts');
    const { openReport } = await import('../state/reports/history.ts');
    expect(reports.getState()).toMatchObject({ fault: null, imported: '2 reports were added.' });
    for (const { id } of reports.getState().list ?? []) await openReport(id);
    const { open } = reports.getState();
    expect(open.get(report.id)).toEqual(report);
    const table = open.get(`table-${report.id}`);
    expect(table && msOf(table)).toEqual([4, 2, 7]);
    expect(table?.conditions).toBeNull();
  });

  it('refuses a table that is wrong with the line', async () => {
    await openPulse();
    const { loadFoundKinds } = await import('../core/modes/register.ts');
    await loadFoundKinds();
    const { readCsv } = await import('../core/report/csvRead.ts');
    const head = 'report,started,model,lane,variant,ms';
    const line = '1,2026-11-25T09:00:00.000Z,Digits,int8-wasm,int8';
    expect(() => readCsv(`${head}\r\n${line},fast\r\n`)).toThrow('Line 2: ms is "fast".');
    expect(() => readCsv('a,b\r\n1,2\r\n')).toThrow('not that of a race or a pulse.');
  });

  it('compares two of its own as it sees fit, and with others not at all', async () => {
    const profile = new BrowserProfile();
    const a = await pulsed(profile, 4, 2, 7);
    const b = await pulsed(new BrowserProfile(), 8, 9, 9);
    const { compareReports } = await import('../core/report/compare.ts');
    const { report } = await import('../core/report/testing.ts');
    const say = (one: Report, other: Report) =>
      compareReports(one, other).headline.sentence.map(({ text }) => text);
    expect(say(a, b)).toEqual(['4.00 ms in A, 9.00 ms in B.']);
    expect(say(a, report())[0]).toContain('different kinds of measurement');
    const times = compareReports(a, b).conditions.find(({ title }) => title === 'Times');
    expect(times).toEqual({ title: 'Times', a: '3', b: '3', same: true });
  });
});
