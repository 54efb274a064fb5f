/** Files made for tests: at random, and bad ones. */
import {
  create,
  type DescField,
  type DescMessage,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { concat } from './write.ts';

/** Bytes of a model whose node holds a graph whose node holds a graph, and so on. */
export function deeplyNested(depth: number): Uint8Array {
  // From the innermost outwards each message is its tag and length before the one inside.
  const heads: Uint8Array[] = [];
  let length = 0;
  const wrap = (field: number) => {
    const head = new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(length).finish();
    heads.push(head);
    length += head.length;
  };
  const [graphNode, nodeAttribute, attributeGraph, modelGraph] = [1, 5, 6, 7];
  for (let i = 0; i < depth; i++) {
    wrap(graphNode);
    wrap(attributeGraph);
    wrap(nodeAttribute);
  }
  wrap(graphNode);
  wrap(modelGraph);
  return concat(heads.reverse());
}

const SCALARS: Readonly<Partial<Record<ScalarType, fc.Arbitrary<unknown>>>> = {
  [ScalarType.FLOAT]: fc.float(),
  [ScalarType.DOUBLE]: fc.double(),
  [ScalarType.INT32]: fc.integer(),
  [ScalarType.INT64]: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  [ScalarType.UINT64]: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  [ScalarType.STRING]: fc.string({ unit: 'grapheme', maxLength: 8 }),
  // Now and then past the size from which a writer hands out views.
  [ScalarType.BYTES]: fc.oneof(
    { weight: 4, arbitrary: fc.uint8Array({ maxLength: 8 }) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1024, maxLength: 1200 }) },
  ),
};

function fieldValue(field: DescField, depth: number): fc.Arbitrary<unknown> {
  if (field.message) return anyMessage(field.message, depth - 1);
  if (field.enum) return fc.constantFrom(...field.enum.values.map(({ number }) => number));
  const scalar = SCALARS[field.scalar as ScalarType];
  if (!scalar) throw new RangeError(`No values for ${String(field)}.`);
  return scalar;
}

const unknownField = fc.record({
  no: fc.integer({ min: 2000, max: 2010 }),
  wireType: fc.constant(2 as const),
  // As it stands on the wire: its length, then its bytes.
  data: fc.uint8Array({ maxLength: 5 }).map((bytes) => Uint8Array.of(bytes.length, ...bytes)),
});

/** Any message of a schema, to a depth, with fields that the schema does not know. */
export function anyMessage(schema: DescMessage, depth: number): fc.Arbitrary<Message> {
  const fields = schema.fields.filter((field) => depth > 0 || !field.message);
  const entries = fields.map((field) => {
    const one = fc.memo(() => fieldValue(field, depth))();
    const filled = field.fieldKind === 'list' ? fc.array(one, { maxLength: 2 }) : one;
    return fc.option(filled, { nil: undefined, freq: 2 });
  });
  return fc
    .tuple(fc.tuple(...entries), fc.array(unknownField, { maxLength: 1 }))
    .map(([values, unknown]) => {
      const message = create(schema) as Message & Record<string, unknown>;
      fields.forEach((field, i) => {
        if (values[i] === undefined) return;
        if (field.oneof)
          message[field.oneof.localName] = { case: field.localName, value: values[i] };
        else message[field.localName] = values[i];
      });
      if (unknown.length > 0) message.$unknown = unknown;
      return message;
    });
}
