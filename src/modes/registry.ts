/** All modes that the page has, in the order in which they are offered. */
import type { ModeSlice } from '../ui/bench/modes/slice.ts';
import { batches } from './batches/index.ts';
import { live } from './live/index.ts';
import { load } from './load/index.ts';
import { race } from './race/index.ts';
import { sustained } from './sustained/index.ts';

export const MODES: readonly ModeSlice[] = [
  race, //
  sustained,
  load,
  batches,
  live,
];
