import type { Fraction, Milliseconds } from '../../../core/units.ts';

/** Means of what a server does with each request. */
export interface Service {
  readonly mean: Milliseconds;
  /** Mean of the squares, ms². */
  readonly square: number;
}

export function serviceOf(times: ArrayLike<Milliseconds>): Service {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < times.length; i++) {
    const each = times[i] as number;
    sum += each;
    squares += each * each;
  }
  return { mean: sum / times.length, square: squares / times.length };
}

/** The offered load in Erlang: the share of the time that the requests keep one server busy. */
export const offeredLoad = (perSecond: number, { mean }: Service): Fraction =>
  (perSecond * mean) / 1000;

/**
 * Mean latency of one server with Poisson arrivals and any service times, waiting included: the
 * formula of Pollaczek and Khinchine, W = λ E[S²] / (2 (1 - ρ)) + E[S] (Kleinrock, Queueing
 * Systems, volume 1, section 5.6). With equal service times it is that of M/D/1.
 *
 * @returns Infinity from a load of 1 on, where the queue grows without end
 */
export function expectedLatency(perSecond: number, service: Service): Milliseconds {
  const load = offeredLoad(perSecond, service);
  if (load >= 1) return Number.POSITIVE_INFINITY;
  return service.mean + ((perSecond / 1000) * service.square) / (2 * (1 - load));
}
