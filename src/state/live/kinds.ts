import type { Model } from '../../core/models/model.ts';
import { taskKind } from '../../core/tasks/register.ts';
import type { LiveFrom, LiveKind } from './source.ts';

const kinds = new Map<string, Promise<LiveKind>>();

/** How a model is fed live, once the code is here; or why it cannot be, as a sentence. */
export function taskLive({ task }: Model): Promise<LiveKind> | string {
  const { live } = taskKind(task);
  if (typeof live === 'string') return live;
  const known = kinds.get(task.kind);
  if (known) return known;
  const come = async () => ((await live()) as { readonly default: LiveKind }).default;
  const coming = come();
  kinds.set(task.kind, coming);
  // Whoever was offline tries again.
  coming.catch(() => kinds.delete(task.kind));
  return coming;
}

const same = (a: LiveFrom, b: LiveFrom) => JSON.stringify(a) === JSON.stringify(b);

/** The source that was picked, where the model has it; else its usual one; null without any. */
export function liveFrom(kind: LiveKind, model: Model, picked: LiveFrom | null): LiveFrom | null {
  const sources = kind.sources(model);
  return (sources.find(({ from }) => picked && same(from, picked)) ?? sources[0])?.from ?? null;
}
