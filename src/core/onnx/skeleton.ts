import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Bytes } from '../units.ts';
import { SELF } from './external.ts';
import type { ModelProto } from './onnx_pb.ts';
import { readModel } from './read.ts';
import { concat, delimited } from './write.ts';

/** A file that can be read in pieces. */
export interface PieceSource {
  readonly size: Bytes;
  /** Exactly `length` bytes from `offset` on; both within the file. */
  read(offset: Bytes, length: Bytes): Promise<Uint8Array>;
}

/**
 * Weights from this size on stay in the file. A read costs a browser about 2 ms, whatever its
 * length, and 2 ms for each MB (measured): to skip less costs more than to read it.
 */
const LARGE: Bytes = 1_000_000;
/** Read after a jump, where the head of the next weights stands, and not much else. */
const AFTER_JUMP: Bytes = 4096;
/** Read on where the last read ended: twice as much each time, between these. */
const READ_ON: { readonly least: Bytes; readonly most: Bytes } = { least: 262_144, most: 4e6 };
/** A varint has at most ten bytes, and a field's tag and length are two of them. */
const MAX_HEAD = 20;

/** Numbers of the fields that lead to weights, from onnx.proto. */
const GRAPH_OF_MODEL = 7;
const INITIALIZER_OF_GRAPH = 5;
const RAW_DATA_OF_TENSOR = 9;
const EXTERNAL_DATA_OF_TENSOR = 13;
const DATA_LOCATION_OF_TENSOR = 14;
const EXTERNAL = 1;

/** A field as it stands in the file. */
interface Field {
  readonly number: number;
  readonly wireType: WireType;
  /** Where the tag stands. */
  readonly start: number;
  /** Where what follows tag and length stands. */
  readonly content: number;
  readonly end: number;
}

/** What does not read as protobuf here; the whole file is read then, and said what is wrong. */
class NotWalkable extends Error {}

/** Reads a file through a window that moves over it. */
class Window {
  private readonly source: PieceSource;
  private from = 0;
  private bytes: Uint8Array = new Uint8Array();
  private step = READ_ON.least;

  constructor(source: PieceSource) {
    this.source = source;
  }

  async at(offset: number, length: number): Promise<Uint8Array> {
    const { size } = this.source;
    if (offset + length > size) throw new NotWalkable();
    const end = this.from + this.bytes.length;
    if (offset < this.from || offset + length > end) {
      const jumped = offset > end;
      this.step = jumped ? READ_ON.least : Math.min(READ_ON.most, this.step * 2);
      const wanted = Math.max(length, jumped ? AFTER_JUMP : this.step);
      this.bytes = await this.source.read(offset, Math.min(size - offset, wanted));
      this.from = offset;
    }
    return this.bytes.subarray(offset - this.from, offset - this.from + length);
  }

  async field(start: number, limit: number): Promise<Field> {
    const reader = new BinaryReader(await this.at(start, Math.min(MAX_HEAD, limit - start)));
    const [number, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) {
      const length = reader.uint32();
      const content = start + reader.pos;
      if (content + length > limit) throw new NotWalkable();
      return { number, wireType, start, content, end: content + length };
    }
    const content = start + reader.pos;
    reader.skip(wireType, number);
    return { number, wireType, start, content, end: start + reader.pos };
  }
}

/** Bytes in order, as views of what was read. */
type Parts = Uint8Array[];
type Transform = (field: Field) => Promise<Parts | null>;

/** The bytes of a message, with some of its fields replaced: null leaves one as it is. */
async function rewritten(
  window: Window,
  from: number,
  to: number,
  transform: Transform,
): Promise<Parts> {
  const parts: Parts = [];
  for (let at = from; at < to; ) {
    const field = await window.field(at, to);
    const replaced = await transform(field);
    if (replaced) parts.push(...replaced);
    else parts.push(await window.at(field.start, field.end - field.start));
    at = field.end;
  }
  return parts;
}

/** One pair of `external_data`: its key is field 1, its value field 2. */
const entry = (key: string, value: string): Uint8Array => {
  const [first, second] = [1, 2];
  const pair = new BinaryWriter()
    .tag(first, WireType.LengthDelimited)
    .string(key)
    .tag(second, WireType.LengthDelimited)
    .string(value);
  return new BinaryWriter()
    .tag(EXTERNAL_DATA_OF_TENSOR, WireType.LengthDelimited)
    .bytes(pair.finish())
    .finish();
};

const isLarge = ({ content, end }: Field) => end - content >= LARGE;

/**
 * Reads a model without its large weights: those become external data whose file is the model's
 * own, at the place where they stand in it. A file of many hundred MB opens in some dozen small
 * reads, and takes no more memory than its graph.
 * @throws Fault ModelUnreadableError as `readModel`
 */
export async function readSkeleton(source: PieceSource, file: string): Promise<ModelProto> {
  let bytes: Uint8Array;
  try {
    bytes = await skeletonBytes(source);
  } catch {
    bytes = await source.read(0, source.size);
  }
  return readModel(bytes, file);
}

async function skeletonBytes(source: PieceSource): Promise<Uint8Array> {
  const window = new Window(source);
  const tensor: Transform = async (field) => {
    if (field.number !== RAW_DATA_OF_TENSOR || !isLarge(field)) return null;
    return [
      entry('location', SELF),
      entry('offset', String(field.content)),
      entry('length', String(field.end - field.content)),
      new BinaryWriter().tag(DATA_LOCATION_OF_TENSOR, WireType.Varint).int32(EXTERNAL).finish(),
    ];
  };
  const inside =
    (number: number, transform: Transform): Transform =>
    async (field) => {
      if (field.number !== number || !isLarge(field)) return null;
      return delimited(number, await rewritten(window, field.content, field.end, transform));
    };
  const graph = inside(INITIALIZER_OF_GRAPH, tensor);
  return concat(await rewritten(window, 0, source.size, inside(GRAPH_OF_MODEL, graph)));
}
