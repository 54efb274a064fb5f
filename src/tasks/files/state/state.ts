import { createStore } from 'zustand/vanilla';
import { type Model, modelOfKind } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { gunzip } from '../../../engine/files/models.ts';
import { bench } from '../../../state/bench/bench.ts';
import type { TaskState } from '../../../state/bench/taskState.ts';
import { fetchFile, fetchJson } from '../../../state/files/downloads.ts';
import { decodeFile, decodeShortFile, type FileAnswer } from '../core/decode.ts';
import type { FileInputFacts } from '../core/kind.ts';
import { type SampleFile, unpackFiles } from '../core/pack.ts';
import { type FilesTask, type FileTypes, readFileTypes } from '../core/task.ts';
import { type FileEnds, fileFeeds, fileTokens, rangesOf } from '../core/windows.ts';

/** What a race of files runs on. */
export interface FileInput {
  readonly from:
    | { readonly kind: 'sample'; readonly index: number }
    | { readonly kind: 'own'; readonly name: string };
  /** One sentence: what it really is, where that is known. */
  readonly about: string;
  /** null until it was read. */
  readonly ends: FileEnds | null;
  /** The answer for a file with too few bytes for the model. */
  readonly short: FileAnswer | null;
}

export interface FilesState {
  readonly file: FileInput;
  /** Files to try; empty until they are here. */
  readonly samples: readonly SampleFile[];
  /** What is known of types of files; null until it is here. */
  readonly types: FileTypes | null;
}

export const files = createStore<FilesState>(() => ({
  file: { from: { kind: 'sample', index: 0 }, about: '', ends: null, short: null },
  samples: [],
  types: null,
}));

export const taskOf = (model: Model) => modelOfKind<Model<FilesTask>>(model, 'files').task;

/** Reads no more of a file than the model looks at. */
async function endsOf(file: Blob, { window }: FilesTask): Promise<FileEnds> {
  const { head, tail } = rangesOf(file.size, window);
  const read = async ({ start, end }: typeof head) =>
    new Uint8Array(await file.slice(start, end).arrayBuffer());
  return { size: file.size, head: await read(head), tail: await read(tail) };
}

async function fileTypesOf(model: Model, signal: AbortSignal): Promise<FileTypes> {
  const known = files.getState().types;
  if (known) return known;
  const types = readFileTypes(await fetchJson(taskOf(model).types, signal));
  files.setState({ types });
  return types;
}

const refuse = (thrown: unknown): void => bench.setState({ refusal: errorFacts(thrown) });

/** Fetches what is known of each type for those who show answers. */
export async function needFileTypes(model: Model): Promise<void> {
  await fileTypesOf(model, new AbortController().signal).catch(refuse);
}

async function show(
  model: Model,
  from: FileInput['from'],
  about: string,
  content: Blob,
): Promise<void> {
  const task = taskOf(model);
  const { signal } = new AbortController();
  files.setState({ file: { from, about, ends: null, short: null } });
  bench.setState({ refusal: null });
  const ends = await endsOf(content, task);
  const short =
    fileTokens(ends, task.window) === null
      ? decodeShortFile(ends, await fileTypesOf(model, signal))
      : null;
  // Of two that were chosen in a row only the last is shown.
  if (files.getState().file.from === from) {
    files.setState({ file: { from, about, ends, short } });
  }
}

export async function chooseFile(model: Model, index: number): Promise<void> {
  const sample = files.getState().samples[index];
  if (!sample) return;
  const content = new Blob([sample.content]);
  await show(model, { kind: 'sample', index }, sample.about, content).catch(refuse);
}

/** Takes any file of the user's. */
export async function takeFile(model: Model, file: File): Promise<void> {
  await show(model, { kind: 'own', name: file.name }, 'Your file.', file).catch(refuse);
}

/** The samples, once somebody wants to see this model. */
async function selected(model: Model): Promise<void> {
  const { samples } = model;
  if (!samples || files.getState().samples.length > 0) return;
  const pack = await fetchFile(samples, new AbortController().signal);
  files.setState({ samples: unpackFiles(await gunzip(pack)) });
  await chooseFile(model, 0);
  await needFileTypes(model);
}

/** All samples that are long enough for the model. @throws Fault as downloads do */
async function sampleFeeds(model: Model, signal: AbortSignal): Promise<FeedSet> {
  const task = taskOf(model);
  const all = model.samples
    ? unpackFiles(await gunzip(await fetchFile(model.samples, signal)))
    : [];
  return feedsOf(task, all);
}

async function feedsOf(
  task: FilesTask,
  all: readonly { readonly content: BlobPart }[],
): Promise<FeedSet> {
  const ends = await Promise.all(all.map(({ content }) => endsOf(new Blob([content]), task)));
  return fileFeeds(
    task,
    ends.flatMap((one) => fileTokens(one, task.window) ?? []),
  );
}

const one: TaskState['one'] = (model) => {
  const task = taskOf(model);
  const { ends } = files.getState().file;
  const tokens = ends && fileTokens(ends, task.window);
  if (!tokens) throw new RangeError('There is no file to race on yet.');
  const feeds = fileFeeds(task, [tokens]);
  return () => feeds;
};

function facts(): FileInputFacts {
  const { file, samples } = files.getState();
  if (file.from.kind === 'own') return { kind: 'own' };
  return { kind: 'sample', name: samples[file.from.index]?.name ?? '' };
}

/** Chooses the sample of a report's race; the user's own files are in no report. */
async function recall(model: Model, found: FileInputFacts | null): Promise<void> {
  if (found?.kind !== 'sample') return;
  const index = files.getState().samples.findIndex(({ name }) => name === found.name);
  if (index >= 0) await chooseFile(model, index);
}

const NOBODY = { label: null, probability: Number.NaN };

/** One of the sample files, or any other. */
export default {
  subscribe: (listener) => files.subscribe(listener),
  selected,
  dropped: {
    says: 'Drop any file to identify its type; .onnx files are raced',
    take: takeFile,
  },
  ready: () => {
    const { ends, short } = files.getState().file;
    return ends !== null && short === null;
  },
  one,
  /** All samples that are long enough: whether lanes agree. */
  race: async (model, state) => ({
    stop: state.stop,
    feeds: one(model, state),
    checks: () => feedsOf(taskOf(model), files.getState().samples),
    labels: {},
  }),
  facts,
  recall,
  answer: (_, scores) => {
    const { types } = files.getState();
    const found = types && decodeFile(scores, types);
    if (!found) return null;
    return found.by === 'model'
      ? { label: found.type.label, probability: found.probability }
      : NOBODY;
  },
  samples: async (model, signal) => ({ feeds: await sampleFeeds(model, signal), labels: null }),
} satisfies TaskState<FileInputFacts>;
