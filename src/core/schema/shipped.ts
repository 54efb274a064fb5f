/** What all lists have in common that lie beside the models and come over the network. */
import * as v from 'valibot';
import { Fault } from '../errors.ts';
import type { Bytes } from '../units.ts';

/** A bare file name, never "." or "..": no list may point outside the models' folder. */
export const fileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/));

/** A file that the site ships, as the list that names it states it. */
export interface Stated {
  readonly file: string;
  readonly bytes: Bytes;
  readonly sha256: string;
}

export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/**
 * Reads what is untrusted, since it came over the network.
 * @param what the list, as a sentence about it begins
 * @throws Fault ManifestError naming the first field that is wrong
 */
export function readShipped<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  what: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'the file itself';
  throw new Fault('ManifestError', `${what}: ${path}: ${issue.message}`);
}
