import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { GraphProto, ModelProto } from '../../onnx/onnx_pb.ts';
import { readModel } from '../../onnx/read.ts';
import { isNameless } from '../../tensors/tensors.ts';
import type { Dim } from './dim.ts';
import { symbol } from './dims.ts';
import { type Frame, inferTypes } from './infer.ts';
import { factorsOf, parse } from './polynomial.ts';
import { isUnknown, typeText, type ValueType } from './types.ts';

type Dims = readonly (number | string | null)[] | null;

/** As onnx infers it: [element type, dims]; a sequence is ["seq", element type, dims]. */
type Expected = readonly [number, Dims] | readonly ['seq' | 'opt', number, Dims];
type Tensors = Readonly<Record<string, Expected>>;

interface Entry {
  readonly tensors: Tensors;
  readonly subgraphs: Readonly<Record<string, Tensors>>;
}

const unzipped = (name: string) =>
  gunzipSync(readFileSync(new URL(`./fixtures/${name}.gz`, import.meta.url)));

const ENTRIES = JSON.parse(unzipped('shapes.json').toString()) as Record<string, Entry>;

/** Outputs that the file itself declares with a rank they do not have; onnx repeats it. */
const MISDECLARED = new Set(['ddddocr_lstm 387', 'ddddocr_int8 387']);

/** Names that the inputs give to their dynamic dimensions; onnx makes up or copies the others. */
function inputNames({ graph }: ModelProto): ReadonlySet<string> {
  const dims = graph?.input.flatMap(({ type }) =>
    type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []) : [],
  );
  return new Set(dims?.flatMap(({ value }) => (value.case === 'dimParam' ? [value.value] : [])));
}

const modelNamed = (name: string) =>
  readModel(new Uint8Array(unzipped(`${name}.onnx`)), `${name}.onnx`);

/** The frame of the subgraph at a path such as "2/else_branch/83/then_branch". */
function frameAt(root: Frame, graph: GraphProto, path: string): Frame | undefined {
  let frame: Frame | undefined = root;
  let around = graph;
  for (const [, index, attribute] of path.matchAll(/(\d+)\/([^/]+)/g)) {
    const node = around.node[Number(index)];
    if (!node) return undefined;
    frame = frame?.bodies.get(node)?.find(({ label }) => label === attribute);
    around = node.attribute.find(({ name }) => name === attribute)?.g ?? around;
  }
  return frame;
}

const CONTAINERS = { seq: 'sequence', opt: 'optional' } as const;

/** Whether ours says all that onnx says; a size of -1 or "?" in a file is an unknown one. */
function agrees(ours: ValueType, expected: Expected, names: ReadonlySet<string>): boolean {
  const [kind] = expected;
  const [elem, dims] = (typeof kind === 'string' ? expected.slice(1) : expected) as [number, Dims];
  const container = typeof kind === 'string' ? CONTAINERS[kind] : undefined;
  if (ours.elem !== elem || ours.container !== container) return false;
  if (!dims) return true;
  if (ours.shape?.length !== dims.length) return false;
  return ours.shape.every((dim, axis) => {
    const known = dims[axis] ?? null;
    if (typeof known === 'string')
      return isNameless(known) || !names.has(known) || dim === symbol(known);
    return known === null || known < 0 || dim === known;
  });
}

const isTyped = (ours: ValueType | undefined, expected: Expected) =>
  ours !== undefined && (expected.at(-1) === null || ours.shape !== null);

function compared(name: string) {
  const { tensors, subgraphs } = ENTRIES[name] as Entry;
  const model = modelNamed(name);
  const names = inputNames(model);
  const frame = inferTypes(model);
  const missing: string[] = [];
  const differing: string[] = [];
  let all = 0;
  const places = { '': tensors, ...subgraphs };
  for (const [path, expectations] of Object.entries(places)) {
    const found = frameAt(frame, model.graph as GraphProto, path);
    for (const [tensor, expected] of Object.entries(expectations)) {
      if (MISDECLARED.has(`${name} ${tensor}`)) continue;
      all++;
      const ours = found?.types.get(tensor);
      if (!ours || !isTyped(ours, expected)) missing.push(`${path} ${tensor}`);
      else if (!agrees(ours, expected, names)) {
        differing.push(`${path} ${tensor}: ${typeText(ours)}, not ${JSON.stringify(expected)}`);
      }
    }
  }
  return { all, missing, differing };
}

describe('types of real models agree with those that onnx infers', () => {
  it.each(Object.keys(ENTRIES))('%s', (name) => {
    const { all, missing, differing } = compared(name);
    expect(all).toBeGreaterThan(0);
    expect(differing).toEqual([]);
    expect(missing).toEqual([]);
  });
});

/** What a dimension comes to when its names have these sizes. */
function evaluated(dim: Dim, sizes: ReadonlyMap<Dim, number>): number {
  const factor = (name: string): number => {
    const [, inside = '', divisor] = /^floor\((.+)\/(\d+)\)$/.exec(name) ?? [];
    const bare = /^\((.+)\)$/.exec(inside)?.[1];
    if (divisor === undefined) return sizes.get(name) ?? Number.NaN;
    const dividend = sizes.has(inside) ? inside : (bare ?? inside);
    return Math.floor(evaluated(dividend, sizes) / Number(divisor));
  };
  return [...parse(dim)].reduce(
    (sum, [names, coefficient]) =>
      sum + factorsOf(names).reduce((product, name) => product * factor(name), coefficient),
    0,
  );
}

/** Tensors whose symbolic size is not the one they have when the sizes are given. */
function strayed(symbolic: Frame, fixed: Frame, sizes: ReadonlyMap<Dim, number>): string[] {
  const own = [...symbolic.types].flatMap(([name, { shape }]) => {
    const known = fixed.types.get(name)?.shape;
    const wrong = shape?.some((dim, axis) => {
      const size = known?.[axis];
      if (typeof size !== 'number' || isUnknown(dim)) return false;
      const value = evaluated(dim, sizes);
      // An output may have names of its own.
      return !Number.isNaN(value) && value !== size;
    });
    return wrong ? [`${name}: [${shape}] and [${known}]`] : [];
  });
  const inside = [...symbolic.bodies].flatMap(([node, bodies]) =>
    bodies.flatMap((body, i) => {
      const other = fixed.bodies.get(node)?.[i];
      return other ? strayed(body, other, sizes) : [];
    }),
  );
  return [...own, ...inside];
}

/** A size that the models can take: tables of positions are short, windows and images large. */
function sizeFor(name: string, i: number): number {
  if (/batch/.test(name)) return 3;
  if (/seq|len|past|total/.test(name)) return 61 + i;
  // The height of a line of text.
  return name === '?' ? 48 : 602 + 31 * i;
}

describe('symbolic sizes come to what inference with numbers finds', () => {
  const dynamic = Object.keys(ENTRIES).filter((name) => inputNames(modelNamed(name)).size > 0);

  it.each(dynamic)('%s', (name) => {
    const model = modelNamed(name);
    const sizes = Object.fromEntries(
      [...inputNames(model)].map((each, i) => [each, sizeFor(each, i)]),
    );
    const bySymbol = new Map(Object.entries(sizes).map(([each, size]) => [symbol(each), size]));
    expect(strayed(inferTypes(model), inferTypes(model, { sizes }), bySymbol)).toEqual([]);
  });
});
