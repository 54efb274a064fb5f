import * as v from 'valibot';

export const finite = v.pipe(v.number(), v.finite());
export const positive = v.pipe(finite, v.gtValue(0));
/** Durations, sizes and other amounts. */
export const amount = v.pipe(finite, v.minValue(0));
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const timestamp = v.pipe(v.string(), v.isoTimestamp());

/** JSON has no words for these, and sums and answers may hold them. */
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** As JSON can hold it. */
export const plainNumber = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? '-0'
      : String(value);

const special = v.pipe(
  v.picklist(Object.keys(SPECIAL)),
  v.transform((name) => SPECIAL[name] as number),
);

/** Any number that a computer can come to. */
export const anyNumber = v.union([v.number(), v.nan(), special]);

interface Column<A> {
  /** A typed array that needs no further conversion: what storage in the browser gives back. */
  readonly same: (value: unknown) => value is A;
  readonly from: (values: readonly number[]) => A;
  readonly allows: (value: number) => boolean;
  readonly must: string;
}

const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' ? SPECIAL[value] : undefined;

/**
 * A column of numbers, read in one go: a schema for each of a million samples would take seconds.
 */
function column<A extends ArrayLike<number>>({ same, from, allows, must }: Column<A>) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, A>(({ dataset: { value }, addIssue, NEVER }) => {
      const given = same(value) ? value : Array.isArray(value) ? value.map(asNumber) : null;
      if (given === null) {
        addIssue({ message: `must be a list of numbers but is ${nameOf(value)}` });
        return NEVER;
      }
      for (let i = 0; i < given.length; i++) {
        const number = given[i];
        if (number === undefined || !allows(number)) {
          const bad = (value as ArrayLike<unknown>)[i];
          addIssue({ message: `number ${i + 1} is ${nameOf(bad)} but must be ${must}` });
          return NEVER;
        }
      }
      return same(given) ? given : from(given as number[]);
    }),
  );
}

/** A value for a message; long ones by their kind. */
function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? `"${value.slice(0, 40)}"` : String(value);
}

const isDuration = (value: number) => Number.isFinite(value) && value >= 0;

export const durations = column({
  same: (value): value is Float64Array => value instanceof Float64Array,
  from: (values) => Float64Array.from(values),
  allows: isDuration,
  must: 'a number of 0 or more',
});

export const durations32 = column({
  same: (value): value is Float32Array => value instanceof Float32Array,
  from: (values) => Float32Array.from(values),
  allows: isDuration,
  must: 'a number of 0 or more',
});

/** Answers: models give whatever they like. */
export const values = column({
  same: (value): value is Float32Array | Float64Array =>
    value instanceof Float64Array || value instanceof Float32Array,
  from: (given): Float32Array | Float64Array => Float64Array.from(given),
  allows: () => true,
  must: 'a number',
});

export const values32 = column({
  same: (value): value is Float32Array => value instanceof Float32Array,
  from: (given) => Float32Array.from(given),
  allows: () => true,
  must: 'a number',
});

/** The shortest number that is the same in 32 bits. */
export function shortest32(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Object.is(Math.fround(rounded), value)) return rounded;
  }
  return value;
}
