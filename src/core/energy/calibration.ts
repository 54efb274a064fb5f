import * as v from 'valibot';
import { exactBackendTitle } from '../backends/backends.ts';
import { BackendSchema } from '../backends/schema.ts';
import { Fault } from '../errors.ts';
import type { Watts } from '../units.ts';

/** How the user reads power. */
export const METER_KINDS = ['plug', 'powermetrics', 'rapl', 'profiler', 'battery'] as const;
export type MeterKind = (typeof METER_KINDS)[number];

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const atLeast0 = v.pipe(v.number(), v.finite(), v.minValue(0));

const RowSchema = v.pipe(
  v.object({
    /** What ran, for people: "Digits fp32". */
    load: v.string(),
    /** Which variant of which model, see `variantKey`; a probe has none. */
    variant: v.nullable(v.string()),
    backend: BackendSchema,
    /** From the load's begin to its end. */
    wallSeconds: positive,
    /** The part of it inside inferences; between them the device only waits. */
    busySeconds: positive,
    inferences: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Multiply-accumulates of one inference; null where not known. */
    macs: v.nullable(atLeast0),
    /** Bytes that one inference moves at least; null where not known. */
    bytes: v.nullable(atLeast0),
    /** As read with the device doing nothing. */
    wattsIdle: positive,
    /** As read while it ran. */
    wattsBusy: positive,
    /** The step in which the meter shows power. */
    wattsStep: atLeast0,
  }),
  v.check(
    ({ wattsIdle, wattsBusy }) => wattsBusy > wattsIdle,
    'Busy watts must exceed idle watts.',
  ),
);

/** A newer one is refused; older ones are brought up to it (there are none yet). */
const VERSION = 1;

export const CalibrationSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  /** What it was measured on, see `deviceIdentity`. */
  device: v.string(),
  meter: v.picklist(METER_KINDS),
  /** The loads ran for less than 30 s: too little for a meter to settle. */
  short: v.boolean(),
  /** ISO 8601. */
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  rows: v.pipe(v.array(RowSchema), v.minLength(1)),
});

/** One load while which power was read. */
export type CalibrationRow = Readonly<v.InferOutput<typeof RowSchema>>;

/** All that the user measured in one go. Facts only: the fit is derived from them. */
export type Calibration = Readonly<v.InferOutput<typeof CalibrationSchema>>;

const FileSchema = v.object({
  kind: v.literal('inferometer-energy'),
  version: v.number(),
  calibrations: v.array(CalibrationSchema),
});

/** Calibrations as a file that another browser can read. */
export function calibrationFile(calibrations: readonly Calibration[]): string {
  return JSON.stringify({ kind: 'inferometer-energy', version: VERSION, calibrations }, null, 2);
}

/** @throws Fault CalibrationError: no such file, a newer one, or what in it is wrong */
export function readCalibrations(text: string): readonly Calibration[] {
  const fail = (why: string): never => {
    throw new Fault('CalibrationError', why);
  };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return fail('This file is not JSON.');
  }
  const head = v.safeParse(
    v.object({ kind: v.literal('inferometer-energy'), version: v.number() }),
    data,
  );
  if (!head.success) return fail('This file does not contain energy calibrations.');
  const { version } = head.output;
  if (version > VERSION) {
    return fail(
      `This file has version ${version}, but this page reads versions up to ${VERSION}. Reload the page for its latest version.`,
    );
  }
  const read = v.safeParse(FileSchema, data);
  if (read.success) return read.output.calibrations;
  const [issue] = read.issues;
  return fail(`This file is damaged at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`);
}

/** What a calibration belongs to: another GPU, system or number of cores draws other power. */
export function deviceIdentity(userAgent: string, gpu: string, cores: number): string {
  // The first bracket names the system; versions of browsers come and go on the same device.
  const system = /\(([^)]*)\)/.exec(userAgent)?.[1] ?? 'unnamed system';
  return `${system.replaceAll(/; rv:[\d.]+/g, '')}; ${gpu}; ${cores} cores`;
}

/**
 * Which file ran: variants of different models share ids, and a file that was made anew under the
 * same name has another size.
 */
export const variantKey = (
  model: { readonly id: string },
  variant: { readonly id: string; readonly bytes: number },
): string => `${model.id}/${variant.id}/${variant.bytes}`;

/** Power above idle while an inference runs: what was read also spans the gaps between them. */
export const activeWatts = ({
  wattsIdle,
  wattsBusy,
  wallSeconds,
  busySeconds,
}: CalibrationRow): Watts =>
  ((wattsBusy - wattsIdle) * wallSeconds) / Math.min(busySeconds, wallSeconds);

/** Half a step of each of two readings, as a share of their difference. */
export const readingDoubt = ({ wattsIdle, wattsBusy, wattsStep }: CalibrationRow): number =>
  wattsStep / (wattsBusy - wattsIdle);

export const rowTitle = ({ load, backend }: CalibrationRow): string =>
  `${load}, ${exactBackendTitle(backend)}`;
