import { Fault } from '../../core/errors.ts';
import { list } from '../../core/format.ts';
import type { Model, Variant } from '../../core/models/model.ts';
import { errorFacts } from '../../core/race/events.ts';
import { taskSizes } from '../../core/tasks/specs.ts';
import { InspectClient } from '../../engine/inspect/inspect.ts';
import type { Inspected, ModelFiles } from '../../engine/protocol.ts';
import { bench } from '../bench/bench.ts';
import { isModel } from '../bench/drop.ts';
import { variantFiles } from '../files/downloads.ts';
import { type InspectState, inspection, type Opened, type Seat } from './inspect.ts';

/** Something that can be inspected. */
export interface Source {
  readonly id: string;
  readonly title: string;
  /** The variant, where the bench can race it. */
  readonly variant: Variant | null;
  readonly model: Model | null;
}

/** Bytes of files opened here, by id; too big for a store. */
const files = new Map<string, ModelFiles>();

const clients: Record<Seat, InspectClient | null> = { subject: null, other: null };

export const sourceId = (model: Model, variant: Variant): string => `${model.id}/${variant.id}`;

/** All that can be inspected: what the bench can race, then files opened here. */
export function sourcesOf(models: readonly Model[], opened: InspectState['files']): Source[] {
  return [
    ...models.flatMap((model) =>
      model.variants.map((variant) => ({
        id: sourceId(model, variant),
        title: `${model.title}, ${variant.title}`,
        variant,
        model,
      })),
    ),
    ...opened.map(({ id, name }) => ({ id, title: name, variant: null, model: null })),
  ];
}

export function sourceOf(id: string): Source | null {
  const all = sourcesOf(bench.getState().models, inspection.getState().files);
  return all.find((source) => source.id === id) ?? null;
}

/** The bytes of a source, from the cache where they lie there. */
export async function filesOf(id: string, signal: AbortSignal): Promise<ModelFiles> {
  const opened = files.get(id);
  if (opened) return opened;
  const variant = sourceOf(id)?.variant;
  if (!variant) throw new RangeError(`There is no model "${id}".`);
  return { file: variant.source.file, ...(await variantFiles(variant, signal)) };
}

const setOpened = (seat: Seat, opened: Opened) =>
  inspection.setState((state) => ({ opened: { ...state.opened, [seat]: opened } }));

/** What each seat was last asked to open: answers to earlier questions are not shown. */
const asking: Record<Seat, symbol> = { subject: Symbol(), other: Symbol() };

/** A worker that is idle is used again, since its code is warm; one still at work is ended. */
function clientFor(seat: Seat): InspectClient {
  const kept = clients[seat];
  if (kept && !kept.busy && !kept.ended) return kept;
  kept?.close();
  const client = new InspectClient();
  clients[seat] = client;
  return client;
}

/** Opens what a seat should hold. */
async function open(seat: Seat): Promise<void> {
  const id = inspection.getState()[seat];
  const source = id === null ? null : sourceOf(id);
  const asked = Symbol();
  asking[seat] = asked;
  if (!source) return setOpened(seat, { state: 'none' });
  const { title } = source;
  const client = clientFor(seat);
  setOpened(seat, { state: 'opening', title });
  try {
    const found = await filesOf(source.id, new AbortController().signal);
    if (asking[seat] !== asked) return;
    const result = await client.open(found, inspection.getState().sizes);
    if (asking[seat] === asked) setOpened(seat, { state: 'ready', title, ...result });
  } catch (thrown) {
    // Closed because something else was chosen: that is shown instead.
    if (asking[seat] === asked)
      setOpened(seat, { state: 'failed', title, error: errorFacts(thrown) });
  }
}

/** Shows what the bench has selected, unless something was chosen here already. */
export function openFirst(): void {
  const { subject } = inspection.getState();
  const { models, modelId } = bench.getState();
  const model = models.find(({ id }) => id === modelId);
  const variant = model?.variants[0];
  if (subject === null && model && variant) chooseSubject(sourceId(model, variant));
}

export function chooseSubject(id: string): void {
  const model = sourceOf(id)?.model;
  inspection.setState({ subject: id, node: null, sizes: model ? taskSizes(model.task) : {} });
  void open('subject');
  if (inspection.getState().other === id) compareWith(null);
}

export function compareWith(id: string | null): void {
  inspection.setState({ other: id });
  void open('other');
}

export const chooseNode = (node: number | null): void => inspection.setState({ node });

export const dismissInspectRefusal = (): void => inspection.setState({ refusal: null });

/** The worker that holds the subject. */
export function subjectClient(): InspectClient {
  const client = clients.subject;
  if (!client) throw new RangeError('No model is open.');
  return client;
}

/** Shows the subject with what a run taught about it. */
export function showLearned(learned: Inspected): void {
  const before = inspection.getState().opened.subject;
  if (before.state === 'ready') {
    setOpened('subject', { ...before, ...learned, readMs: before.readMs });
  }
}

/** Sizes are typed digit by digit: of several in flight only the last is shown. */
let asked = 0;

/** Counts both models anew with another size for a dynamic dimension. */
export async function setSize(name: string, size: number): Promise<void> {
  inspection.setState(({ sizes }) => ({ sizes: { ...sizes, [name]: size } }));
  const { sizes, opened } = inspection.getState();
  asked += 1;
  const mine = asked;
  for (const seat of ['subject', 'other'] as const) {
    const before = opened[seat];
    const client = clients[seat];
    if (before.state !== 'ready' || !client) continue;
    try {
      const result = await client.resize(sizes);
      if (mine !== asked || clients[seat] !== client) return;
      setOpened(seat, { ...before, ...result, readMs: before.readMs });
    } catch (thrown) {
      if (mine === asked) inspection.setState({ refusal: errorFacts(thrown) });
    }
  }
}

let added = 0;

/**
 * Takes files in: each .onnx is a model; the others are taken for the weights that lie beside
 * them. The first model is shown.
 */
export function openFiles(dropped: readonly File[]): void {
  inspection.setState({ refusal: null });
  const models = dropped.filter(isModel);
  const external = dropped
    .filter((file) => !models.includes(file))
    .map((file) => ({ name: file.name, data: file }));
  if (models.length === 0) {
    const names = list(dropped.map(({ name }) => name));
    const fault = new Fault('ModelFormatError', `None of these is an .onnx file: ${names}.`);
    inspection.setState({ refusal: errorFacts(fault) });
    return;
  }
  const opened = models.map((file) => {
    added += 1;
    const id = `file/${added}`;
    files.set(id, { file: file.name, model: file, external });
    return { id, name: file.name, bytes: file.size };
  });
  inspection.setState((state) => ({ files: [...state.files, ...opened] }));
  const [first] = opened;
  if (first) chooseSubject(first.id);
}
