import { describe, expect, it } from 'vitest';
import { fileType, readFileTypes } from './task.ts';
import { FEW_TYPES } from './testing.ts';

const type = { description: 'd', group: 'g', mime: 'm/m', isText: true, extensions: ['e'] };

const file = {
  version: 1,
  labels: ['a'],
  threshold: 0.5,
  thresholds: { a: 0.9 },
  overwrite: {},
  types: { a: type, txt: type, unknown: type, empty: type },
};

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
