import type { Backend } from '../backends/backend.ts';
import type { LaneFigures } from '../figures/figures.ts';
import { type Probe, productProbe } from '../inspect/roofline/probes.ts';
import type { Lane } from '../race/lane.ts';
import type { DoubledWork } from './races.ts';
import { ratioTo } from './twins.ts';

/**
 * 0.13 G multiply-accumulates, on one thread some 15 ms on a laptop and 50 on a slow phone: what surrounds a
 * run, some 0.1 ms, moves the ratio by no more than a hundredth. All of it fits a cache of 1 MB,
 * so the longer chain waits for memory no more often than the shorter one.
 */
const SIZE = 256;
const PRODUCTS = 8;

/** The reference is the longer chain: its time over the shorter one's is 2. */
export const DOUBLED: Readonly<Record<'long' | 'short', Probe>> = {
  long: productProbe('fp32', SIZE, 2 * PRODUCTS),
  short: productProbe('fp32', SIZE, PRODUCTS),
};

export function doubledLanes(backend: Backend): Lane[] {
  return Object.entries(DOUBLED).map(([id, { title }]) => ({
    id,
    variant: { id, title, precision: 'fp32', bytes: 0, source: { kind: 'dropped', file: id } },
    backend,
    reference: id === 'long',
  }));
}

export function doubledWork(figures: readonly LaneFigures[]): DoubledWork {
  const median = (id: string) => figures.find(({ lane }) => lane.id === id)?.steady?.median ?? null;
  return { ratio: ratioTo(figures, 'short'), short: median('short'), long: median('long') };
}
