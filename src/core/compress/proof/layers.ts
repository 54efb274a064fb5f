import type { OutputTensor } from '../../tensors/tensors.ts';
import type { Decibel } from '../../units.ts';
import type { LayerError } from './proof.ts';
import type { ShadowProbe } from './shadow.ts';

/** Signal to noise ratio of sums of squares; null where the signal itself overflows. */
function decibels(signal: number, noise: number): Decibel | null {
  if (!Number.isFinite(signal)) return null;
  // NaN in the variant alone is no signal at all.
  if (!Number.isFinite(noise)) return Number.NEGATIVE_INFINITY;
  if (noise === 0) return Number.POSITIVE_INFINITY;
  return 10 * Math.log10(signal / noise);
}

/** Adds up what runs of a shadow model tell, over any number of inputs. */
export class LayerTally {
  private readonly probes: readonly ShadowProbe[];
  private readonly sums = new Map<string, number>();

  constructor(probes: readonly ShadowProbe[]) {
    this.probes = probes;
  }

  /** @param outputs of one run */
  add(outputs: readonly OutputTensor[]): void {
    for (const { name, data } of outputs) {
      this.sums.set(name, (this.sums.get(name) ?? 0) + (data[0] ?? 0));
    }
  }

  /** In the order of the original; tensors that overflow in the original are left out. */
  result(): LayerError[] {
    return this.probes.flatMap(({ tensor, title, operator, signal, noise, alone }) => {
      const sum = (name: string) => this.sums.get(name) ?? 0;
      const sqnr = decibels(sum(signal), sum(noise));
      if (sqnr === null) return [];
      const own = alone === null ? null : decibels(sum(signal), sum(alone));
      return [{ tensor, title, operator, sqnr, alone: own }];
    });
  }
}
