import { Fault } from '../../../core/errors.ts';
import type { FeedSet } from '../../../core/tensors/tensors.ts';
import type { Bytes } from '../../../core/units.ts';
import type { FilesTask, FileWindow } from './task.ts';

/** A range of a file: `blob.slice(start, end)`. */
export interface ByteRange {
  readonly start: Bytes;
  readonly end: Bytes;
}

/** The ranges that have to be read; they overlap in files of less than two blocks. */
export interface FileRanges {
  readonly head: ByteRange;
  readonly tail: ByteRange;
}

/** What was read of a file. */
export interface FileEnds {
  readonly size: Bytes;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** Which bytes of a file of `size` bytes the model looks at; nothing else need be read. */
export function rangesOf(size: Bytes, { block }: FileWindow): FileRanges {
  const length = Math.min(size, block);
  return { head: { start: 0, end: length }, tail: { start: size - length, end: size } };
}

/** ASCII's: tab, line feed, vertical tab, form feed, carriage return and space. */
const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);

function withoutLeading(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (isSpace(bytes[start])) start++;
  return bytes.subarray(start);
}

function withoutTrailing(bytes: Uint8Array): Uint8Array {
  let { length } = bytes;
  while (isSpace(bytes[length - 1])) length--;
  return bytes.subarray(0, length);
}

/** @throws Fault UnsupportedInputError when the bytes read are not those of `rangesOf` */
function refuseOtherRanges({ size, head, tail }: FileEnds, window: FileWindow): void {
  const { head: range } = rangesOf(size, window);
  if (head.length === range.end && tail.length === range.end) return;
  throw new Fault(
    'UnsupportedInputError',
    `Of a file of ${size} bytes, ${head.length} were read from the start and ${tail.length} from the end; both should be ${range.end}.`,
  );
}

/**
 * The model's input for one file, as Magika makes it: the start of the first block without the
 * white space before it, padded behind, then the end of the last block without the white space
 * after it, padded in front (magika 1.0.3, `_extract_features_from_seekable`).
 *
 * @returns headTokens + tailTokens tokens; null when the file has too few bytes for the model
 * @throws Fault UnsupportedInputError when the bytes read are not those of `rangesOf`
 */
export function fileTokens(ends: FileEnds, window: FileWindow): Int32Array<ArrayBuffer> | null {
  refuseOtherRanges(ends, window);
  const { headTokens, tailTokens, padding, least } = window;
  const head = withoutLeading(ends.head).subarray(0, headTokens);
  if (head.length < least) return null;
  const tail = withoutTrailing(ends.tail);
  const tokens = new Int32Array(headTokens + tailTokens).fill(padding);
  tokens.set(head);
  const last = tail.subarray(Math.max(0, tail.length - tailTokens));
  tokens.set(last, tokens.length - last.length);
  return tokens;
}

/**
 * Feeds of one file each.
 * @throws Fault UnsupportedInputError when one is not as long as the model's input
 */
export function fileFeeds(
  { input, window }: FilesTask,
  files: readonly Int32Array<ArrayBuffer>[],
): FeedSet {
  const length = window.headTokens + window.tailTokens;
  const data = new Int32Array(files.length * length);
  for (const [index, tokens] of files.entries()) {
    if (tokens.length !== length) {
      throw new Fault(
        'UnsupportedInputError',
        `File ${index} has ${tokens.length} tokens where the model takes ${length}.`,
      );
    }
    data.set(tokens, index * length);
  }
  return { count: files.length, inputs: [{ name: input, type: 'int32', dims: [1, length], data }] };
}
