import { createStore } from 'zustand/vanilla';
import { secondsLength } from '../../../state/modes/length.ts';
import type { SustainedSettings } from '../core/record.ts';

/** NaN while what is typed is no number. */
export type SustainedOptions = Pick<SustainedSettings, 'seconds' | 'deadlineMs'>;

export const options = createStore<SustainedOptions>(() => ({ seconds: 120, deadlineMs: 16 }));

export const length = secondsLength(options);
