import { backendKind } from '../../core/backends/backends.ts';
import { expectedFallbacks } from '../../core/backends/fallbacks.ts';
import type { LaneFigures } from '../../core/figures/figures.ts';
import { figure, list, percent } from '../../core/format.ts';
import type { LaneRecord, RaceRecord } from '../../core/race/record.ts';
import { taskKind } from '../../core/tasks/register.ts';
import { holdsNumbers } from '../../core/tensors/tensors.ts';

export interface LaneNote {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

const CPU = 'CPUExecutionProvider';

/** What the runtime said of who runs the nodes; on WebGPU the CPU must not be among them. */
function placementNote({ lane, opened }: LaneRecord): string | null {
  if (backendKind(lane.backend).build !== 'gpu' || !opened) return null;
  const total = opened.placement.reduce((sum, { nodes }) => sum + nodes, 0);
  const onCpu = opened.placement.find(({ provider }) => provider === CPU);
  if (!onCpu || onCpu.nodes === 0) {
    return total > 0 ? `all ${total} nodes on the GPU` : null;
  }
  return `fell back: ${onCpu.nodes} of ${total} nodes ran on the CPU (${list(onCpu.operators)})`;
}

/** Outputs that no figure and no comparison knows of. */
function unreadNote({ opened }: LaneRecord): string | null {
  const left = opened?.outputs.filter((spec) => !holdsNumbers(spec)) ?? [];
  if (left.length === 0) return null;
  return `${list(left.map(({ name, type }) => `${name} (${type})`))} left out: not numeric`;
}

/** Points of accuracy lost against the reference from which a lane must be told. */
const LOSS = 0.005;

function accuracyNote(lane: LaneRecord, record: RaceRecord): string | null {
  const reference = record.lanes.find((other) => other.lane.reference);
  if (!reference || lane === reference || lane.labelled === 0 || reference.labelled === 0) {
    return null;
  }
  const { counted } = taskKind(record.model.task).answers;
  if (counted) {
    const missed = reference.correct - lane.correct;
    // Both looked at the same pictures, unless one dropped out.
    const told = missed > 0 && lane.labelled === reference.labelled;
    return told ? `finds ${counted.fewer(missed)} than fp32’s ${reference.correct}` : null;
  }
  const lost = reference.correct / reference.labelled - lane.correct / lane.labelled;
  return lost >= LOSS ? `${percent(lost)} points less accurate`.replace('%', '') : null;
}

/** How far the clock blurs one timing, from 2% on; `doubt` is its step as a share of a run. */
function clockNote(doubt: number | null): string | null {
  if (doubt === null || doubt <= 0.02) return null;
  if (doubt <= 1) return `clock resolution is ${percent(doubt)} of a run`;
  return Number.isFinite(doubt)
    ? `clock resolution is as long as ${figure(doubt)} runs`
    : 'most runs took less than the clock resolution';
}

/** Turns that were measured and are in no figure. */
function excludedNote({ excluded: { hidden, clock } }: LaneFigures): string | null {
  const total = hidden + clock;
  if (total === 0) return null;
  const turns = `${total} ${total === 1 ? 'turn' : 'turns'} left out: `;
  if (clock === 0) return `${turns}tab hidden`;
  if (hidden === 0) return `${turns}clock jumped`;
  return `${turns}tab hidden (${hidden}) and clock jumped (${clock})`;
}

/** A change over a race that is surely beyond this must be told. */
const DRIFT = 0.02;

function driftNote({ steady }: LaneFigures): string | null {
  if (!steady?.drift) return null;
  const { change, interval } = steady.drift;
  if (interval.low > DRIFT) return `slowed by ${percent(change)} while it ran`;
  return interval.high < -DRIFT ? `sped up by ${percent(-change)} while it ran` : null;
}

/** What must be known of a lane beside its figures, the worst first. */
export function laneNotes(figures: LaneFigures, record: RaceRecord): LaneNote[] {
  const lane = record.lanes.find((one) => one.lane.id === figures.lane.id);
  if (!lane) return [];
  const notes: LaneNote[] = [];
  const plain = (text: string | null) => text && notes.push({ text, tone: 'plain' });
  const bad = (text: string | null) => text && notes.push({ text, tone: 'bad' });
  if (lane.state.name === 'died') bad(`dropped out: ${lane.state.error.message}`);
  if (figures.correctness.state === 'wrong') bad(`wrong: ${figures.correctness.reason}`);
  if (figures.correctness.state === 'random') plain('answers cannot be compared');
  bad(accuracyNote(lane, record));
  plain(unreadNote(lane));
  plain(placementNote(lane));
  if (figures.lane.reference) plain('reference');
  else if (
    !lane.opened &&
    (expectedFallbacks(lane.lane.variant) ?? 0) > 0 &&
    lane.lane.backend.kind === 'webgpu'
  ) {
    plain('expected to fall back to the CPU');
  }
  if (figures.batch > 1) plain(`${figures.batch} runs per timing: the clock is coarse`);
  else plain(clockNote(figures.timerDoubt));
  plain(driftNote(figures));
  plain(excludedNote(figures));
  if (lane.state.name === 'racing' && figures.early && figures.early.median === null) {
    plain('warming');
  }
  return notes;
}
