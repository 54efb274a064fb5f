import type { Milliseconds } from '../units.ts';

/** What comes while a lane serves for a time. */
export interface ServeRequest {
  readonly within: Milliseconds;
  readonly arrivals: /** Moments from the begin, ascending. */
    | { readonly kind: 'open'; readonly at: Float64Array }
    | { readonly kind: 'closed'; readonly clients: number };
}

/**
 * One number for each request, in the order of arrival, in milliseconds from the begin. Requests
 * that came and were not served are the last of `arrived`.
 */
export interface ServedTimes {
  readonly arrived: Float64Array;
  readonly started: Float64Array;
  readonly ended: Float64Array;
}

/** What serving needs from the thread that it runs on. */
export interface Server {
  readonly clock: () => Milliseconds;
  /** Comes back at this moment of the clock, or a little later. */
  readonly until: (moment: Milliseconds) => void | Promise<void>;
  /** One inference. */
  readonly run: () => Promise<unknown>;
}

/**
 * Serves requests one at a time, in the order in which they come. A request comes when its moment
 * is there, also while the lane is busy, and its latency counts from then on: whoever starts the
 * clock when the server is free leaves out the very waiting that load causes (coordinated omission;
 * Gil Tene, How NOT to Measure Latency, 2013).
 *
 * When the time is over no further request is begun; the one under way is finished.
 */
export async function serveRequests(
  { within, arrivals }: ServeRequest,
  { clock, until, run }: Server,
): Promise<ServedTimes> {
  const arrived: Milliseconds[] = [];
  const started: Milliseconds[] = [];
  const ended: Milliseconds[] = [];
  const comes = (i: number): Milliseconds => {
    if (arrivals.kind === 'open') return arrivals.at[i] ?? Number.POSITIVE_INFINITY;
    // A client asks again as soon as it has its answer.
    return i < arrivals.clients ? 0 : (ended[i - arrivals.clients] ?? Number.POSITIVE_INFINITY);
  };
  const begin = clock();
  for (let i = 0; ; i++) {
    const at = comes(i);
    if (at >= within) break;
    if (clock() - begin < at) await until(begin + at);
    const now = clock() - begin;
    if (now >= within) break;
    await run();
    arrived.push(at);
    started.push(now);
    ended.push(clock() - begin);
  }
  // Those who wait in vain.
  for (let i = ended.length; comes(i) < within; i++) arrived.push(comes(i));
  return {
    arrived: Float64Array.from(arrived),
    started: Float64Array.from(started),
    ended: Float64Array.from(ended),
  };
}
