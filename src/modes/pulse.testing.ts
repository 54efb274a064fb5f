/**
 * A mode that exists in tests only, all of it in one file: it asks one lane a number of times and
 * keeps how long each answer took. It shows what a mode has to bring, and that nothing else does.
 */
import * as v from 'valibot';
import { createStore } from 'zustand/vanilla';
import { Fault } from '../core/errors.ts';
import { duration } from '../core/format.ts';
import type { FoundKind } from '../core/modes/found.ts';
import type { ModeKind } from '../core/modes/mode.ts';
import { type OneLaneRecord, oneLaneEntries, oneLaneOf } from '../core/modes/oneLane.ts';
import { laneName } from '../core/race/lane.ts';
import { durations, whole } from '../core/schema/numbers.ts';
import { medianOf } from '../core/stats/quantiles.ts';

export interface PulseFound {
  readonly kind: 'pulse';
  readonly times: number;
  readonly record: OneLaneRecord & { readonly ms: Float64Array };
}

const median = ({ record }: PulseFound) => medianOf(record.ms);

const reports: FoundKind<PulseFound> = {
  schema: v.object({
    kind: v.literal('pulse'),
    times: whole,
    record: v.object({ ...oneLaneEntries, ms: durations }),
  }),
  table: {
    columns: ['lane', 'variant', 'ms'],
    *rows({ record: { lane, ms } }) {
      for (const sample of ms) yield [lane.id, lane.variant.title, sample];
    },
    read(rows, title) {
      const ms: number[] = [];
      let named = { lane: '', variant: '' };
      for (const { line, cells } of rows) {
        const value = Number(cells['ms']);
        if (!(value >= 0)) throw new Fault('ReportError', `Line ${line}: ms is "${cells['ms']}".`);
        named = { lane: cells['lane'] ?? '', variant: cells['variant'] ?? '' };
        ms.push(value);
      }
      const { lane: id, variant: file } = named;
      const precision = 'unknown' as const;
      const source = { kind: 'dropped', file } as const;
      const variant = { id: file, title: file, precision, bytes: 0, source };
      const backend = { kind: 'wasm', threads: 1 } as const;
      const lane = { id, variant, backend, reference: false };
      const task = { kind: 'generic', seed: 0, inputs: [] } as const;
      const record = { lane, opened: null, excluded: 0, died: null, ms: Float64Array.from(ms) };
      return {
        found: { kind: 'pulse', times: ms.length, record },
        model: { id: 'table', title, sentence: '', task, variants: [variant] },
      };
    },
  },
  lanes: oneLaneOf,
  samples: ({ record }) => record.ms.length,
  headline: ({ found }) =>
    found.record.ms.length === 0
      ? null
      : {
          sentence: [
            { text: laneName(found.record.lane), lane: found.record.lane },
            { text: ` answers in ${duration(median(found))}.` },
          ],
          evidence: '',
        },
  settings: ({ times }) => [{ title: 'Times', value: String(times) }],
  compare: (a, b) => {
    const text = `${duration(median(a.found))} in A, ${duration(median(b.found))} in B.`;
    return { headline: { sentence: [{ text }], evidence: '' }, lanes: [] };
  },
};

const kind: ModeKind = {
  kind: 'pulse',
  title: 'Pulse',
  asks: 'How long does one answer take?',
  how: 'One lane is asked a number of times.',
  report: { noun: 'pulse', load: async () => reports },
};

const ONE = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1, keep: false } as const;

/** The slice as of this opening of the page. */
export async function pulseSlice() {
  const { laneActions } = await import('../state/modes/laneMode.ts');
  const { lengthIn, secondsIn } = await import('../state/modes/length.ts');
  const { withLane } = await import('../engine/race/client.ts');
  const { laneFiles } = await import('../state/files/downloads.ts');
  const { laneModeViews } = await import('../ui/bench/modes/laneModeViews.tsx');
  type LaneMode = import('../state/modes/laneMode.ts').LaneMode<{ times: number }, PulseFound>;

  const options = createStore(() => ({ times: 3 }));
  const mode: LaneMode = {
    kind: 'pulse',
    options,
    taken: 'A pulse is taken.',
    fault: ({ times }) => (times > 0 ? null : 'Nothing is to be asked.'),
    says: ({ times }) => `Ask ${times} times`,
    empty: (lane, { times }) => ({
      kind: 'pulse',
      times,
      record: { lane, opened: null, excluded: 0, died: null, ms: new Float64Array() },
    }),
    run: (set, { lane, feeds, signal, tell, progress }) => {
      const files = () => laneFiles(lane, signal);
      return withLane(lane, files, signal, async (client) => {
        const opened = await client.open();
        await client.load('race', await feeds(opened));
        const ms: number[] = [];
        while (ms.length < set.times) {
          ms.push(...(await client.turn(ONE)).ms);
          signal.throwIfAborted();
          progress('Asking', ms.length / set.times);
          const record = { lane, opened, excluded: 0, died: null, ms: Float64Array.from(ms) };
          tell({ kind: 'pulse', times: set.times, record });
        }
      });
    },
  };
  const views = laneModeViews({
    mode,
    reports,
    title: 'One lane, asked',
    Fields: () => null,
    Found: ({ found }) => `Median ${duration(median(found))}`,
  });
  const length = lengthIn(
    options,
    ({ times }) => `${times}`,
    (text) => {
      const times = secondsIn(text);
      return times === null ? null : { times };
    },
  );
  return { kind, length, actions: async () => laneActions(mode), views };
}
