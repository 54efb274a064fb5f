import type { LiveFrame, LiveFrames, LiveTurn } from '../../../core/live/frame.ts';
import { ask } from '../../../core/session/ask.ts';
import type { LaneRunner } from '../../../core/session/runner.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import type { Milliseconds } from '../../../core/units.ts';

export type LiveEvent<Shown> =
  /** Lanes are warm: from the next frame on all is counted. */
  | { readonly kind: 'warm' }
  | {
      readonly kind: 'frame';
      readonly frame: LiveFrame<Shown>;
      /** In the order of the lanes; empty where there was nothing to ask about. */
      readonly turns: readonly LiveTurn[];
      /** When the last answer was there. */
      readonly ended: Milliseconds;
      /** Whether the tab was hidden meanwhile: the frame counts nowhere. */
      readonly hidden: boolean;
    };

export interface LiveOptions<Shown> {
  /** One or two; they take turns on each frame, the first of one frame being the last of the next. */
  readonly lanes: readonly { readonly id: string; readonly runner: LiveRunner }[];
  readonly frames: LiveFrames<Shown>;
  readonly clock: () => Milliseconds;
  /** Resolves at once in a visible tab, else when it comes back. */
  readonly ready: () => Promise<void>;
  /** Says whether the tab was hidden since the last call. */
  readonly disturbed: () => boolean;
  readonly signal: { throwIfAborted(): void };
  readonly emit: (event: LiveEvent<Shown>) => void;
}

export type LiveRunner = Pick<LaneRunner, 'load' | 'turn'>;

/** First runs compile and allocate; WASM is compiled better during more of them. */
const WARM = { least: 2, most: 20, ms: 500 } as const;

/** Asks a lane again and again; nothing of it is counted, and no state moves on. */
async function warm(
  runner: LiveRunner,
  feeds: FeedSet,
  { clock, signal }: Pick<LiveOptions<unknown>, 'clock' | 'signal'>,
): Promise<void> {
  const began = clock();
  for (let i = 0; i < WARM.most && (i < WARM.least || clock() - began < WARM.ms); i++) {
    await ask(runner, feeds);
    signal.throwIfAborted();
  }
}

/**
 * Lets lanes answer frame after frame, at the rate they manage: while they are busy, frames pass.
 * Two lanes never run at the same time, since each would slow the other down.
 * @throws what a lane or the source throws; the signal's reason
 */
export async function runLive<Shown>(options: LiveOptions<Shown>): Promise<void> {
  const { lanes, frames, clock, ready, disturbed, signal, emit } = options;
  let asked = 0;
  let hidden = false;
  for (;;) {
    await ready();
    if (disturbed() || hidden) frames.restart();
    const frame = await frames.next();
    signal.throwIfAborted();
    if (!frame) return;
    const { feeds } = frame;
    if (feeds && asked === 0) {
      for (const { id, runner } of lanes) await warm(runner, feeds(id), options);
      frames.restart();
      emit({ kind: 'warm' });
      asked = 1;
      continue;
    }
    const order = asked % 2 === 1 ? lanes : lanes.toReversed();
    const turns: LiveTurn[] = [];
    if (feeds) {
      asked++;
      let others = 0;
      for (const { id, runner } of order) {
        const started = clock();
        const { ms, outputs } = await ask(runner, feeds(id));
        const answer = await frame.read(id, outputs[0] ?? []);
        const ended = clock();
        signal.throwIfAborted();
        turns.push({
          lane: id,
          ms: ms[0] ?? Number.NaN,
          wholeMs: ended - frame.at - others,
          answer,
        });
        others += ended - started;
      }
    }
    const inOrder = order === lanes ? turns : turns.toReversed();
    hidden = disturbed();
    emit({ kind: 'frame', frame, turns: inOrder, ended: clock(), hidden });
  }
}
