/** The cases in fixtures/, which zoo/files writes: ends of real files, and what the original makes of them. */
import type { PredictionMode } from './decode.ts';
import { type FileWindow, readFileTypes } from './task.ts';
import type { FileEnds } from './windows.ts';

type OriginalMode = 'high_confidence' | 'medium_confidence' | 'best_guess';

export const ORIGINAL_MODES: Readonly<Record<PredictionMode, OriginalMode>> = {
  'high-confidence': 'high_confidence',
  'medium-confidence': 'medium_confidence',
  'best-guess': 'best_guess',
};

interface Facts {
  readonly name: string;
  readonly source: string;
  readonly size: number;
  /** Bytes stored of the first block, and of the last if the file is longer than one. */
  readonly head: number;
  readonly tail: number;
  /** How many tokens are stored; 0 where the original answered by a rule. */
  readonly tokens: number;
  /** What the file is, where that is known from how it came about. */
  readonly type: string | null;
  /** The original model's own choice, "undefined" where a rule answered. */
  readonly choice: string;
  readonly score: number;
  readonly output: Readonly<Record<OriginalMode, string>>;
  readonly reason: Readonly<Record<OriginalMode, 'none' | 'low_confidence' | 'overwrite_map'>>;
}

export interface FileCase extends Omit<Facts, 'head' | 'tail' | 'tokens'> {
  readonly ends: FileEnds;
  readonly tokens: readonly number[] | null;
}

/** Magika's own. */
export const WINDOW: FileWindow = {
  block: 4096,
  headTokens: 1024,
  tailTokens: 1024,
  padding: 256,
  least: 8,
};

/** Reads fixtures/cases.gz, already gunzipped. */
export function readCases(packed: Uint8Array): FileCase[] {
  const lineEnd = packed.indexOf(0x0a);
  const letters = Array.from(packed.subarray(0, lineEnd), (byte) => String.fromCharCode(byte));
  let at = lineEnd + 1;
  const take = (bytes: number) => {
    at += bytes;
    return new Uint8Array(packed.subarray(at - bytes, at));
  };
  return (JSON.parse(letters.join('')) as Facts[]).map((facts) => {
    const head = take(facts.head);
    const tail = facts.tail === 0 ? head : take(facts.tail);
    const words = new Uint16Array(take(2 * facts.tokens).buffer);
    const ends = { size: facts.size, head, tail };
    return { ...facts, ends, tokens: facts.tokens === 0 ? null : [...words] };
  });
}

const described = (label: string, isText: boolean) => [
  label,
  { description: `A ${label} file`, group: 'code', mime: 'text/plain', isText, extensions: [] },
];

/** Three labels, of which "hash" is answered as unknown and "tsv" needs 0.9. */
export const FEW_TYPES = readFileTypes({
  version: 1,
  labels: ['python', 'tsv', 'hash'],
  threshold: 0.5,
  thresholds: { tsv: 0.9 },
  overwrite: { hash: 'unknown' },
  types: Object.fromEntries([
    described('python', true),
    described('tsv', true),
    described('hash', false),
    described('txt', true),
    described('unknown', false),
    described('empty', false),
  ]),
});
