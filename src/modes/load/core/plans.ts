/** How long each load is served. */
export type LoadLength = 'short' | 'usual' | 'long';

/** At once, one after the other. */
export const CLIENTS = [1, 2, 4, 8] as const;

interface LoadPlan {
  /** Shares of what one client gets answered. */
  readonly loads: readonly number[];
  /** Each load. */
  readonly seconds: number;
  /** Each number of clients: their latency varies little. */
  readonly clientSeconds: number;
}

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((tenths) => tenths / 10);

export const LOAD_PLANS: Readonly<Record<LoadLength, LoadPlan>> = {
  short: { loads: [0.2, 0.4, 0.6, 0.8, 0.9, 1.1], seconds: 2, clientSeconds: 1 },
  usual: { loads: TENTHS, seconds: 5, clientSeconds: 2 },
  long: { loads: TENTHS, seconds: 15, clientSeconds: 4 },
};

/** How long a sweep takes, once the lane is warm. */
export function sweepSeconds(length: LoadLength): number {
  const { loads, seconds, clientSeconds } = LOAD_PLANS[length];
  return loads.length * seconds + CLIENTS.length * clientSeconds;
}
