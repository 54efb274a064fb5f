/** The zoo as it ships, for tests. */
import { readFileSync } from 'node:fs';
import type { Task } from '../../tasks/registry.ts';
import { readManifest } from './manifest.ts';
import type { Model } from './model.ts';

const FOLDER = new URL('../../../public/models/', import.meta.url);

/** A file of the zoo. */
export const zooFile = (file: string) => readFileSync(new URL(file, FOLDER));

/** The manifest as the recipes wrote it. */
export const zooManifest = () => JSON.parse(zooFile('manifest.json').toString());

/** @throws Error unless the zoo has a model of that name and kind */
export function zooModel<K extends Task['kind']>(
  name: string,
  kind: K,
): Model & { readonly task: Extract<Task, { kind: K }> } {
  const found = readManifest(zooManifest()).find(({ id }) => id === name);
  if (found?.task.kind !== kind) throw new Error(`The zoo has no ${kind} model "${name}".`);
  return found as Model & { readonly task: Extract<Task, { kind: K }> };
}
