import type { Watts } from '../units.ts';

export type DeviceClass = 'phone' | 'laptop' | 'desktop' | 'unknown';

/** What a class of device draws, before anything was measured on this one. */
export interface PowerPrior {
  readonly title: string;
  /** Above idle, for each busy CPU thread. */
  readonly wattsPerThread: Watts;
  /** Above idle, the most that a whole CPU sustains. */
  readonly cpuCap: Watts;
  /** Above idle, a busy GPU. */
  readonly gpu: Watts;
  /** The device doing nothing, screen on. */
  readonly idle: Watts;
  readonly source: string;
}

/** 4 W for a thread of an unknown CPU is CodeCarbon's fallback; so is half the TDP for a chip. */
export const POWER_PRIORS: Readonly<Record<DeviceClass, PowerPrior>> = {
  phone: {
    title: 'Phone or tablet',
    wattsPerThread: 1,
    cpuCap: 4,
    gpu: 2.5,
    idle: 1,
    source:
      'A phone can dissipate about 4 W for long; a quarter of that for each of four busy cores.',
  },
  laptop: {
    title: 'Laptop',
    wattsPerThread: 4,
    cpuCap: 20,
    gpu: 12,
    idle: 6,
    source:
      '4 W per busy thread (CodeCarbon’s fallback), at most the 15 to 28 W of a laptop chip; GPU: half of a 25 W share.',
  },
  desktop: {
    title: 'Desktop',
    wattsPerThread: 4,
    cpuCap: 65,
    gpu: 75,
    idle: 40,
    source:
      '4 W per busy thread (CodeCarbon’s fallback), at most 65 W; GPU: half of a 150 W card (CodeCarbon’s 50% of TDP).',
  },
  unknown: {
    title: 'Not known',
    wattsPerThread: 4,
    cpuCap: 20,
    gpu: 12,
    idle: 6,
    source: '4 W per busy thread (CodeCarbon’s fallback for an unknown CPU).',
  },
};
