import type { ModeKind } from '../../../core/modes/mode.ts';

export const kind: ModeKind = {
  kind: 'live',
  title: 'Live',
  asks: 'What does it see, or hear, right now?',
  how: 'One or two lanes answer frame after frame from a camera, a microphone or a clip, as fast as this device can. You see what they answer, how long they take and where they disagree. Nothing leaves this device, and nothing is stored.',
  report: null,
};
