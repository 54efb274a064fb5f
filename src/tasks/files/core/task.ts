import * as v from 'valibot';
import { Fault } from '../../../core/errors.ts';
import { fileName, readShipped, sha256 } from '../../../core/schema/shipped.ts';
import type { Bytes } from '../../../core/units.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** The schema of a `FilesTask`, for manifests that came over the network. */
export const FilesTaskSchema = v.object({
  kind: v.literal('files'),
  input: v.string(),
  output: v.string(),
  types: v.object({
    file: fileName,
    bytes: count,
    sha256,
  }),
  window: v.object({
    block: positive,
    headTokens: positive,
    tailTokens: positive,
    padding: count,
    least: positive,
  }),
});

/** A file, or rather its first and its last bytes, to one of some 200 types. */
export interface FilesTask {
  readonly kind: 'files';
  /** Takes int32 [1, headTokens + tailTokens]: bytes, or the padding. */
  readonly input: string;
  /** Gives float32 [1, labels]: probabilities, not logits. */
  readonly output: string;
  /** A file beside the models, read by `readFileTypes`. */
  readonly types: { readonly file: string; readonly bytes: Bytes; readonly sha256: string };
  readonly window: FileWindow;
}

/** Which of a file's bytes the model looks at. */
export interface FileWindow {
  /** Bytes that are read from either end, white space included. */
  readonly block: Bytes;
  readonly headTokens: number;
  readonly tailTokens: number;
  /** The token where there is no byte. */
  readonly padding: number;
  /** Files with fewer bytes, white space at the start not counted, are answered by a rule. */
  readonly least: Bytes;
}

const FileTypeEntry = v.object({
  description: v.string(),
  group: v.string(),
  mime: v.string(),
  isText: v.boolean(),
  extensions: v.array(v.string()),
});

const GENERIC = ['empty', 'txt', 'unknown'] as const;

const FileTypesFile = v.object({
  version: v.literal(1),
  labels: v.pipe(v.array(v.string()), v.minLength(1)),
  threshold: share,
  thresholds: v.record(v.string(), share),
  overwrite: v.record(v.string(), v.string()),
  types: v.record(v.string(), FileTypeEntry),
});

export interface FileType extends v.InferOutput<typeof FileTypeEntry> {
  /** Magika's short name: "python", "pebin". */
  readonly label: string;
}

/** What the model's outputs are called, what is known of each type, and the rules for answering. */
export interface FileTypes {
  /** The type of each of the model's outputs, in their order. */
  readonly labels: readonly string[];
  /** The least probability for which a type of the model's is answered... */
  readonly threshold: number;
  /** ...and that of the types that need another. */
  readonly thresholds: ReadonlyMap<string, number>;
  /** Types of the model's that are answered as another: random bytes as unknown. */
  readonly overwrite: ReadonlyMap<string, string>;
  /** Every type that can be answered, by its label. */
  readonly types: ReadonlyMap<string, FileType>;
}

function missing(file: v.InferOutput<typeof FileTypesFile>): string | undefined {
  const named = [...file.labels, ...Object.values(file.overwrite), ...GENERIC];
  return named.find((label) => !Object.hasOwn(file.types, label));
}

/**
 * Reads the list of types (untrusted: it came over the network).
 * @throws Fault ManifestError naming the first thing that is wrong
 */
export function readFileTypes(json: unknown): FileTypes {
  const file = readShipped(FileTypesFile, json, 'The list of file types');
  const { labels, threshold, thresholds, overwrite, types } = file;
  const unknown = missing(file);
  if (unknown !== undefined) {
    throw new Fault('ManifestError', `The list of file types does not describe "${unknown}".`);
  }
  return {
    labels,
    threshold,
    thresholds: new Map(Object.entries(thresholds)),
    overwrite: new Map(Object.entries(overwrite)),
    types: new Map(Object.entries(types).map(([label, type]) => [label, { label, ...type }])),
  };
}

/** @throws RangeError for a label that `readFileTypes` would have refused */
export function fileType(types: FileTypes, label: string): FileType {
  const type = types.types.get(label);
  if (!type) throw new RangeError(`There is no file type "${label}".`);
  return type;
}
