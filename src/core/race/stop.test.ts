import { expect, it } from 'vitest';
import { type ChosenStop, stopFrom, stopText } from './stop.ts';

it('reads what it writes', () => {
  const stops: ChosenStop[] = [
    { kind: 'enough', seconds: 30 },
    { kind: 'seconds', seconds: 4 },
    { kind: 'rounds', rounds: 200 },
  ];
  for (const stop of stops) expect(stopFrom(stopText(stop))).toEqual(stop);
});

it('takes nothing that no race could run', () => {
  for (const text of ['', 'rounds', 'rounds-0', 'seconds-99999', 'seconds--4', 'sweep-1', 'x-4']) {
    expect(stopFrom(text), text).toBeNull();
  }
});
