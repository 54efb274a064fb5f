import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'live',
  title: 'Live',
  asks: 'What does it see, or hear, right now?',
  how: 'One or two lanes answer frame after frame of a camera, a microphone or a clip, at the rate that this device manages. You see what they say, how long they take and where they disagree. Nothing leaves this device, and nothing is stored.',
  report: null,
};
