/** What the compress page shows, derived from what was made. */
import type { Answers } from '../../core/compress/proof/proof.ts';
import type { Standing } from '../../core/compress/report/headline.ts';
import { variantKey } from '../../core/energy/calibration.ts';
import { type EnergyEstimate, estimateEnergy } from '../../core/energy/estimate.ts';
import type { Precision } from '../../core/models/model.ts';
import type { DrawnVariant } from '../../core/race/looks.ts';
import type { PairedRatio } from '../../core/stats/paired.ts';
import { medianOf } from '../../core/stats/quantiles.ts';
import type { Bytes, Milliseconds } from '../../core/units.ts';
import { energyBasis } from '../bench/selectors.ts';
import type { DeviceState } from '../device/device.ts';
import type { CompressState, Made, Part } from './compress.ts';
import type { CompressSource } from './compressSource.ts';

/** One line of the table and one mark of the chart; the original is the first. */
export interface VariantRow {
  readonly id: string;
  readonly title: string;
  /** By which it is drawn. */
  readonly variant: DrawnVariant;
  readonly precision: Precision;
  readonly pruned: boolean;
  readonly bytes: Bytes;
  /** Null for an original that has not been packed yet. */
  readonly gzip: Bytes | null;
  /** As its race measured it; for the original the median of its races. */
  readonly ms: Milliseconds | null;
  readonly speedup: PairedRatio | null;
  /**
   * The original's time divided by the paired speed-up: machines drift between races, so only
   * these times of several variants compare.
   */
  readonly heldMs: Milliseconds | null;
  readonly energy: EnergyEstimate | null;
  /** Null for the original, and until they were compared. */
  readonly answers: Answers | null;
  /** Null for the original. */
  readonly made: Made | null;
}

export const readyValue = <T>(part: Part<T>): T | null =>
  part.state === 'ready' ? part.value : null;

export const madeFrom = ({ made }: Pick<CompressState, 'made'>, { key }: CompressSource): Made[] =>
  made.filter(({ source }) => source === key);

/** The variant whose answers and layers are shown: the chosen one, else the newest. */
export function shownOf(
  state: Pick<CompressState, 'made' | 'shown'>,
  source: CompressSource,
): Made | null {
  const own = madeFrom(state, source);
  return own.find(({ id }) => id === state.shown) ?? own.at(-1) ?? null;
}

export function standingsOf(
  state: Pick<CompressState, 'made' | 'originals'>,
  source: CompressSource,
): Standing[] {
  const original = state.originals[source.key] ?? null;
  return madeFrom(state, source).map(({ answers, timing, ...made }) => ({
    ...made,
    original,
    answers: readyValue(answers),
    timing: readyValue(timing),
  }));
}

export function variantRows(
  state: Pick<CompressState, 'made' | 'originals'>,
  source: CompressSource,
  device: DeviceState,
): VariantRow[] {
  const own = madeFrom(state, source);
  const raced = own.flatMap(({ timing }) => readyValue(timing) ?? []);
  const originalMs = raced.length > 0 ? medianOf(raced.map((each) => each.originalMs)) : null;
  const { facts } = device;
  const energyOf = (
    ms: Milliseconds | null,
    variant: { readonly id: string; readonly precision: Precision; readonly bytes: Bytes },
  ): EnergyEstimate | null => {
    if (ms === null || !facts) return null;
    const { id, precision, bytes } = variant;
    const backend = { kind: 'wasm', threads: facts.threads } as const;
    const macs = source.model.macs ?? null;
    const key = variantKey(source.model, { id, bytes });
    const work = { ms, macs, bytes, precision, backend, variant: key };
    return estimateEnergy(work, energyBasis(device));
  };
  const first: VariantRow = {
    id: 'original',
    title: source.variant.title,
    variant: source.variant,
    precision: source.variant.precision,
    pruned: false,
    bytes: source.variant.bytes,
    gzip: state.originals[source.key]?.gzip ?? null,
    ms: originalMs,
    speedup: null,
    heldMs: originalMs,
    energy: energyOf(originalMs, source.variant),
    answers: null,
    made: null,
  };
  const others = own.map((made): VariantRow => {
    const timing = readyValue(made.timing);
    const heldMs = timing && originalMs !== null ? originalMs / timing.speedup.ratio : null;
    return {
      id: made.id,
      title: made.title,
      variant: { id: made.id, bytes: made.size.bytes, precision: made.precision },
      precision: made.precision,
      pruned: made.pruned,
      bytes: made.size.bytes,
      gzip: made.size.gzip,
      ms: timing?.variantMs ?? null,
      speedup: timing?.speedup ?? null,
      heldMs,
      energy: energyOf(heldMs, { ...made, bytes: made.size.bytes }),
      answers: readyValue(made.answers),
      made,
    };
  });
  return [first, ...others];
}
