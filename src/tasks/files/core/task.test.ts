import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FilesTaskSchema, fileType, readFileTypes } from './task.ts';
import { FEW_TYPES, WINDOW } from './testing.ts';

const type = { description: 'd', group: 'g', mime: 'm/m', isText: true, extensions: ['e'] };

const file = {
  version: 1,
  labels: ['a'],
  threshold: 0.5,
  thresholds: { a: 0.9 },
  overwrite: {},
  types: { a: type, txt: type, unknown: type, empty: type },
};

describe('FilesTaskSchema', () => {
  const path = new URL('../../../../public/models/manifest.json', import.meta.url);
  const { models } = JSON.parse(readFileSync(path, 'utf8'));
  const { task } = models.find(({ id }: { id: string }) => id === 'files');

  it('reads the task of the zoo, whose window the tests use', () => {
    expect(v.parse(FilesTaskSchema, task)).toEqual(task);
    expect(task.window).toEqual(WINDOW);
  });

  it('refuses a list of types outside of the folder, and a window of nothing', () => {
    const types = { ...task.types, file: '../secret.json' };
    expect(v.safeParse(FilesTaskSchema, { ...task, types }).success).toBe(false);
    const window = { ...task.window, block: 0 };
    expect(v.safeParse(FilesTaskSchema, { ...task, window }).success).toBe(false);
  });
});

describe('readFileTypes', () => {
  it('gives every type its label', () => {
    expect(fileType(readFileTypes(file), 'a')).toEqual({ label: 'a', ...type });
  });

  it('names the field that is wrong', () => {
    expect(() => readFileTypes({ ...file, threshold: 2 })).toThrow(/file types: threshold: /);
    expect(() => readFileTypes(null)).toThrow(/file types: the file itself: /);
  });

  it('names a type that is answered and not described', () => {
    expect(() => readFileTypes({ ...file, labels: ['a', 'b'] })).toThrow('does not describe "b"');
    const { empty: _, ...without } = file.types;
    expect(() => readFileTypes({ ...file, types: without })).toThrow('does not describe "empty"');
    expect(() => readFileTypes({ ...file, overwrite: { a: 'toString' } })).toThrow('"toString"');
  });
});

it('refuses a label that is not there', () => {
  expect(() => fileType(FEW_TYPES, 'rust')).toThrow('There is no file type "rust".');
});
