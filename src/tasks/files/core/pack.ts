import * as v from 'valibot';
import { Fault } from '../../../core/errors.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Head = v.array(v.object({ name: v.string(), bytes: count, about: v.string() }));

/** A sample to try: its name may be a lie. */
export interface SampleFile {
  readonly name: string;
  /** One sentence: what the file really is. */
  readonly about: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

const LINE_FEED = 0x0a;

const fault = (what: string) => new Fault('IntegrityError', `The pack of sample files ${what}.`);

/** One line of JSON; its bytes are ASCII, so that no decoder is needed. */
function readHead(line: Uint8Array): v.InferOutput<typeof Head> {
  let json: unknown;
  try {
    json = JSON.parse(Array.from(line, (byte) => String.fromCharCode(byte)).join(''));
  } catch {
    throw fault('does not begin with a line of JSON');
  }
  const parsed = v.safeParse(Head, json);
  if (!parsed.success) throw fault('does not begin with a list of its files');
  return parsed.output;
}

/**
 * Unpacks sample files (already gunzipped): a line of JSON with names and sizes, then the contents one
 * after another.
 * @throws Fault IntegrityError when the sizes do not fit the pack
 */
export function unpackFiles(packed: Uint8Array<ArrayBuffer>): SampleFile[] {
  const line = packed.indexOf(LINE_FEED);
  if (line < 0) throw fault('does not begin with a line of JSON');
  let at = line + 1;
  const files = readHead(packed.subarray(0, line)).map(({ name, about, bytes }) => {
    const content = packed.subarray(at, at + bytes);
    at += bytes;
    return { name, about, content };
  });
  if (at !== packed.length) {
    throw fault(`holds ${packed.length} bytes where its list needs ${at}`);
  }
  return files;
}
