import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv.ts';
import { writeReport } from './document.ts';
import { bundleParts, checkSize, readReportFile } from './files.ts';
import { report } from './testing.ts';

describe('a file of reports', () => {
  const two = [report({ id: 'a' }), report({ id: 'b', note: 'on battery' })];

  it('is one, or many', () => {
    expect(readReportFile('x.json', writeReport(report()))).toEqual([report()]);
    expect(readReportFile('all.json', bundleParts(two.map(writeReport)).join(''))).toEqual(two);
    expect(readReportFile('none.json', bundleParts([]).join(''))).toEqual([]);
  });

  it('may be a table', () => {
    const [back] = readReportFile('x.CSV', [...writeCsv(report())].join(''));
    expect(back?.conditions).toBeNull();
  });

  it.each([
    ['', 'x.json was not imported. It is empty.'],
    [
      writeReport(report()).slice(0, 200),
      'x.json was not imported. It is not valid JSON, or was cut off.',
    ],
    ['[1]', 'x.json was not imported. It does not contain a report.'],
    [
      '{"format":"inferometer-report","version":7}',
      'This report was made by a newer version (format 7; this page reads up to 1).',
    ],
    [
      '{"format":"inferometer-reports","version":2}',
      'These reports were exported by a newer version (bundle 2; this page reads up to 1).',
    ],
    [
      '{"format":"inferometer-reports","version":1}',
      'x.json was not imported. reports: must be a list.',
    ],
  ])('that is none is refused in a sentence: %.40s', (text, says) => {
    expect(() => readReportFile('x.json', text)).toThrow(says);
  });

  it('may not be too big', () => {
    expect(() => checkSize('x.json', 256e6)).not.toThrow();
    expect(() => checkSize('x.json', 300e6)).toThrow(
      'x.json has 300 MB; the limit for reports is 256 MB.',
    );
  });
});
