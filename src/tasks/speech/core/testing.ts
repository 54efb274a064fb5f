import type { SpeechTask } from './task.ts';

/** Silero VAD at 16 kHz. */
export const SILERO: SpeechTask = {
  kind: 'speech',
  input: 'input',
  stateInput: 'state',
  output: 'output',
  stateOutput: 'stateN',
  stateShape: [2, 1, 128],
  sampleRate: 16_000,
  frame: 512,
  context: 64,
  threshold: 0.5,
  release: 0.35,
};
