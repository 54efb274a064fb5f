/** Steps that read well: 1, 2 or 5 times a power of ten. */
const STEPS = [1, 2, 5] as const;

function linear(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((multiple) => multiple * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function logarithmic(low: number, high: number): number[] {
  const decades = Math.log10(high / low);
  const multiples = decades > 2.5 ? [1] : decades > 1.2 ? [1, 3] : STEPS;
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    ticks.push(...multiples.map((multiple) => multiple * 10 ** power));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Between three and seven places for an axis' labels, all inside it. */
export function niceTicks(low: number, high: number, log: boolean): number[] {
  if (!(high > low)) return [low];
  return log ? logarithmic(low, high) : linear(low, high);
}

/** The next number with two significant digits, so that an axis' end stands still for a while. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 0;
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / step) * step;
}
