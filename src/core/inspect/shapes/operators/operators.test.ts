import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../onnx/read.ts';
import { symbol } from '../dims.ts';
import { inferTypes } from '../infer.ts';
import type { ValueType } from '../types.ts';

type Dims = readonly (number | string | null)[] | null;

/** As onnx infers it: [element type, dims]; a sequence is ["seq", element type, dims]. */
type Expected = readonly [number, Dims] | readonly ['seq' | 'opt', number, Dims];

interface Case {
  readonly op: string;
  readonly opset: number;
  /** A ModelProto in base64. */
  readonly model: string;
  readonly tensors: Readonly<Record<string, Expected>>;
}

const FIXTURES = new URL('../fixtures/operators.json.gz', import.meta.url);
const CASES = JSON.parse(gunzipSync(readFileSync(FIXTURES)).toString()) as Case[];

const CONTAINERS = { seq: 'sequence', opt: 'optional' } as const;

/** Names that onnx invents for sizes it does not know. */
const isInvented = (dim: string) => dim.startsWith('unk__');

/** Our type with all that onnx leaves open forgotten, in the form of the fixtures. */
function comparable(ours: ValueType | undefined, expected: Expected) {
  if (!ours) return null;
  const dims = expected.at(-1) as Dims;
  const shape = ours.shape?.map((dim, axis) => {
    const known = dims?.[axis] ?? null;
    return known === null || (typeof known === 'string' && isInvented(known)) ? known : dim;
  });
  return { elem: ours.elem, container: ours.container, shape: dims ? (shape ?? null) : null };
}

function wanted(expected: Expected) {
  const [first, ...rest] = expected;
  const container = typeof first === 'string' ? CONTAINERS[first] : undefined;
  const [elem, dims] = (typeof first === 'string' ? rest : expected) as [number, Dims];
  const shape = dims?.map((dim) => {
    return typeof dim === 'string' && !isInvented(dim) ? symbol(dim) : dim;
  });
  return { elem, container, shape: shape ?? null };
}

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));

describe('inferTypes agrees with onnx', () => {
  const numbered = CASES.map((each, i) => [each.op, each.opset, i, each] as const);

  it.each(numbered)('%s of opset %i (case %i)', (_op, _opset, _i, { model, tensors }) => {
    const { types, problems } = inferTypes(readModel(bytesOf(model), 'case.onnx'));
    expect([...problems.values()]).toEqual([]);
    for (const [name, expected] of Object.entries(tensors)) {
      expect([name, comparable(types.get(name), expected)]).toEqual([name, wanted(expected)]);
    }
  });
});
