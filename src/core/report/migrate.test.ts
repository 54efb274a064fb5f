import { describe, expect, it } from 'vitest';
import { FORMAT, type MigrationStep, migrate, VERSION } from './migrate.ts';

/** Made up: version 1 called the note `words`, version 2 kept it in capitals. */
const STEPS: readonly MigrationStep[] = [
  ({ words, ...rest }) => ({ ...rest, note: words }),
  ({ note, ...rest }) => ({ ...rest, note: String(note).toLowerCase() }),
];

describe('migrating a report', () => {
  it.each([
    [1, { words: 'HOT' }],
    [2, { note: 'HOT' }],
    [3, { note: 'hot' }],
  ])('takes each step from version %i on, once', (version, rest) => {
    expect(migrate({ format: FORMAT, version, ...rest }, STEPS)).toEqual({
      format: FORMAT,
      version: 3,
      note: 'hot',
    });
  });

  it('leaves what is of this version as it is', () => {
    const document = { format: FORMAT, version: VERSION, note: 'x' };
    expect(migrate(document)).toEqual(document);
  });

  it('refuses a report of a newer version plainly', () => {
    expect(() => migrate({ format: FORMAT, version: 7 })).toThrow(
      'This report was made by a newer version (format 7; this page reads up to 1).',
    );
    expect(() => migrate({ format: FORMAT, version: 7 })).toThrow(
      expect.objectContaining({ name: 'NewerReportError' }),
    );
  });

  it.each([
    [null, 'It does not contain a report.'],
    [[], 'It does not contain a report.'],
    ['x', 'It does not contain a report.'],
    [{}, 'Its format is missing, not "inferometer-report".'],
    [{ format: 'har', version: 1 }, 'Its format is "har", not "inferometer-report".'],
    [{ format: FORMAT }, 'Its version is missing; versions count from 1.'],
    [{ format: FORMAT, version: '1' }, 'Its version is "1"'],
    [{ format: FORMAT, version: 0 }, 'Its version is 0'],
    [{ format: FORMAT, version: 1.5 }, 'Its version is 1.5'],
  ])('says what is wrong with %j', (json, says) => {
    expect(() => migrate(json)).toThrow(says);
    expect(() => migrate(json)).toThrow(expect.objectContaining({ name: 'ReportError' }));
  });
});
