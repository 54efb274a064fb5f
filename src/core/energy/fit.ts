import { backendKind, deviceKey, plainTitle, threadsOf } from '../backends/backends.ts';
import type { Fraction, Interval, Watts } from '../units.ts';
import { activeWatts, type Calibration, type CalibrationRow, readingDoubt } from './calibration.ts';
import { nnls } from './nnls.ts';

/**
 * What power above idle is made of: a part that is there as soon as anything runs (W), one for
 * each busy thread (W), one for each multiply-accumulate (J/MAC) and one for each byte (J/B).
 */
export const TERMS = ['base', 'thread', 'mac', 'byte'] as const;
export type Term = (typeof TERMS)[number];

/** One load beside what the fit says of it. */
export interface FittedRow {
  readonly row: CalibrationRow;
  /** Read, above idle, while inferences ran. */
  readonly read: Watts;
  readonly fitted: Watts;
  /** What a fit of all other loads says of it; null where there is only one. */
  readonly leftOut: Watts | null;
}

export interface PowerFit {
  /** Which backend and device, see `deviceKey`. */
  readonly key: string;
  /** "WASM" */
  readonly title: string;
  readonly threaded: boolean;
  /** 0 for terms that are not used. */
  readonly terms: Readonly<Record<Term, number>>;
  /** Terms that were let in, in the order of `TERMS`; one of them may still come out as 0. */
  readonly used: readonly Term[];
  readonly rows: readonly FittedRow[];
  /** The largest error of the fit for a load it had not seen, as a share; null with one load. */
  readonly worst: Fraction | null;
  /** Half of the interval, as a share of its middle. */
  readonly within: Fraction;
  /** Threads of the loads; on a GPU 1. */
  readonly threads: Interval;
}

/** What a fit needs to know of what runs. */
export interface Rates {
  readonly threads: number;
  /** Per second; null where not known. */
  readonly macs: number | null;
  readonly bytes: number | null;
}

/** Constant power times time is off systematically, whatever the fit says (arXiv 2510.12566). */
const MIN_WITHIN: Fraction = 0.2;
/** With one load nothing tells how far another one may be. */
const ONE_LOAD: Fraction = 0.5;
/** A meter that averages over seconds has not settled. */
const SHORT = 1.5;
/** A further term must bring the error of unseen loads below this share of what it was. */
const WORTH = 0.8;

const ratesOf = ({ backend, inferences, busySeconds, macs, bytes }: CalibrationRow): Rates => ({
  threads: threadsOf(backend),
  macs: macs === null ? null : (macs * inferences) / busySeconds,
  bytes: bytes === null ? null : (bytes * inferences) / busySeconds,
});

function amountOf(term: Term, { threads, macs, bytes }: Rates): number | null {
  switch (term) {
    case 'base':
      return 1;
    case 'thread':
      return threads;
    case 'mac':
      return macs;
    case 'byte':
      return bytes;
  }
}

type Weights = ReadonlyMap<Term, number>;

interface Point {
  readonly row: CalibrationRow;
  readonly read: Watts;
  readonly rates: Rates;
}

/** Weights that bring the relative errors' squares to their least. */
function weigh(points: readonly Point[], terms: readonly Term[]): Weights {
  const columns = terms.map((term) =>
    points.map(({ rates, read }) => (amountOf(term, rates) as number) / read),
  );
  const found = nnls(
    columns,
    points.map(() => 1),
  );
  return new Map(terms.map((term, i) => [term, found[i] as number]));
}

const sumOf = (weights: Weights, rates: Rates): Watts =>
  [...weights].reduce((sum, [term, weight]) => sum + weight * (amountOf(term, rates) ?? 0), 0);

const relative = ({ read }: Point, said: Watts) => Math.abs(said - read) / read;

function leaveOneOut(points: readonly Point[], terms: readonly Term[]): Watts[] {
  return points.map((out) => {
    const others = points.filter((point) => point !== out);
    return sumOf(weigh(others, terms), out.rates);
  });
}

/** Every set of terms that the loads could tell apart, the smaller sets first. */
function candidates(points: readonly Point[]): Term[][] {
  const varies = (term: Term) => {
    const amounts = points.map(({ rates }) => amountOf(term, rates));
    if (amounts.some((amount) => amount === null)) return false;
    return Math.max(...(amounts as number[])) > 0 && new Set(amounts).size > 1;
  };
  const usable = TERMS.filter((term) => term === 'base' || varies(term));
  const sets = Array.from({ length: 2 ** usable.length }, (_, bits) =>
    usable.filter((_term, i) => (bits >> i) & 1),
  );
  return sets
    .filter((set) => set.includes('base') || set.includes('thread'))
    .filter((set) => set.length === 1 || set.length < points.length)
    .sort((a, b) => a.length - b.length);
}

/** Of a column's length 1, what must be left beside the others: less is noise of the readings. */
const COLLINEAR = 0.05;

