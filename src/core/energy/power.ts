import type { Backend } from '../backends/backend.ts';
import { deviceKey, processorOf, sameBackend, threadsOf } from '../backends/backends.ts';
import type { Fraction, Interval, Watts } from '../units.ts';
import { activeWatts, type Calibration, type CalibrationRow, readingDoubt } from './calibration.ts';
import { fitsOf, foretold } from './fit.ts';
import { POWER_PRIORS } from './priors.ts';
import type { EnergyBasis, EnergyTier, EnergyWork } from './work.ts';

/** What a lane draws while it runs, and how well that is known. */
export interface Power {
  readonly tier: EnergyTier;
  /** The middle, above idle. */
  readonly watts: Watts;
  readonly marginal: Interval;
  /** The idle draw added. */
  readonly total: Interval;
}

/** A prior may be off by this factor, either way. */
export const PRIOR_FACTOR = { unknown: 3, class: 2 } as const;

/** Meters for the home are good to a few per cent at best, and so is RAPL against one. */
const METER: Fraction = 0.05;

/** A GPU adapter that the CPU plays is the CPU with all its cores. */
const realBackend = (backend: Backend, { softwareGpu, cores }: EnergyBasis): Backend =>
  processorOf(backend) === 'gpu' && softwareGpu ? { kind: 'wasm', threads: cores } : backend;

/** Watts above idle of a class of device. */
function priorWatts(backend: Backend, { device }: EnergyBasis): Watts {
  const prior = POWER_PRIORS[device];
  return processorOf(backend) === 'gpu'
    ? prior.gpu
    : Math.min(prior.cpuCap, threadsOf(backend) * prior.wattsPerThread);
}

function priorPower(backend: Backend, basis: EnergyBasis): Power {
  const tier = basis.device === 'unknown' ? 'unknown' : 'class';
  const watts = priorWatts(backend, basis);
  const factor = PRIOR_FACTOR[tier];
  const within = (value: Watts): Interval => ({ low: value / factor, high: value * factor });
  return {
    tier,
    watts,
    marginal: within(watts),
    total: within(watts + POWER_PRIORS[basis.device].idle),
  };
}

/** What was read may be this much off and still the interval must hold something. */
const MIN_LEFT = 0.1;

/** @param step of the meter, by half of which the idle reading may be off */
function readPower(
  tier: EnergyTier,
  watts: Watts,
  within: Fraction,
  idle: Watts,
  step: Watts,
): Power {
  const marginal = { low: watts * Math.max(MIN_LEFT, 1 - within), high: watts * (1 + within) };
  const doubt = Math.max(step / 2, idle * METER);
  return {
    tier,
    watts,
    marginal,
    total: {
      low: marginal.low + Math.max(0, idle - doubt),
      high: marginal.high + idle + doubt,
    },
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The very variant on the very backend was under the meter, once or several times. */
function measuredPower(rows: readonly CalibrationRow[], short: boolean): Power {
  const read = rows.map(activeWatts);
  const watts = mean(read);
  const spread = (Math.max(...read) - Math.min(...read)) / 2 / watts;
  const doubt = mean(rows.map(readingDoubt)) / Math.sqrt(rows.length);
  const within = Math.hypot(METER, doubt, spread) * (short ? 2 : 1);
  const idle = mean(rows.map(({ wattsIdle }) => wattsIdle));
  return readPower('measured', watts, within, idle, mean(rows.map(({ wattsStep }) => wattsStep)));
}

function calibratedPower(work: EnergyWork, calibration: Calibration, backend: Backend) {
  const { rows, short } = calibration;
  const own = rows.filter(
    (row) => row.variant === work.variant && sameBackend(row.backend, backend),
  );
  if (own.length > 0) return measuredPower(own, short);
  const fit = fitsOf(calibration).get(deviceKey(backend));
  if (!fit) return null;
  const perSecond = 1000 / work.ms;
  const said = foretold(fit, {
    threads: threadsOf(backend),
    macs: work.macs === null ? null : work.macs * perSecond,
    bytes: work.bytes === null ? null : work.bytes * perSecond,
  });
  if (!said) return null;
  const seen = fit.rows.map(({ row }) => row);
  const idle = mean(seen.map(({ wattsIdle }) => wattsIdle));
  const step = mean(seen.map(({ wattsStep }) => wattsStep));
  return readPower('calibrated', said.watts, said.within, idle, step);
}

/** The best that is known: this lane's own reading, a fit of others, or the class of the device. */
export function powerOf(work: EnergyWork, basis: EnergyBasis): Power {
  const backend = realBackend(work.backend, basis);
  const { calibration } = basis;
  const read = calibration && work.ms > 0 ? calibratedPower(work, calibration, backend) : null;
  return read ?? priorPower(backend, basis);
}
