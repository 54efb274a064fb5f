import { Fault } from '../errors.ts';
import type { TensorSpec } from '../tensors/tensors.ts';
import type { Signature, TaskKind } from './kind.ts';
import type { AnyTask } from './task.ts';

let kinds: ReadonlyMap<string, TaskKind> = new Map();

/**
 * Makes all kinds of task known, in place of those that were. Whoever puts a page together calls it
 * before anything is asked of a task.
 * @throws RangeError for two of one name
 */
export function registerTasks(all: readonly TaskKind[]): void {
  const named = new Map(all.map((kind) => [kind.kind, kind]));
  if (named.size !== all.length) throw new RangeError('Two kinds of task have the same name.');
  kinds = named;
}

export const unknownTask = (kind: string): string => `This page knows no task of kind "${kind}".`;

/** null for a kind that this page does not know. */
export const findTaskKind = (kind: string): TaskKind | null => kinds.get(kind) ?? null;

/** @throws Fault UnknownTaskError for a kind that this page does not know */
export function taskKind({ kind }: AnyTask): TaskKind {
  const known = kinds.get(kind);
  if (!known) throw new Fault('UnknownTaskError', unknownTask(kind));
  return known;
}

/**
 * The task of a file of which only the tensors are known: of the first kind that recognises it.
 * @throws RangeError where no kind does
 */
export function recognisedTask(signature: Signature): AnyTask {
  for (const { recognise } of kinds.values()) {
    const task = recognise?.(signature);
    if (task) return task;
  }
  throw new RangeError('No kind of task takes a file of which only the tensors are known.');
}

/** The same where not even the tensors are known. */
export const unknownModelTask = (inputs: readonly TensorSpec[] = []): AnyTask =>
  recognisedTask({ inputs, outputs: [] });
