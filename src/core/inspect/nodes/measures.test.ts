import { expect, it } from 'vitest';
import { amount, measureText, scaled, scaleFor } from './measures.ts';

it.each([
  [[0, null, 12], 'count', '', '12'],
  [[999, 3], 'count', '', '999'],
  [[4_089_184_256], 'count', 'G', '4.09'],
  [[999_600], 'count', 'M', '1.00'],
  [[123_456], 'bytes', 'KB', '123'],
  [[5], 'bytes', 'B', '5'],
] as const)('the column of %j has one unit', (values, kind, unit, largest) => {
  const scale = scaleFor(values, kind);
  expect(scale.unit).toBe(unit);
  expect(scaled(Math.max(...values.map((value) => value ?? 0)), scale)).toBe(largest);
});

it.each([
  [0, '0'],
  [200, '<0.001'],
  [1000, '0.001'],
  [45_600, '0.046'],
  [456_000, '0.456'],
  [12_300_000, '12.3'],
])('%d in millions is %s', (value, text) => {
  expect(scaled(value, { unit: 'M', of: 1e6 })).toBe(text);
});

it('says small counts as they are', () => {
  expect([amount(7), amount(6_900_000)]).toEqual(['7', '6.90 M']);
  expect(measureText(1200, 'bytes')).toBe('1.20 KB');
  expect(measureText(12, 'macs')).toBe('12 MACs');
});
