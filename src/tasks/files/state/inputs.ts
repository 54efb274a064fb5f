import type { Model } from '../../../core/models/model.ts';
import { errorFacts } from '../../../core/race/events.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import { gunzip } from '../../../engine/files/models.ts';
import { bench, type FileInput } from '../../../state/bench/bench.ts';
import { type TaskInputs, taskOf } from '../../../state/bench/taskInputs.ts';
import { fetchFile, fetchJson } from '../../../state/files/downloads.ts';
import { decodeShortFile } from '../core/decode.ts';
import { unpackFiles } from '../core/pack.ts';
import { type FilesTask, type FileTypes, readFileTypes } from '../core/task.ts';
import { type FileEnds, fileFeeds, fileTokens, rangesOf } from '../core/windows.ts';

/** Reads no more of a file than the model looks at. */
async function endsOf(file: Blob, { window }: FilesTask): Promise<FileEnds> {
  const { head, tail } = rangesOf(file.size, window);
  const read = async ({ start, end }: typeof head) =>
    new Uint8Array(await file.slice(start, end).arrayBuffer());
  return { size: file.size, head: await read(head), tail: await read(tail) };
}

async function fileTypesOf(model: Model, signal: AbortSignal): Promise<FileTypes> {
  const known = bench.getState().fileTypes;
  if (known) return known;
  const fileTypes = readFileTypes(await fetchJson(taskOf(model, 'files').types, signal));
  bench.setState({ fileTypes });
  return fileTypes;
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
  const task = taskOf(model, 'files');
  const { signal } = new AbortController();
  bench.setState({ file: { from, about, ends: null, short: null }, refusal: null });
  const ends = await endsOf(content, task);
  const short =
    fileTokens(ends, task.window) === null
      ? decodeShortFile(ends, await fileTypesOf(model, signal))
      : null;
  // Of two that were chosen in a row only the last is shown.
  if (bench.getState().file.from === from) {
    bench.setState({ file: { from, about, ends, short } });
  }
}

export async function chooseFile(model: Model, index: number): Promise<void> {
  const sample = bench.getState().fileSamples[index];
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
  const { fileSamples } = bench.getState();
  if (!samples || fileSamples.length > 0) return;
  const pack = await fetchFile(samples, new AbortController().signal);
  bench.setState({ fileSamples: unpackFiles(await gunzip(pack)) });
  await chooseFile(model, 0);
  await needFileTypes(model);
}

/** All samples that are long enough for the model. @throws Fault as downloads do */
export async function fileSampleFeeds(model: Model, signal: AbortSignal): Promise<FeedSet> {
  const task = taskOf(model, 'files');
  const files = model.samples
    ? unpackFiles(await gunzip(await fetchFile(model.samples, signal)))
    : [];
  return feedsOf(task, files);
}

async function feedsOf(
  task: FilesTask,
  files: readonly { readonly content: BlobPart }[],
): Promise<FeedSet> {
  const ends = await Promise.all(files.map(({ content }) => endsOf(new Blob([content]), task)));
  return fileFeeds(
    task,
    ends.flatMap((one) => fileTokens(one, task.window) ?? []),
  );
}

/** One of the sample files, or any other. */
export const fileInputs: TaskInputs = {
  selected,
  dropped: {
    says: 'Drop any file to tell its type; .onnx files are raced',
    take: takeFile,
  },
  ready: ({ file: { ends, short } }) => ends !== null && short === null,
  one: (model, { file: { ends } }) => {
    const task = taskOf(model, 'files');
    const tokens = ends && fileTokens(ends, task.window);
    if (!tokens) throw new RangeError('There is no file to race on yet.');
    const feeds = fileFeeds(task, [tokens]);
    return () => feeds;
  },
  /** All samples that are long enough: whether lanes agree. */
  race: async (model, state) => {
    const task = taskOf(model, 'files');
    return {
      stop: state.stop,
      feeds: fileInputs.one(model, state),
      checks: () => feedsOf(task, state.fileSamples),
      labels: {},
    };
  },
  says: (_, { file: { from }, fileSamples }) =>
    from.kind === 'own' ? 'a file of one’s own' : `sample: ${fileSamples[from.index]?.name ?? ''}`,
};
