import { bytes } from '../../core/format.ts';
import { heldBy, type LaneLedger, type LedgerStep, laneLedger } from '../../core/memory/ledger.ts';
import { memorySentence, PHASE_WORDS, stepTexts } from '../../core/memory/words.ts';
import type { LanePhase } from '../../core/race/record.ts';
import { PageMemoryNote } from '../parts/LedgerNote.tsx';
import { useRaceView } from '../parts/raceView.ts';
import { Coming } from './Coming.tsx';
import note from './note.module.css';
import { PhaseTerms } from './PhaseTerms.tsx';
import { type Fill, Stack, type StackPart, type StackRow } from './Stack.tsx';

const FILLS: Readonly<Record<LanePhase, Fill>> = {
  runtime: 'solid',
  session: 'light',
  first: 'strong',
  running: 'pale',
};

/** A phase's heap and its GPU buffers, side by side. */
function partsOf({ phase, heap, gpu }: LedgerStep): StackPart[] {
  const { title } = PHASE_WORDS[phase];
  const parts: StackPart[] = [
    { key: phase, title, size: heap, fill: FILLS[phase] },
    { key: `${phase}-gpu`, title: `${title}, GPU`, size: gpu, fill: 'shaded' },
  ];
  return parts.filter(({ size }) => size > 0);
}

function amountsOf({ heap, gpu, gpuPeak }: LaneLedger): string {
  if (gpu === null) return `${bytes(heap)}, which is also its peak`;
  return `${bytes(heap)} and ${bytes(gpu)} on the GPU, ${bytes(gpuPeak ?? 0)} there at most`;
}

const rowOf = (ledger: LaneLedger): StackRow => ({
  lane: ledger.lane,
  value: amountsOf(ledger),
  parts: ledger.steps.flatMap(partsOf),
  mark: ledger.lane.variant.bytes,
  notes: [...stepTexts(ledger), `model file ${bytes(ledger.lane.variant.bytes)}`],
});

/** Where each lane's memory went, phase by phase; the mark is the size of its model's file. */
export function MemoryChart() {
  const view = useRaceView();
  const ledgers = (view?.record.lanes ?? []).flatMap((lane) => laneLedger(lane) ?? []);
  if (ledgers.length === 0) {
    return (
      <Coming
        stored={view?.stored ?? false}
        when="Shown once a lane has run its first inference."
        why="No lane reported its memory."
      />
    );
  }
  const sizes = ledgers.flatMap((one) => [heldBy(one), one.lane.variant.bytes]);
  return (
    <>
      <p data-memory-sentence>{memorySentence(ledgers)}</p>
      <Stack
        rows={ledgers.map(rowOf)}
        what="Memory by lane and phase"
        whole={Math.max(...sizes) * 1.02}
      />
      <p className={note['note']}>
        WASM heap of each lane’s own worker
        {ledgers.some(({ gpu }) => gpu !== null) && '; shaded behind it, the GPU buffers'}; the thin
        line is the size of the model’s file. A heap never shrinks, so its size is also its peak.{' '}
        <PhaseTerms words={PHASE_WORDS} />
      </p>
      {!view?.stored && <PageMemoryNote ledgers={ledgers} />}
    </>
  );
}
