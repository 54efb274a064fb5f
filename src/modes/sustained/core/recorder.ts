import type { Pressure } from '../../../core/conditions/conditions.ts';
import type { ErrorFacts, RaceEvent } from '../../../core/race/events.ts';
import { addFidelity, compareOutputs, NOTHING_COMPARED } from '../../../core/race/fidelity.ts';
import type { Lane } from '../../../core/race/lane.ts';
import { INCOMPARABLE } from '../../../core/race/record.ts';
import type { LaneOpened } from '../../../core/session/runner.ts';
import type { OutputTensor } from '../../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { SustainedRecord, SustainedSlice } from './record.ts';

/** A slice ends with the first turn that makes it this long. */
export const SLICE_MS: Milliseconds = 1000;

/**
 * Folds the events of a race of one lane into slices. Samples are kept as float32: 4 bytes each,
 * and no more of them than one in 25 clock steps, since shorter inferences are timed in batches:
 * at most 20 MB in ten minutes at Chromium's 5 µs.
 */
export class SustainedRecorder {
  private readonly lane: Lane;
  private opened: LaneOpened | null = null;
  private coldMs: Milliseconds | null = null;
  private readonly slices: SustainedSlice[] = [];
  private readonly pressures: { at: Milliseconds; state: Pressure }[] = [];
  private first: readonly OutputTensor[] | null = null;
  private repeats = NOTHING_COMPARED;
  private excluded = 0;
  private died: ErrorFacts | null = null;
  /** Turns of the slice that is still growing. */
  private open: Float64Array[] = [];
  private openBatch = 1;
  private openedAt: Milliseconds = 0;
  private latest: Milliseconds = 0;

  constructor(lane: Lane) {
    this.lane = lane;
  }

  apply(event: RaceEvent): void {
    switch (event.kind) {
      case 'opened':
        this.opened = event.opened;
        break;
      case 'cold':
        this.coldMs = event.ms;
        break;
      case 'turn':
        this.add(event.at, event.batch, event.ms);
        break;
      case 'scored':
        this.compare(event.outputs[0] ?? []);
        break;
      case 'repeated':
        this.compare(event.outputs);
        break;
      case 'excluded':
        // What follows a pause is no neighbour of what came before it.
        this.close();
        this.excluded += 1;
        break;
      case 'died':
        this.died = event.error;
        break;
      default:
    }
  }

  /** @param at from the begin of the run */
  press(at: Milliseconds, state: Pressure): void {
    this.pressures.push({ at, state });
  }

  /** Closed slices; with `whole`, the one that is growing too. */
  snapshot(whole: boolean): SustainedRecord {
    if (whole) this.close();
    const { lane, opened, coldMs, repeats, excluded, died } = this;
    const pressure = [...this.pressures];
    const slices = [...this.slices];
    return { lane, opened, coldMs, slices, pressure, repeats, excluded, died };
  }

  /** The first answer is what the others are held against. */
  private compare(outputs: readonly OutputTensor[]): void {
    if (this.first) {
      const again = compareOutputs(outputs, this.first) ?? INCOMPARABLE;
      this.repeats = addFidelity(this.repeats, again);
    }
    this.first ??= outputs;
  }

  private add(at: Milliseconds, batch: number, ms: Float64Array): void {
    if (batch !== this.openBatch) this.close();
    const began = at - batch * ms.reduce((sum, each) => sum + each, 0);
    if (this.open.length === 0) this.openedAt = began;
    this.openBatch = batch;
    this.open.push(ms);
    this.latest = at;
    if (at - this.openedAt >= SLICE_MS) this.close();
  }

  private close(): void {
    if (this.open.length === 0) return;
    const ms = new Float32Array(this.open.reduce((sum, { length }) => sum + length, 0));
    let next = 0;
    for (const turn of this.open) {
      ms.set(turn, next);
      next += turn.length;
    }
    this.slices.push({ at: this.latest, batch: this.openBatch, ms });
    this.open = [];
  }
}
