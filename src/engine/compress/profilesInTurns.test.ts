import { expect, it } from 'vitest';
import type { Profile } from '../../core/inspect/profile/profile.ts';
import type { ProfileRuns } from '../protocol.ts';
import { profilesInTurns } from './profilesInTurns.ts';

const [base, variant] = [new Blob(['base']), new Blob(['variant'])];

/** Profiles by script: which model was run, and how often. */
function scripted(wallMs: number) {
  const asked: [Blob, number][] = [];
  const profile = async (named: Blob, { warm, measured }: ProfileRuns) => {
    asked.push([named, warm + measured]);
    return { wallMs } as Profile;
  };
  return { asked, profile };
}

it('takes each model twice, in turns, as often as a first look says', async () => {
  const { asked, profile } = scripted(50);
  const found = await profilesInTurns([base, null, variant], () => {}, profile);
  expect(asked).toEqual([
    [base, 8],
    [base, 40],
    [variant, 40],
    [base, 40],
    [variant, 40],
  ]);
  expect(found.map(({ length }) => length)).toEqual([2, 0, 2]);
});

it('runs fast models no more than 90 times and slow ones no less than 18', async () => {
  for (const [wallMs, runs] of [
    [0.1, 90],
    [10_000, 18],
  ] as const) {
    const { asked, profile } = scripted(wallMs);
    await profilesInTurns([base], () => {}, profile);
    expect(asked[1]).toEqual([base, runs]);
  }
});

it('refuses a profile without runs', async () => {
  const { profile } = scripted(0);
  await expect(profilesInTurns([base], () => {}, profile)).rejects.toMatchObject({
    name: 'ProfileError',
  });
});
