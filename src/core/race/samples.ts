import type { LaneRecord } from './record.ts';

/** All timings of a lane from a turn on, in the order taken, in milliseconds per inference. */
export function samplesFrom({ turns }: LaneRecord, first: number): Float64Array {
  const kept = turns.slice(first);
  const samples = new Float64Array(kept.reduce((sum, { ms }) => sum + ms.length, 0));
  let offset = 0;
  for (const { ms } of kept) {
    samples.set(ms, offset);
    offset += ms.length;
  }
  return samples;
}
