import { expect, it } from 'vitest';
import { decodeFile } from './decode.ts';
import { compareAnswers } from './metric.ts';
import { FEW_TYPES } from './testing.ts';

const python = decodeFile([0.9, 0, 0], FEW_TYPES);
const lessSurePython = decodeFile([0.6, 0, 0], FEW_TYPES);
const text = decodeFile([0.3, 0, 0], FEW_TYPES);
const nobody = decodeFile([Number.NaN, 0, 0], FEW_TYPES);

it('counts files with the same answer, whatever the probability', () => {
  expect(compareAnswers([lessSurePython, text], [python, python])).toEqual({
    compared: 2,
    same: 1,
    disagreements: [{ index: 1, answer: text, reference: python }],
  });
});

it('takes no answer for no agreement', () => {
  expect(compareAnswers([nobody], [nobody]).same).toBe(0);
});

it('refuses lists of different lengths', () => {
  expect(() => compareAnswers([python], [])).toThrow(/1 answers, but 0/);
});
