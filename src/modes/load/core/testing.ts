/** Loads served by a lane that takes as long as a script says, on a clock that only it moves. */

import { type ServedTimes, type ServeRequest, serveRequests } from '../../../core/session/serve.ts';
import type { Milliseconds } from '../../../core/units.ts';
import { poissonArrivals } from './arrivals.ts';
import type { LoadPoint } from './record.ts';

export function scriptedServer(service: (request: number) => Milliseconds, late = 0) {
  // Not 0, since no clock starts with its measurement.
  let now = 5000;
  let served = 0;
  return {
    clock: () => now,
    until: (moment: Milliseconds) => {
      now = Math.max(now, moment + late);
    },
    run: async () => {
      now += service(served++);
    },
  };
}

export const serveScripted = (
  request: ServeRequest,
  service: (request: number) => Milliseconds,
  late = 0,
): Promise<ServedTimes> => serveRequests(request, scriptedServer(service, late));

/** A point at a rate, served in constant time. */
export async function pointAt(
  perSecond: number,
  serviceMs: Milliseconds,
  seconds: number,
  seed = 1,
): Promise<LoadPoint> {
  const within = 1000 * seconds;
  const at = poissonArrivals(perSecond, within, seed);
  const times = await serveScripted({ within, arrivals: { kind: 'open', at } }, () => serviceMs);
  const waiting = times.arrived.length - times.ended.length;
  return { arrivals: { kind: 'open', perSecond }, seconds, ...times, waiting };
}

export async function pointOf(
  clients: number,
  serviceMs: Milliseconds,
  seconds: number,
): Promise<LoadPoint> {
  const arrivals = { kind: 'closed', clients } as const;
  const times = await serveScripted({ within: 1000 * seconds, arrivals }, () => serviceMs);
  return { arrivals, seconds, ...times, waiting: times.arrived.length - times.ended.length };
}

/** One server that loses no time between requests: Lindley's recursion (1952). */
export function idealQueue(
  arrived: ArrayLike<Milliseconds>,
  service: ArrayLike<Milliseconds>,
): { started: Float64Array; ended: Float64Array } {
  const started = new Float64Array(service.length);
  const ended = new Float64Array(service.length);
  let free = 0;
  for (let i = 0; i < service.length; i++) {
    started[i] = Math.max(arrived[i] as number, free);
    free = (started[i] as number) + (service[i] as number);
    ended[i] = free;
  }
  return { started, ended };
}
