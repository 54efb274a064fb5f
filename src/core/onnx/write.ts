import {
  create,
  type DescField,
  type DescMessage,
  type Message,
  toBinary,
} from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type ModelProto, ModelProtoSchema } from './onnx_pb.ts';

/** Byte fields from this size on are handed out as views; smaller ones are cheaper to copy. */
const LARGE = 1024;

type Fields = Record<string, unknown>;

/**
 * Encodes a model as parts to be laid end to end (a Blob takes them as they are): small fields
 * encoded, weights as views of wherever they lie, so that writing a model takes no second copy of
 * it. Fields stand in the order of their numbers and unknown ones last, as protobuf's own writers
 * put them: a file that such a writer made comes back byte for byte.
 */
export function modelParts(model: ModelProto): Uint8Array[] {
  return joinSmall(messageParts(ModelProtoSchema, model));
}

const isLarge = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array && value.length >= LARGE;

const isMessage = (value: unknown): value is Message & Fields =>
  typeof value === 'object' && value !== null && '$typeName' in value;

/** Whether a large byte field lies anywhere inside. */
function holdsLarge(value: unknown): boolean {
  if (isLarge(value)) return true;
  if (Array.isArray(value)) return isBranch(value[0]) && value.some(holdsLarge);
  return (
    isMessage(value) && Object.values(value).some((inner) => isBranch(inner) && holdsLarge(inner))
  );
}

/** Lists of numbers and strings need not be searched. */
const isBranch = (value: unknown) => typeof value === 'object' && value !== null;

/** Messages with a choice of fields (types, dimensions) hold no weights, so none comes past the first line. */
function messageParts(schema: DescMessage, message: Message): Uint8Array[] {
  if (!holdsLarge(message)) return [toBinary(schema, message)];
  const fields = [...schema.fields].sort((a, b) => a.number - b.number);
  const parts = fields.flatMap((field) => fieldParts(schema, field, message));
  const rest = create(schema);
  if (message.$unknown) rest.$unknown = message.$unknown;
  return [...parts, toBinary(schema, rest)];
}

function fieldParts(schema: DescMessage, field: DescField, message: Message): Uint8Array[] {
  const value = (message as Message & Fields)[field.localName];
  if (!holdsLarge(value)) {
    // The library encodes what is small: a message with this one field.
    const alone = create(schema) as Message & Fields;
    if (!Object.hasOwn(message, field.localName)) return [];
    alone[field.localName] = value;
    return [toBinary(schema, alone)];
  }
  if (isLarge(value)) return delimited(field.number, [value]);
  const inner = field.message as DescMessage;
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item) =>
    item instanceof Uint8Array
      ? delimited(field.number, [item])
      : delimited(field.number, messageParts(inner, item as Message)),
  );
}

/** A length-delimited field around parts. */
export function delimited(number: number, parts: Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = new BinaryWriter().tag(number, WireType.LengthDelimited).uint32(length).finish();
  return [head, ...parts];
}

/** Copies runs of small parts together; a Blob of ten thousand snippets would be slow to read. */
function joinSmall(parts: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  const flush = () => {
    if (run.length > 0) joined.push(concat(run));
    run = [];
  };
  for (const part of parts) {
    if (part.length < LARGE) run.push(part);
    else {
      flush();
      joined.push(part);
    }
  }
  flush();
  return joined;
}

/** One array of all parts; for files small enough to hold twice. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
