/** What is read of tasks from manifests and reports: untrusted, and of the kinds that are registered. */
import * as v from 'valibot';
import { findTaskKind, unknownTask } from './register.ts';
import type { AnyTask } from './task.ts';

const kindIn = (task: unknown): unknown =>
  typeof task === 'object' && task !== null && 'kind' in task ? task.kind : undefined;

export const TaskSchema: v.GenericSchema<unknown, AnyTask> = v.lazy((task) => {
  const kind = kindIn(task);
  if (typeof kind !== 'string') return v.object({ kind: v.string() });
  return (
    findTaskKind(kind)?.schema ??
    v.object({
      kind: v.pipe(
        v.string(),
        v.check(() => false, unknownTask(kind).slice(0, -1)),
      ),
    })
  );
});

/** What models carry of whose task nothing else is known. */
const NOTHING = v.object({});

/**
 * What a model has besides what all have, by the kind of its task.
 * @param packs for kinds that say nothing of it: packs of samples
 */
export const carriedSchema = (
  form: 'entry' | 'model',
  packs: v.GenericSchema<unknown, object>,
): v.GenericSchema<unknown, object> =>
  v.lazy((model) => {
    const task = typeof model === 'object' && model !== null && 'task' in model ? model.task : null;
    const kind = kindIn(task);
    const known = typeof kind === 'string' ? findTaskKind(kind) : null;
    return known ? (known.carried?.[form] ?? packs) : NOTHING;
  });
