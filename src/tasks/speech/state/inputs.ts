import { bench } from '../../../state/bench/bench.ts';
import { type TaskInputs, taskOf } from '../../../state/bench/taskInputs.ts';
import { chooseClip, takeSound } from '../../../state/media/sounds.ts';
import { streamFeeds } from '../core/stream.ts';

/**
 * A clip, or sound of the user's own. One frame of it is timed; after the rounds every lane hears
 * all of it in turn, each with its own memory.
 */
export const speechInputs: TaskInputs = {
  selected: async (model) => {
    if (!bench.getState().sound.sound) await chooseClip(model, 0);
  },
  dropped: {
    says: 'Drop a sound file for the lanes to hear, or .onnx files to race them',
    take: takeSound,
  },
  ready: ({ sound }) => sound.sound !== null,
  one: (_, { sound: { sound } }) => {
    if (!sound) throw new RangeError('There is no sound to race on yet.');
    return () => sound.timed;
  },
  race: async (model, state) => {
    const { sound } = state.sound;
    const feeds = speechInputs.one(model, state);
    bench.setState({ racedSound: sound });
    return {
      stop: state.stop,
      feeds,
      checks: async () => streamFeeds(taskOf(model, 'speech'), sound?.frames ?? []),
      labels: sound?.labels ? { check: sound.labels } : {},
    };
  },
  says: ({ clips }, { sound: { from } }) => {
    switch (from.kind) {
      case 'clip':
        return `clip: ${clips?.[from.index]?.title}`;
      case 'own':
        return 'sound of one’s own';
      case 'recorded':
        return 'a recording';
      default:
        return from satisfies never;
    }
  },
};
