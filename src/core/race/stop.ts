import type { Stop } from './race.ts';

/** What ends a race that somebody chose to end so. */
export type ChosenStop = Exclude<Stop, { readonly kind: 'sweep' }>;

/** An hour, and more rounds than anybody waits for: what comes from an address may be anything. */
const LIMIT = 3600;

/** In an address or a list: "enough-30", "seconds-4", "rounds-200". */
export const stopText = (stop: ChosenStop): string =>
  `${stop.kind}-${stop.kind === 'rounds' ? stop.rounds : stop.seconds}`;

/** The way back; null where the text says nothing that could be run. */
export function stopFrom(text: string): ChosenStop | null {
  const [, kind, digits] = /^(enough|seconds|rounds)-(\d{1,4})$/.exec(text) ?? [];
  const amount = Number(digits);
  if (!(amount >= 1 && amount <= LIMIT)) return null;
  if (kind === 'rounds') return { kind, rounds: amount };
  return { kind: kind === 'enough' ? kind : 'seconds', seconds: amount };
}
