import type { Bytes, Fraction, Interval, Milliseconds } from './units.ts';

const MISSING = '–';

/** Building a formatter costs far more than using it, and figures are printed by the hundred. */
const DECIMALS = Array.from(
  { length: 7 },
  (_, digits) =>
    new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

const fixed = (value: number, decimals: number) =>
  (DECIMALS[decimals] as Intl.NumberFormat).format(value);

/** Three significant digits without exponent: 0.0412, 3.10, 412, 20,400. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return MISSING;
  if (value === 0) return '0';
  // Rounded first: 0.9996 has one digit before the point, not none.
  const rounded = Number(value.toPrecision(3));
  return fixed(rounded, Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))))));
}

/** A whole number with thousands separated. */
export function count(value: number): string {
  return fixed(Math.round(value), 0);
}

/** Large counts: 96782 as "96.8 k", 6.9e6 as "6.90 M"; whole ones up to 999 as they are. */
export function short(value: number): string {
  if (value >= 999.5e9) return `${figure(value / 1e12)} T`;
  if (value >= 999.5e6) return `${figure(value / 1e9)} G`;
  if (value >= 999_500) return `${figure(value / 1e6)} M`;
  if (value >= 999.5) return `${figure(value / 1e3)} k`;
  return Number.isInteger(value) ? count(value) : figure(value);
}

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const text = ({ value, unit }: Quantity): string => `${value} ${unit}`;

/** Times under a microsecond do not occur here; from 1,000 ms (as printed) on seconds read better. */
export function durationParts(ms: Milliseconds): Quantity {
  return ms >= 999.5 ? { value: figure(ms / 1000), unit: 's' } : { value: figure(ms), unit: 'ms' };
}

export function duration(ms: Milliseconds): string {
  return text(durationParts(ms));
}

/** "0.221 to 0.226 ms", and "950 ms to 1.20 s" where the ends have different units. */
export function between({ low, high }: Interval): string {
  const [from, to] = [durationParts(low), durationParts(high)];
  return `${from.value}${from.unit === to.unit ? '' : ` ${from.unit}`} to ${duration(high)}`;
}

/** Decimal units (1 MB = 10^6 bytes), as file managers and network tools print them. */
export function bytesParts(bytes: Bytes): Quantity {
  if (bytes < 999.5) return { value: count(bytes), unit: 'B' };
  if (bytes < 999_500) return { value: figure(bytes / 1e3), unit: 'KB' };
  if (bytes < 999.5e6) return { value: figure(bytes / 1e6), unit: 'MB' };
  return { value: figure(bytes / 1e9), unit: 'GB' };
}

export function bytes(value: Bytes): string {
  return text(bytesParts(value));
}

/**
 * A share in per cent. 100% and 0% are printed only when they are exact, because "100%" of
 * 2,000 images with one miss would be a lie by rounding.
 */
export function percent(share: Fraction): string {
  if (!Number.isFinite(share)) return MISSING;
  if (share === 1) return '100%';
  if (share === 0) return '0%';
  const rounded = Math.min(99.9, Math.max(0.1, Math.round(share * 1000) / 10));
  return `${rounded.toFixed(1)}%`;
}

const TWO_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** Two significant digits, for what is not known better: 1.7, 24, 130. */
export const roughly = (value: number): string => TWO_DIGITS.format(value);

/** Of fewer than this a percentage would look finer than it is. */
export const isFew = (of: number): boolean => of < 40;

/** "99.0%", or "10 of 11" where there are few. */
export const shareOf = (some: number, of: number): string =>
  isFew(of) ? `${some} of ${of}` : percent(some / of);

/** "3–12": two significant digits, since an interval's ends are never known better. */
export function range({ low, high }: Interval): string {
  const [from, to] = [roughly(low), roughly(high)];
  return from === to ? from : `${from}–${to}`;
}

/** "1.46×" */
export function ratio(value: number): string {
  return `${figure(value)}×`;
}

/** "one", "one and two", "one, two and three". */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Memory chips as they are sold, in powers of two: "about 16 GB". Browsers round and cap it. */
export const memoryChips = (size: Bytes): string =>
  `about ${Number((size / 2 ** 30).toPrecision(2))} GB`;

/** "45 seconds", "a minute", "2 minutes", "2.5 minutes" */
export function spell(ms: Milliseconds): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 6) / 10;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** "0:48", "12:05" */
export function clockTime(ms: Milliseconds): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "2,400 per s", "3.2 per s" */
export const rate = (perSecond: number): string =>
  `${perSecond >= 100 ? count(Number(perSecond.toPrecision(3))) : figure(perSecond)} per s`;

/** What somebody typed, to the digit: "16", "16.67". */
export const asTyped = (value: number): string =>
  value.toLocaleString('en', { maximumSignificantDigits: 6 });
