/** Times of the nodes of several models, as comparable as a device lets them be. */
import { Fault } from '../../core/errors.ts';
import type { Profile } from '../../core/inspect/profile/profile.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { ProfileRuns, Progress } from '../protocol.ts';

/** What is spent on one profile, more or less. */
const PROFILE_MS: Milliseconds = 2000;
const FIRST_LOOK: ProfileRuns = { warm: 3, measured: 5 };
const MIN_RUNS = 18;
/** WASM is compiled better during dozens of runs. */
const MAX_RUNS = 90;
/** Times that a profile is taken, in turns with the others. */
const ROUNDS = 2;

function runsFor(wallMs: Milliseconds): ProfileRuns {
  if (!(wallMs > 0)) throw new Fault('ProfileError', 'The profile holds no runs.');
  const runs = Math.min(MAX_RUNS, Math.max(MIN_RUNS, Math.round(PROFILE_MS / wallMs)));
  const measured = Math.ceil(runs / 2);
  return { warm: runs - measured, measured };
}

/**
 * Profiles models in turns, so that a disturbance meets all of them alike.
 * @param models the first decides how often each is run; null where a form could not be made
 * @param profile takes one profile of a model whose nodes all have names
 * @returns in the order of the models
 * @throws Fault ProfileError where the first profile holds no runs; what `profile` rejects with
 */
export async function profilesInTurns(
  models: readonly [Blob, ...(Blob | null)[]],
  progress: Progress,
  profile: (named: Blob, runs: ProfileRuns) => Promise<Profile>,
): Promise<Profile[][]> {
  progress('Measuring each node', 0, 0);
  const runs = runsFor((await profile(models[0], FIRST_LOOK)).wallMs);
  const found: Profile[][] = models.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, named] of models.entries()) {
      progress('Measuring each node', round * models.length + i, ROUNDS * models.length);
      if (named) found[i]?.push(await profile(named, runs));
    }
  }
  return found;
}
