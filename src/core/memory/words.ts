import { bytes } from '../format.ts';
import { laneTitle } from '../race/lane.ts';
import type { LanePhase } from '../race/record.ts';
import type { Bytes } from '../units.ts';
import { addedByModel, heldBy, type LaneLedger } from './ledger.ts';
import type { PageMemory } from './page.ts';

/** What each phase brings, and what the memory that it adds is for. */
export const PHASE_WORDS: Readonly<Record<LanePhase, { title: string; explains: string }>> = {
  runtime: {
    title: 'runtime',
    explains:
      'The runtime’s own data, thread stacks and free space, before it has any model. It requests 16.8 MB at the start; a small model fits into the free part of that and then adds nothing.',
  },
  session: {
    title: 'model',
    explains:
      'Parsing, optimising and placing the model: its graph and its weights, twice where kernels need them in another layout.',
  },
  first: {
    title: 'first run',
    explains:
      'The first inference: the arena of activations, scratch memory of the kernels and, on a GPU, buffers for inputs and outputs.',
  },
  running: {
    title: 'later',
    explains:
      'Everything since. Memory that keeps growing from race to race would be a leak; a little growth in the first rounds is not.',
  },
};

/** ", 7.00 MB of it on the GPU": buffers live there only because of the model. */
function onGpuOf({ gpu }: LaneLedger, added: Bytes): string {
  if (gpu === null) return '';
  return gpu === added ? ', all of it on the GPU' : `, ${bytes(gpu)} of it on the GPU`;
}

const runtimeHeap = ({ steps }: LaneLedger): Bytes => steps[0]?.heap ?? 0;
const fileOf = ({ lane }: LaneLedger) => lane.variant.bytes;

/** "388 KB" or "97.0 KB to 388 KB". */
function span(sizes: readonly Bytes[]): string {
  const [low, high] = [bytes(Math.min(...sizes)), bytes(Math.max(...sizes))];
  return low === high ? low : `${low} to ${high}`;
}

function oneSentence(ledger: LaneLedger): string {
  const title = laneTitle(ledger.lane);
  const added = addedByModel(ledger);
  const runtime = runtimeHeap(ledger);
  if (added === 0) {
    return `${title} holds ${bytes(ledger.heap)}, all of it memory that the runtime requests when it starts: the model of ${bytes(fileOf(ledger))} fits inside.`;
  }
  const gpu = onGpuOf(ledger, added);
  const whose =
    runtime > added
      ? `of which ${bytes(runtime)} is the runtime itself; the model adds ${bytes(added)}${gpu}`
      : `${bytes(added)} of it for the model${gpu}, ${bytes(runtime)} for the runtime itself`;
  return `${title} holds ${bytes(heldBy(ledger))}, ${whose}.`;
}

/** What was found about the lanes' memory, in a sentence or two; null before there is any. */
export function memorySentence(ledgers: readonly LaneLedger[]): string | null {
  const [first] = ledgers;
  if (!first) return null;
  const same = ledgers.every((each) => addedByModel(each) === 0 && each.heap === first.heap);
  if (ledgers.length > 1 && same) {
    return `Each lane holds ${bytes(first.heap)}, all of it memory that the runtime requests when it starts: the models of ${span(ledgers.map(fileOf))} fit inside.`;
  }
  const ranked = [...ledgers].sort((a, b) => heldBy(b) - heldBy(a));
  const [most, least] = [ranked[0] as LaneLedger, ranked.at(-1) as LaneLedger];
  const less =
    heldBy(least) < heldBy(most)
      ? ` ${laneTitle(least.lane)} holds the least: ${bytes(heldBy(least))}.`
      : '';
  return oneSentence(most) + less;
}

/** "runtime 16.8 MB", "model +2.10 MB": each phase's growth, heap and GPU apart. */
export function stepTexts(ledger: LaneLedger): string[] {
  return ledger.steps.map(({ phase, heap, gpu }, i) => {
    const { title } = PHASE_WORDS[phase];
    const sign = i === 0 ? '' : '+';
    const parts = [
      ...(heap > 0 || gpu === 0 ? [`${sign}${bytes(heap)}`] : []),
      ...(gpu > 0 ? [`${sign}${bytes(gpu)} on the GPU`] : []),
    ];
    return `${title} ${parts.join(' and ')}`;
  });
}

/** What went back when the lanes ended, by the page's own count. */
export function releaseSentence(
  alive: PageMemory,
  after: PageMemory,
  ledgers: readonly LaneLedger[],
): string {
  const released = alive.bytes - after.bytes;
  const heaps = ledgers.reduce((sum, { heap }) => sum + heap, 0);
  if (released <= 0) {
    return `The page held ${bytes(alive.bytes)} while the lanes were open and ${bytes(after.bytes)} after they ended: the browser counted nothing as released.`;
  }
  const held = `Ending the lanes released ${bytes(released)}: the page held ${bytes(alive.bytes)} with them and holds ${bytes(after.bytes)} without.`;
  return heaps <= released
    ? `${held} ${bytes(heaps)} of it were WASM heaps; the rest is their workers’ JavaScript, mostly the runtime’s own file.`
    : `${held} That is less than their WASM heaps, ${bytes(heaps)}: not every worker answered the browser in time.`;
}
