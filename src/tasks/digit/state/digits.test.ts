import { expect, it } from 'vitest';
import { chooseDigit, digits, nextSample } from './digits.ts';

it('goes round among the samples, and begins anew after a drawing', () => {
  const preview = { count: 2, images: new Uint8Array(), labels: new Uint8Array() };
  digits.setState({ preview });
  const indices = [1, 2, 3].map(() => {
    nextSample();
    return digits.getState().digit;
  });
  expect(indices).toEqual([1, 0, 1].map((index) => ({ kind: 'sample', index })));
  chooseDigit({ kind: 'drawn', image: null });
  nextSample();
  expect(digits.getState().digit).toEqual({ kind: 'sample', index: 0 });
});
