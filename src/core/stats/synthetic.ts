/** Series with known truths for tests: noise of every kind that measured times have. */
import { type Random, seededRandom } from '../tensors/random.ts';

/** Standard normal, by Box and Muller. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());

/** Standard normal values of which each resembles the one before by `rho`: AR(1). */
export function ar1(random: Random, count: number, rho: number): number[] {
  let noise = normal(random);
  return Array.from({ length: count }, () => {
    noise = rho * noise + Math.sqrt(1 - rho * rho) * normal(random);
    return noise;
  });
}

/** Factors on a time of 1 whose median is 1. */
export const NOISES = {
  independent: (random, count) => ar1(random, count, 0).map((x) => Math.exp(0.1 * x)),
  'AR(1) of 0.5': (random, count) => ar1(random, count, 0.5).map((x) => Math.exp(0.1 * x)),
  'AR(1) of 0.9': (random, count) => ar1(random, count, 0.9).map((x) => Math.exp(0.1 * x)),
  bimodal: (random, count) =>
    ar1(random, count, 0).map((x) => Math.exp(0.02 * x) * (random.unit() < 0.5 ? 0.8 : 1.25)),
  /** Cauchy in logarithms: neither mean nor variance exist. */
  'heavy tail': (random, count) =>
    Array.from({ length: count }, () =>
      Math.exp(0.02 * Math.tan(Math.PI * (0.999 * random.unit() - 0.4995))),
    ),
  spikes: (random, count) =>
    ar1(random, count, 0).map((x) => Math.exp(0.05 * x) * (random.unit() < 0.05 ? 10 : 1)),
} satisfies Record<string, (random: Random, count: number) => number[]>;

/** `count` factors of a kind of noise, by its name above. */
export const series = (kind: string, random: Random, count: number): number[] =>
  NOISES[kind as keyof typeof NOISES](random, count);

/** How many of `runs` seeded series, numbered from 1, are so. */
export const shareOf = (runs: number, so: (random: Random) => boolean): number =>
  Array.from({ length: runs }, (_, i) => so(seededRandom(i + 1))).filter(Boolean).length / runs;
