import type { Model } from '../../../core/models/model.ts';
import type { TaskState } from '../../../state/bench/taskState.ts';
import { type SoundFacts, speechModel } from '../core/kind.ts';
import { streamFeeds } from '../core/stream.ts';
import { chooseClip, sounds, takeSound } from './sounds.ts';

const one: TaskState['one'] = () => {
  const { sound } = sounds.getState().input;
  if (!sound) throw new RangeError('There is no sound to race on yet.');
  return () => sound.timed;
};

function facts(model: Model): SoundFacts {
  const { from } = sounds.getState().input;
  if (from.kind !== 'clip') return { kind: from.kind };
  return { kind: 'clip', title: speechModel(model).clips?.[from.index]?.title ?? '' };
}

/** Chooses the clip of a report's race; the user's own sound is in no report. */
async function recall(model: Model, found: SoundFacts | null): Promise<void> {
  if (found?.kind !== 'clip') return;
  const clips = speechModel(model).clips ?? [];
  const index = clips.findIndex(({ title }) => title === found.title);
  if (index >= 0) await chooseClip(model, index);
}

/**
 * A clip, or sound of the user's own. One frame of it is timed; after the rounds every lane hears
 * all of it in turn, each with its own memory.
 */
export default {
  subscribe: (listener) => sounds.subscribe(listener),
  selected: async (model) => {
    if (!sounds.getState().input.sound) await chooseClip(model, 0);
  },
  dropped: {
    says: 'Drop a sound file for the lanes to hear, or .onnx files to race them',
    take: takeSound,
  },
  ready: () => sounds.getState().input.sound !== null,
  one,
  race: async (model, state) => {
    const { sound } = sounds.getState().input;
    const feeds = one(model, state);
    sounds.setState({ raced: sound });
    return {
      stop: state.stop,
      feeds,
      checks: async () => streamFeeds(speechModel(model).task, sound?.frames ?? []),
      labels: sound?.labels ? { check: sound.labels } : {},
    };
  },
  facts,
  recall,
} satisfies TaskState<SoundFacts>;
