import { afterEach, describe, expect, test, vi } from 'vitest';
import { writeReport } from '../../core/report/document.ts';
import { report } from '../../core/report/testing.ts';
import '../../modes/registered.testing.ts';
import { pass } from '../../engine/worker/workers.testing.ts';
import { BrowserProfile, closePage, openPage, until } from '../page/page.testing.ts';

const file = (name: string, content: string) => new File([content], name);
const exported = (id: string, startedAt = '2026-11-25T09:03:00.000Z') =>
  report({ id, startedAt, status: 'done' });

/** The Reports page with reports of these ids, the first the oldest. */
async function openReports(ids: readonly string[], profile = new BrowserProfile()) {
  openPage(profile);
  const saved: { name: string; text: Promise<string> }[] = [];
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        saved.push({ name: '', text: blob.text() });
        return 'blob:';
      },
      revokeObjectURL: () => {},
    }),
  );
  Object.assign(document, {
    createElement: () => ({
      set download(name: string) {
        const last = saved.at(-1);
        if (last) last.name = name;
      },
      click: () => {},
    }),
  });
  await import('../../modes/registered.testing.ts');
  await import('../../tasks/registered.testing.ts');
  const { reports } = await import('./reports.ts');
  const { storing } = await import('./storing.ts');
  const history = await import('./history.ts');
  const files = await import('./reportFiles.ts');
  const made = ids.map((id, i) =>
    file(`${id}.json`, writeReport(exported(id, `2026-11-2${i + 1}T09:03:00.000Z`))),
  );
  if (made.length > 0) await files.importFiles(made);
  await history.readHistory();
  const list = () => reports.getState().list?.map(({ id }) => id);
  const titled = (id: string) => reports.getState().list?.find((each) => each.id === id);
  return { reports, storing, ...history, ...files, list, titled, saved };
}

afterEach(closePage);

describe('the list of reports', () => {
  test('is there again at the next visit, the newest first', async () => {
    const profile = new BrowserProfile();
    await openReports(['a', 'b', 'c'], profile);
    expect((await openReports([], profile)).list()).toEqual(['c', 'b', 'a']);
  });

  test('keeps notes', async () => {
    const profile = new BrowserProfile();
    const { setNote, titled } = await openReports(['a', 'b'], profile);
    await setNote('a', 'On battery');
    expect(titled('a')?.note).toBe('On battery');
    const next = await openReports([], profile);
    expect(next.titled('a')?.note).toBe('On battery');
    await next.openReport('a');
    expect(next.reports.getState().open.get('a')?.note).toBe('On battery');
    await next.openReport('none');
    expect(next.reports.getState().open.get('none')).toBeNull();
  });

  test('says so where storage is off', async () => {
    const profile = new BrowserProfile();
    profile.database.open = () => {
      throw new DOMException('Off.', 'SecurityError');
    };
    const { reports, list } = await openReports([], profile);
    expect(list()).toEqual([]);
    expect(reports.getState().fault?.message).toContain('not let this page store anything');
  });

  test('shows the others where one cannot be read', async () => {
    const profile = new BrowserProfile();
    await openReports(['a', 'b'], profile);
    const { changeStored } = await import('../../engine/reports/storage.ts');
    await changeStored('a', (stored) => ({
      ...stored,
      summary: null,
      head: { ...stored.head, version: 99 },
    }));
    const { reports, list } = await openReports([], profile);
    expect(list()).toEqual(['b']);
    expect(reports.getState().fault?.message).toContain('made by a newer version (format 99');
  });
});

describe('a deleted report', () => {
  test('can be had back for some seconds', async () => {
    const { deleteReport, undoDelete, titled, list, reports } = await openReports(['a', 'b']);
    await deleteReport(titled('a') as never);
    expect(list()).toEqual(['b']);
    expect(reports.getState().deleted?.id).toBe('a');
    pass(5000);
    await undoDelete();
    expect(list()).toEqual(['b', 'a']);
    expect(reports.getState().deleted).toBeNull();
    // The time that ran is forgotten with it.
    pass(10_000);
    const { readStored } = await import('../../engine/reports/storage.ts');
    expect(await readStored('a')).not.toBeNull();
  });

  test('is gone after that, with all its samples, and the bench offers it no more', async () => {
    const { deleteReport, undoDelete, titled, list, reports, storing } = await openReports(['a']);
    const summary = titled('a');
    storing.setState({ saved: { race: summary as never }, interrupted: summary ?? null });
    await deleteReport(summary as never);
    expect(storing.getState()).toMatchObject({ saved: {}, interrupted: null });
    pass(8000);
    const { readStored } = await import('../../engine/reports/storage.ts');
    await until(async () => (await readStored('a')) === null);
    await until(() => reports.getState().deleted === null);
    await undoDelete();
    expect(list()).toEqual([]);
  });
});

describe('files of reports', () => {
  test('are added once; the same again stays as it is', async () => {
    const { importFiles, reports, list } = await openReports(['a']);
    await importFiles([file('a.json', writeReport(exported('a')))]);
    expect(reports.getState().imported).toBe('A report was here already and was left as it is.');
    await importFiles(['b', 'c'].map((id) => file(id, writeReport(exported(id)))));
    expect(reports.getState().imported).toBe('2 reports were added.');
    expect(list()).toHaveLength(3);
  });

  test('bring a report back that was deleted', async () => {
    const { importFiles, deleteReport, titled, list } = await openReports(['a']);
    await deleteReport(titled('a') as never);
    await importFiles([file('a.json', writeReport(exported('a')))]);
    expect(list()).toEqual(['a']);
  });

  test('that are refused are told, and the good ones beside them taken', async () => {
    const { importFiles, reports, list } = await openReports([]);
    const newer = JSON.stringify({ format: 'inferometer-report', version: 7 });
    await importFiles([
      file('a.json', writeReport(exported('a'))),
      file('broken.json', '{"format": "inferometer-rep'),
      file('b.json', writeReport(exported('b'))),
    ]);
    expect(reports.getState().fault?.message).toBe(
      'broken.json was not imported. It is not valid JSON, or was cut off.',
    );
    expect(list()?.toSorted()).toEqual(['a', 'b']);
    await importFiles([file('tomorrow.json', newer)]);
    expect(reports.getState().fault?.message).toContain('made by a newer version (format 7');
  });

  test('of a race that ran elsewhere are never running here', async () => {
    const { importFiles, titled } = await openReports([]);
    await importFiles([file('a.json', writeReport(report({ id: 'a', status: 'running' })))]);
    expect(titled('a')?.status).toBe('interrupted');
  });

  test('leave the page with the model and the moment in their names, and come back the same', async () => {
    const { exportJson, exportCsv, exportAll, saved, importFiles, list } = await openReports([
      'a',
      'b',
    ]);
    exportJson(exported('a'));
    exportCsv(exported('a'));
    await exportAll();
    expect(saved.map(({ name }) => name)).toEqual([
      'Digits-2026-11-25-0903.report.json',
      'Digits-2026-11-25-0903.csv',
      'inferometer-reports-2026-11-29.json',
    ]);
    const texts = await Promise.all(saved.map(({ text }) => text));
    expect(texts[0]).toBe(writeReport(exported('a')));
    const elsewhere = await openReports([]);
    await elsewhere.importFiles([file('all.json', texts[2] ?? '')]);
    expect(elsewhere.list()).toEqual(['b', 'a']);
    await elsewhere.importFiles([file('table.csv', texts[1] ?? '')]);
    expect(elsewhere.list()).toHaveLength(3);
    void [importFiles, list];
  });
});
