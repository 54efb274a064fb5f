/** Tables of embeddings, of which a node gathers rows. */
import { type NodeProto, TensorProto_DataType as T, type TensorProto } from '../../onnx/onnx_pb.ts';
import { attribute, int64s, type Rewriter } from '../rewriter.ts';
import { floatsOf } from '../static/weights.ts';
import { type BlockFormat, quantizeBlocks } from './blocks.ts';
import { runsAlong } from './plan.ts';
import { notFinite, type PackedNames, type Stock } from './stock.ts';

interface Table {
  readonly name: string;
  readonly tensor: TensorProto;
}

/** What GatherBlockQuantized reads a table by. */
export class Tables {
  private readonly rewriter: Rewriter;
  private readonly stock: Stock;
  private readonly format: BlockFormat;
  private readonly made = new Map<string, PackedNames>();

  constructor(rewriter: Rewriter, stock: Stock, format: BlockFormat) {
    this.rewriter = rewriter;
    this.stock = stock;
    this.format = format;
  }

  /** Gathers rows of codes and makes floats of them, by blocks. */
  gatherBlocks(node: NodeProto, table: Table): void {
    const { bits, block } = this.format;
    const { codes, scales, zeroPoints } = this.once(table.name, () => this.stored(table));
    this.rewriter.remove(node);
    this.rewriter.node({
      opType: 'GatherBlockQuantized',
      domain: 'com.microsoft',
      name: node.name && `${node.name}_Q${bits}`,
      input: [codes, node.input[1] ?? '', scales, ...(zeroPoints ? [zeroPoints] : [])],
      output: node.output,
      attributes: [
        attribute('bits', bits),
        attribute('block_size', block),
        attribute('gather_axis', 0),
        attribute('quantize_axis', 1),
      ],
    });
    this.rewriter.retire(table.name);
  }

  private stored({ name, tensor }: Table): PackedNames {
    const { rewriter, stock, format } = this;
    const runs = runsAlong(tensor, 1);
    const tied = runs.length % format.block === 0 ? stock.knownMatrix(name, 1, runs) : null;
    if (tied) return { ...tied, codes: this.flattened(tied.codes, runs.outer) };
    const blocks = quantizeBlocks(floatsOf(tensor, 1), runs, format);
    if (!blocks) throw notFinite(name);
    const dims = [runs.outer, blocks.count];
    const shape = tensor.dims.map(Number);
    const base = `${name}_Q${format.bits}`;
    const scales = rewriter.save(`${name}_scales`, dims, T.FLOAT, blocks.scales);
    if (format.bits === 4) {
      const zeros = format.symmetric
        ? ''
        : stock.codes(`${name}_zero_points`, dims, blocks.zeroPoints, format);
      return { codes: stock.codes(base, shape, blocks.codes, format), scales, zeroPoints: zeros };
    }
    // Of 8 bits it takes unsigned codes only.
    const codes = rewriter.save(base, shape, T.UINT8, blocks.codes);
    const zeroPoints = format.symmetric
      ? ''
      : rewriter.save(`${name}_zero_points`, dims, T.UINT8, blocks.zeroPoints);
    return { codes, scales, zeroPoints };
  }

  /** The codes of a matrix that MatMulNBits reads too, as rows. */
  private flattened(codes: string, rows: number): string {
    const output = this.rewriter.unique(`${codes}_rows`);
    const shape = this.rewriter.save(`${codes}_rows_shape`, [2], T.INT64, int64s([rows, -1]));
    this.rewriter.node({
      opType: 'Reshape',
      name: `${output}_Reshape`,
      input: [codes, shape],
      output: [output],
    });
    return output;
  }

  /** Gathers rows of int8 and multiplies them by their scales, in standard operators. */
  gatherRows(node: NodeProto, { name, tensor }: Table): void {
    const { rewriter } = this;
    const { codes, scales } = this.once(name, () => {
      const { codes: stored, scales: rows } = this.stock.along(name, tensor, 0);
      const dims = [rows.length, 1];
      const scale = rewriter.save(`${name}_row_scales`, dims, T.FLOAT, rows);
      return { codes: stored, scales: scale, zeroPoints: '' };
    });
    const [output = ''] = node.output;
    const gather = (base: string, from: string): string => {
      const made = rewriter.unique(`${output}_${base}`);
      const input = [from, node.input[1] ?? ''];
      rewriter.node({ opType: 'Gather', name: `${made}_Gather`, input, output: [made] });
      return made;
    };
    const rows = gather('codes', codes);
    const floats = rewriter.unique(`${rows}_float`);
    const attributes = [attribute('to', T.FLOAT)];
    rewriter.remove(node);
    rewriter.node({
      opType: 'Cast',
      name: `${rows}_Cast`,
      input: [rows],
      output: [floats],
      attributes,
    });
    rewriter.node({
      opType: 'Mul',
      name: node.name && `${node.name}_Mul`,
      input: [floats, gather('scales', scales)],
      output: [output],
    });
    rewriter.retire(name);
  }

  private once(name: string, make: () => PackedNames): PackedNames {
    const made = this.made.get(name) ?? make();
    this.made.set(name, made);
    return made;
  }
}
