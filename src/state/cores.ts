import { createStore } from 'zustand/vanilla';

/**
 * Who measures now, or null. Two things that run at once would measure each other, so only one
 * may: a race, a profile, a compression, a calibration, a self-test.
 */
export interface CoresState {
  /** As a sentence: "A model is being compressed." */
  readonly taken: string | null;
}

export const cores = createStore<CoresState>(() => ({ taken: null }));

/**
 * Runs a task that has the device to itself.
 * @param why what holds the cores meanwhile, as a sentence
 * @returns false at once, with nothing run, where something else holds them
 * @throws what the task throws
 */
export async function withCores(why: string, task: () => Promise<void>): Promise<boolean> {
  if (cores.getState().taken !== null) return false;
  cores.setState({ taken: why });
  try {
    await task();
    return true;
  } finally {
    cores.setState({ taken: null });
  }
}