/** Whether the loads differ enough in what a set of terms counts. */
function distinct(points: readonly Point[], terms: readonly Term[]): boolean {
  return terms.every((term) => {
    const column = points.map(({ rates, read }) => (amountOf(term, rates) as number) / read);
    const others = terms
      .filter((other) => other !== term)
      .flatMap((other) => {
        const own = points.map(({ rates, read }) => (amountOf(other, rates) as number) / read);
        return [own, own.map((value) => -value)];
      });
    const weights = nnls(others, column);
    const rest = column.map((value, i) =>
      others.reduce((left, own, j) => left - (own[i] as number) * (weights[j] as number), value),
    );
    return Math.hypot(...rest) > COLLINEAR * Math.hypot(...column);
  });
}

/**
 * Fits what was read on one kind of backend. Which terms it has is decided by how well loads are
 * foretold that were left out; relative errors count, so that small loads count as much as large
 * ones.
 * @returns null where no load ran on this kind
 */
function fitPower(all: readonly CalibrationRow[], key: string, short: boolean) {
  const points = all
    .filter(({ backend }) => deviceKey(backend) === key)
    .map((row): Point => ({ row, read: activeWatts(row), rates: ratesOf(row) }));
  const [first] = points;
  if (!first) return null;
  let used: Term[] = ['base'];
  let leftOut = points.length > 1 ? leaveOneOut(points, used) : null;
  const squareOf = (said: readonly Watts[]) =>
    Math.hypot(...points.map((point, i) => relative(point, said[i] as number)));
  if (leftOut) {
    let least = squareOf(leftOut);
    for (const terms of candidates(points)) {
      if (!distinct(points, terms)) continue;
      const said = leaveOneOut(points, terms);
      const square = squareOf(said);
      if (square >= least * (terms.length > used.length ? WORTH : 1)) continue;
      [used, leftOut, least] = [terms, said, square];
    }
  }
  const weights = weigh(points, used);
  const worst = leftOut
    ? Math.max(...points.map((point, i) => relative(point, leftOut?.[i] as number)))
    : null;
  const doubt = Math.max(...points.map(({ row }) => readingDoubt(row)));
  const threads = points.map(({ rates }) => rates.threads);
  return {
    key,
    title: plainTitle(first.row.backend),
    threaded: backendKind(first.row.backend).threaded,
    terms: Object.fromEntries(
      TERMS.map((term) => [term, weights.get(term) ?? 0]),
    ) as PowerFit['terms'],
    used: TERMS.filter((term) => used.includes(term)),
    rows: points.map(({ row, read, rates }, i) => ({
      row,
      read,
      fitted: sumOf(weights, rates),
      leftOut: leftOut?.[i] ?? null,
    })),
    worst,
    within: Math.max(MIN_WITHIN, worst ?? ONE_LOAD, doubt) * (short ? SHORT : 1),
    threads: { low: Math.min(...threads), high: Math.max(...threads) },
  } satisfies PowerFit;
}

/** By `deviceKey`, for those on which a load ran. */
export type Fits = ReadonlyMap<string, PowerFit>;

/** Fitting is asked for with every redraw of a race; a calibration never changes. */
const known = new WeakMap<Calibration, Fits>();

export function fitsOf(calibration: Calibration): Fits {
  const before = known.get(calibration);
  if (before) return before;
  const { rows, short } = calibration;
  const keys = [...new Set(rows.map(({ backend }) => deviceKey(backend)))];
  const fits: Fits = new Map(
    keys.flatMap((key) => {
      const fit = fitPower(rows, key, short);
      return fit ? [[key, fit] as const] : [];
    }),
  );
  known.set(calibration, fits);
  return fits;
}

/** Beyond this many times the largest measured rate a fit is stretched too far to be trusted. */
const STRETCH = 1.5;

/**
 * Watts above idle of something that runs at these rates.
 * @returns the middle, and how far the truth may be from it, as a share; null where the loads ran
 *   with other numbers of threads only
 */
export function foretold(
  { terms, rows, within, threads }: PowerFit,
  rates: Rates,
): { readonly watts: Watts; readonly within: Fraction } | null {
  if (rates.threads < threads.low || rates.threads > threads.high) return null;
  const reads = rows.map(({ read }) => read);
  const [least, most] = [Math.min(...reads), Math.max(...reads)];
  const unknown =
    (terms.mac > 0 && rates.macs === null) || (terms.byte > 0 && rates.bytes === null);
  if (unknown) {
    // Somewhere among the loads; nobody knows where.
    const watts = (least + most) / 2;
    return { watts, within: Math.max(within, (most - watts) / watts + within) };
  }
  const said = sumOf(new Map(TERMS.map((term) => [term, terms[term]])), rates);
  // Something busy draws power, whatever a fit without a base says of little work.
  const watts = Math.max(said, least / 2);
  const largest = (term: 'macs' | 'bytes') =>
    Math.max(...rows.map(({ row }) => ratesOf(row)[term] ?? 0));
  const stretched =
    said < least / 2 ||
    (terms.mac > 0 && (rates.macs ?? 0) > STRETCH * largest('macs')) ||
    (terms.byte > 0 && (rates.bytes ?? 0) > STRETCH * largest('bytes'));
  return { watts, within: stretched ? within * STRETCH : within };
}
