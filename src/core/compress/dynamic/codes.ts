import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { TensorProto_DataType as T } from '../../onnx/onnx_pb.ts';
import type { Rewriter } from '../rewriter.ts';
import type { ConstantMark } from '../static/marks.ts';
import { CODE_TYPES } from '../static/types.ts';
import { codesOf, quantizerOf } from '../static/weights.ts';

/** Names of a tensor's codes, its scale and its zero point. */
export interface Codes {
  readonly codes: string;
  readonly scale: string;
  readonly zeroPoint: string;
}

export type WeightType = 'int8' | 'uint8';

export interface WeightForm {
  readonly type: WeightType;
  /** Of the channels, as stored; null: one scale for all. */
  readonly axis: number | null;
  /** Whether the channels are those of the axis and of the next one, each with each; the axis is then 0. */
  readonly nextToo?: boolean;
  /** The codes stand for the weights times this. */
  readonly factor?: number;
  /** Whether rows and columns, the last two axes, change places. */
  readonly transposed?: boolean;
}

/** Rows and columns of each matrix change places. */
function turned(
  codes: Int8Array | Uint8Array,
  dims: readonly number[],
): { codes: Int8Array | Uint8Array; dims: number[] } {
  const rows = dims.at(-2) ?? 1;
  const columns = dims.at(-1) ?? 1;
  const into = codes.slice();
  for (let start = 0; start < codes.length; start += rows * columns) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        into[start + c * rows + r] = codes[start + r * columns + c] as number;
      }
    }
  }
  return { codes: into, dims: [...dims.slice(0, -2), columns, rows] };
}

const joined = ([first = 1n, second = 1n, ...rest]: readonly bigint[]) => [first * second, ...rest];

/** Tensors as codes: each is quantized once, and all its readers share that. */
export class CodeBook {
  private readonly rewriter: Rewriter;
  private readonly activations = new Map<string, Codes>();
  private readonly weights = new Map<string, Codes>();
  /** Codes from which a tensor can be made again where it is still read as floats. */
  private readonly moved = new Map<string, Codes>();

  constructor(rewriter: Rewriter) {
    this.rewriter = rewriter;
  }

  /** An activation, quantized while the model runs: uint8 over the range that it then has. */
  activation(name: string): Codes {
    const known = this.activations.get(name);
    if (known) return known;
    const made = {
      codes: this.rewriter.unique(`${name}_quantized`),
      scale: this.rewriter.unique(`${name}_scale`),
      zeroPoint: this.rewriter.unique(`${name}_zero_point`),
    };
    this.rewriter.node({
      opType: 'DynamicQuantizeLinear',
      name: `${name}_QuantizeLinear`,
      input: [name],
      output: [made.codes, made.scale, made.zeroPoint],
    });
    this.activations.set(name, made);
    return made;
  }

  known(name: string): Codes | null {
    return this.activations.get(name) ?? null;
  }

  /**
   * A node that only moves numbers works on codes from now on: what it makes has the scale of what
   * it reads.
   */
  move(node: NodeProto, from: Codes): void {
    const [output = ''] = node.output;
    const codes = this.rewriter.unique(`${output}_quantized`);
    node.input = node.input.with(0, from.codes);
    node.output = [codes];
    const made = { ...from, codes };
    this.activations.set(output, made);
    this.moved.set(output, made);
  }

  /**
   * Constants as codes, int8 from end to end of a range with 0 in the middle, or uint8 from the
   * lowest number to the highest.
   * @param tensor an initializer or what a Constant node holds, under any name
   * @throws Fault CompressError for NaN and infinite numbers
   */
  weight(name: string, tensor: TensorProto, form: WeightForm): Codes {
    const { type, axis, nextToo = false, factor = 1, transposed = false } = form;
    const key = JSON.stringify([
      name,
      axis,
      nextToo,
      factor,
      transposed,
      axis === null ? '' : type,
    ]);
    const known = this.weights.get(key);
    if (known) return known;
    const dims = tensor.dims.map(Number);
    const role = type === 'int8' ? 'weight' : 'activation';
    const shape = nextToo ? { ...tensor, dims: joined(tensor.dims) } : tensor;
    const mark: ConstantMark = { name, tensor: shape, factor, axis, role, places: [] };
    const quantizer = quantizerOf(mark, CODE_TYPES.uint8, false);
    const element = type === 'int8' ? T.INT8 : T.UINT8;
    const stored = codesOf(quantizer) as Int8Array | Uint8Array;
    const made = transposed ? turned(stored, dims) : { codes: stored, dims };
    const params = axis === null ? [] : nextToo ? dims.slice(0, 2) : [quantizer.scales.length];
    const zeroPoints =
      type === 'int8'
        ? Int8Array.from(quantizer.zeroPoints)
        : Uint8Array.from(quantizer.zeroPoints);
    const codes = {
      codes: this.rewriter.save(`${name}_quantized`, made.dims, element, made.codes),
      scale: this.rewriter.save(`${name}_scale`, params, T.FLOAT, quantizer.scales),
      zeroPoint: this.rewriter.save(`${name}_zero_point`, params, element, zeroPoints),
    };
    this.weights.set(key, codes);
    return codes;
  }

  /** Makes floats again of what was moved as codes, where something still reads them. */
  finish(): void {
    const reads = this.rewriter.reads();
    for (const [name, { codes, scale, zeroPoint }] of this.moved) {
      if (!reads.has(name)) continue;
      this.rewriter.node({
        opType: 'DequantizeLinear',
        name: `${name}_DequantizeLinear`,
        input: [codes, scale, zeroPoint],
        output: [name],
      });
    }
  }
}
