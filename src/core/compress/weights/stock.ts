import { Fault } from '../../errors.ts';
import { packNibbles } from '../../onnx/nibbles.ts';
import {
  type AttributeProto,
  TensorProto_DataType as T,
  type TensorProto,
} from '../../onnx/onnx_pb.ts';
import type { ConstantFactor } from '../products.ts';
import { attribute, type Rewriter } from '../rewriter.ts';
import { CODE_TYPES } from '../static/types.ts';
import { codesOf, floatsOf, quantizerOf } from '../static/weights.ts';
import { type BlockFormat, type Blocks, middle, quantizeBlocks, type Runs } from './blocks.ts';
import { packMatrix } from './nbits.ts';

/** Names of weights as MatMulNBits reads them; '' where symmetric codes need no zero points. */
export interface PackedNames {
  readonly codes: string;
  readonly scales: string;
  readonly zeroPoints: string;
}

/** Codes by name, and the scales that they have. */
export interface Along {
  readonly codes: string;
  readonly scales: Float32Array;
}

/** Dims of the scales, and how a DequantizeLinear is told of them. */
export interface ScaleLayout {
  readonly dims: readonly number[];
  readonly attributes: readonly AttributeProto[];
}

export const notFinite = (name: string): Fault =>
  new Fault(
    'CompressError',
    `The weights "${name}" hold numbers that are not finite (NaN or infinity), which have no codes.`,
  );

/** Weights that were stored already, so that nodes that share them go on sharing. */
export class Stock {
  private readonly rewriter: Rewriter;
  private readonly packed = new Map<string, PackedNames>();
  private readonly floats = new Map<string, string>();
  private readonly byAxis = new Map<string, Along>();

  constructor(rewriter: Rewriter) {
    this.rewriter = rewriter;
  }

  /** @throws Fault CompressError for numbers that are not finite */
  private blocks(
    tensor: TensorProto,
    name: string,
    factor: number,
    runs: Runs,
    format: BlockFormat,
  ): Blocks {
    const blocks = quantizeBlocks(floatsOf(tensor, factor), runs, format);
    if (blocks) return blocks;
    throw notFinite(name);
  }

  /** A matrix for MatMulNBits, of which `factor` times the weights is stored. */
  matrix(weights: ConstantFactor, factor: number, runs: Runs, format: BlockFormat): PackedNames {
    const { name, tensor } = weights;
    const key = JSON.stringify([name, factor, runs]);
    const known = this.packed.get(key);
    if (known) return known;
    const packed = packMatrix(this.blocks(tensor, name, factor, runs, format), runs, format);
    const columns = runs.outer * runs.inner;
    const count = Math.ceil(runs.length / format.block);
    const { rewriter } = this;
    const codes = rewriter.save(
      `${name}_Q${format.bits}`,
      [columns, count, packed.blockBytes],
      T.UINT8,
      packed.codes,
    );
    const scales = rewriter.save(`${name}_scales`, [columns, count], T.FLOAT, packed.scales);
    const zeroPoints = format.symmetric
      ? ''
      : rewriter.save(
          `${name}_zero_points`,
          [columns, packed.zeroPointBytes],
          T.UINT8,
          packed.zeroPoints,
        );
    const made = { codes, scales, zeroPoints };
    this.packed.set(key, made);
    return made;
  }

  /** The matrix of `matrix`, where it was stored already. */
  knownMatrix(name: string, factor: number, runs: Runs): PackedNames | null {
    return this.packed.get(JSON.stringify([name, factor, runs])) ?? null;
  }

  /** Stores codes as integers of their width: signed with 0 in the middle, or unsigned with zero points. */
  codes(
    base: string,
    dims: readonly number[],
    codes: Uint8Array,
    { bits, symmetric }: BlockFormat,
  ): string {
    const centred = symmetric ? codes.map((code) => code - middle(bits)) : codes;
    const data = bits === 4 ? packNibbles(centred) : centred;
    return this.rewriter.save(base, dims, elementOf(bits, symmetric), data);
  }

  /** Weights that a DequantizeLinear makes floats of, in the shape in which they were stored. */
  dequantized(
    { name, tensor }: ConstantFactor,
    runs: Runs,
    format: BlockFormat,
    layout: ScaleLayout,
  ): string {
    return this.once(name, () => {
      const { codes, scales, zeroPoints } = this.blocks(tensor, name, 1, runs, format);
      const base = `${name}_DQ`;
      const input = [
        this.codes(`${base}_Q${format.bits}`, tensor.dims.map(Number), codes, format),
        this.rewriter.save(`${base}_scales`, layout.dims, T.FLOAT, scales),
      ];
      if (!format.symmetric) {
        input.push(this.codes(`${base}_zero_points`, layout.dims, zeroPoints, format));
      }
      return this.dequantize(input, layout.attributes);
    });
  }

  /** The same with int8 codes and a scale for each place of an axis. */
  dequantizedAlong({ name, tensor }: ConstantFactor, axis: number): string {
    return this.once(name, () => {
      const { codes, scales } = this.along(name, tensor, axis);
      const input = [
        codes,
        this.rewriter.save(`${name}_DQ_scales`, [scales.length], T.FLOAT, scales),
      ];
      return this.dequantize(input, [attribute('axis', axis)]);
    });
  }

  /** int8 codes with a scale for each place of an axis; shared by all who ask for the same. */
  along(name: string, tensor: TensorProto, axis: number): Along {
    const key = JSON.stringify([name, axis]);
    const known = this.byAxis.get(key);
    if (known) return known;
    const mark = { name, tensor, factor: 1, axis, role: 'weight' as const, places: [] };
    const quantizer = quantizerOf(mark, CODE_TYPES.int8, true);
    const base = `${name}_DQ_Q8`;
    const codes = this.rewriter.save(base, tensor.dims.map(Number), T.INT8, codesOf(quantizer));
    const made = { codes, scales: quantizer.scales };
    this.byAxis.set(key, made);
    return made;
  }

  private dequantize(input: readonly string[], attributes: readonly AttributeProto[]): string {
    const [codes = ''] = input;
    const output = this.rewriter.unique(`${codes}_output`);
    const name = `${codes}_DequantizeLinear`;
    this.rewriter.node({ opType: 'DequantizeLinear', name, input, output: [output], attributes });
    return output;
  }

  /** The other way round, for readers of a Transpose of what was stored. */
  transposed(output: string): string {
    return this.once(`${output}^T`, () => {
      const made = this.rewriter.unique(`${output}_transposed`);
      const attributes = [attribute('perm', [1, 0])];
      this.rewriter.node({
        opType: 'Transpose',
        name: `${made}_Transpose`,
        input: [output],
        output: [made],
        attributes,
      });
      return made;
    });
  }

  private once(key: string, make: () => string): string {
    const made = this.floats.get(key) ?? make();
    this.floats.set(key, made);
    return made;
  }
}

/** Integers of 4 or 8 bits, with a sign where 0 is in the middle. */
const elementOf = (bits: 4 | 8, signed: boolean): T =>
  bits === 4 ? (signed ? T.INT4 : T.UINT4) : signed ? T.INT8 : T.UINT8;
