import { Fault } from '../../errors.ts';
import { list } from '../../format.ts';
import type { FeedInput, FeedSet, TensorArray, TensorSpec } from '../../tensors/tensors.ts';
import { elementCount } from '../../tensors/tensors.ts';

/** An array as numpy saves it. */
export interface NpyArray {
  /** As the runtime spells it: "float32". */
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: TensorArray;
}

type Reader = (buffer: ArrayBuffer) => TensorArray;

/** numpy's type codes; one byte needs no order, "|". float16 as its bit patterns. */
const TYPES: Readonly<Record<string, readonly [type: string, read: Reader]>> = {
  '<f4': ['float32', (buffer) => new Float32Array(buffer)],
  '<f8': ['float64', (buffer) => new Float64Array(buffer)],
  '<f2': ['float16', (buffer) => new Uint16Array(buffer)],
  '|i1': ['int8', (buffer) => new Int8Array(buffer)],
  '|u1': ['uint8', (buffer) => new Uint8Array(buffer)],
  '<i2': ['int16', (buffer) => new Int16Array(buffer)],
  '<u2': ['uint16', (buffer) => new Uint16Array(buffer)],
  '<i4': ['int32', (buffer) => new Int32Array(buffer)],
  '<u4': ['uint32', (buffer) => new Uint32Array(buffer)],
  '<i8': ['int64', (buffer) => new BigInt64Array(buffer)],
  '<u8': ['uint64', (buffer) => new BigUint64Array(buffer)],
  '|b1': ['bool', (buffer) => new Uint8Array(buffer)],
};

/** "\x93NUMPY" */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads a .npy file (numpy.lib.format, versions 1 to 3): little-endian, in C order.
 * @param file its name, for messages
 * @throws Fault UnsupportedInputError
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const fault = (message: string) => new Fault('FileFormatError', `${file} ${message}`);
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw fault('is not an .npy file as NumPy saves it.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = (bytes[6] as number) > 1;
  if (wide && bytes.length < 12) throw fault('ends inside its header.');
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  // The header is a Python dictionary in text: ASCII but for names of fields, which are refused.
  const header = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 4096)));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || shape === undefined)
    throw fault('does not hold a plain array of numbers.');
  const known = Object.hasOwn(TYPES, descr) ? TYPES[descr] : undefined;
  if (!known) {
    throw fault(
      `holds elements of numpy type "${descr}"; save it as float32 or int64, little-endian.`,
    );
  }
  if (/'fortran_order':\s*True/.test(header)) {
    throw fault('is in Fortran order; save numpy.ascontiguousarray(x) instead.');
  }
  const dims = shape
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const [type, read] = known;
  // A copy: elements must start at a multiple of their size.
  const content = bytes.slice(end).buffer;
  const size = content.byteLength / elementCount(dims);
  const wanted = Number(descr.slice(2));
  if (elementCount(dims) > 0 && size !== wanted) {
    throw fault(
      `declares ${dims.join(' × ') || 'one'} of ${type}, ${elementCount(dims) * wanted} bytes, and holds ${content.byteLength}.`,
    );
  }
  return { type, shape: dims, data: read(content) };
}

const isBatch = (dim: number | string | undefined) =>
  typeof dim !== 'number' || dim < 0 || dim === 1;

/** How many inputs an array holds: its first axis counts them, beside or in place of the batch's. */
function split({ shape }: NpyArray, spec: TensorSpec): { count: number; dims: number[] } | null {
  const rank = spec.shape.length;
  const fits = (dims: readonly number[]) =>
    dims.every((dim, axis) => {
      const declared = spec.shape[axis];
      return typeof declared !== 'number' || declared < 0 || declared === dim;
    });
  if (shape.length === rank + 1 && fits(shape.slice(1))) {
    return { count: shape[0] as number, dims: shape.slice(1) };
  }
  if (shape.length !== rank || rank === 0) return null;
  const one = [1, ...shape.slice(1)];
  if (isBatch(spec.shape[0]) && fits(one)) return { count: shape[0] as number, dims: one };
  return fits(shape) ? { count: 1, dims: [...shape] } : null;
}

const text = ({ name, type, shape }: TensorSpec) => `"${name}", ${type}[${shape.join(',')}]`;

/**
 * Inputs of a model from arrays: one file for each, called after it; with one input and one file
 * the name does not matter. The first axis counts inputs.
 * @param files by name, without ".npy"
 * @throws Fault UnsupportedInputError naming what is missing or does not fit
 */
export function feedsFromArrays(
  files: ReadonlyMap<string, NpyArray>,
  specs: readonly TensorSpec[],
): FeedSet {
  const fault = (message: string) => new Fault('UnsupportedInputError', message);
  const only = specs.length === 1 && files.size === 1 ? [...files.values()][0] : undefined;
  const inputs = specs.map((spec): FeedInput & { count: number } => {
    const array = only ?? files.get(spec.name);
    if (!array) {
      const given = list([...files.keys()].map((name) => `${name}.npy`));
      throw fault(`No file is named after the input ${text(spec)}; the files are ${given}.`);
    }
    if (array.type !== spec.type) {
      throw fault(`The input ${text(spec)} was given ${array.type} values.`);
    }
    const parts = split(array, spec);
    if (!parts || parts.count === 0) {
      throw fault(`The input ${text(spec)} was given an array of ${array.shape.join(' × ')}.`);
    }
    const { data, type } = array;
    return { name: spec.name, type: type as FeedInput['type'], data, ...parts };
  });
  const [first] = inputs;
  const other = inputs.find(({ count }) => count !== first?.count);
  if (first && other) {
    throw fault(
      `"${first.name}" holds ${first.count} inputs and "${other.name}" ${other.count}; all inputs need the same number.`,
    );
  }
  return {
    count: first?.count ?? 0,
    inputs: inputs.map(({ name, type, dims, data }) => ({ name, type, dims, data })),
  };
}

/**
 * Inputs of a model from .npy files.
 * @throws Fault UnsupportedInputError as `readNpy` and `feedsFromArrays`
 */
export function readInputs(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  specs: readonly TensorSpec[],
): FeedSet {
  const arrays = files.map(({ name, bytes }): [string, NpyArray] => [
    name.replace(/\.npy$/i, ''),
    readNpy(bytes, name),
  ]);
  return feedsFromArrays(new Map(arrays), specs);
}
