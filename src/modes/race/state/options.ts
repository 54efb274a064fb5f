import { stopFrom, stopText } from '../../../core/race/stop.ts';
import { bench } from '../../../state/bench/bench.ts';
import { lengthIn } from '../../../state/modes/length.ts';

export const length = lengthIn(
  bench,
  ({ stop }) => stopText(stop),
  (text) => {
    const stop = stopFrom(text);
    return stop && { stop };
  },
);
