import { create } from '@bufbuild/protobuf';
import { bytes } from '../../../format.ts';
import { isKnown } from '../../../inspect/shapes/dims.ts';
import type { ValueType } from '../../../inspect/shapes/types.ts';
import { packedBytes } from '../../../onnx/elements.ts';
import { domainOf, subgraphsOf } from '../../../onnx/graph.ts';
import {
  type NodeProto,
  TensorProto_DataType as T,
  type TensorProto,
  TensorProtoSchema,
} from '../../../onnx/onnx_pb.ts';
import { tensorBytes, tensorElements } from '../../../onnx/tensors.ts';
import { elementCount } from '../../../tensors/tensors.ts';
import type { Bytes } from '../../../units.ts';
import type { Draft } from '../draft.ts';
import { heldBy } from '../held.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { type Constant, constantOf, tensorOf, zeros } from './constant.ts';
import { MOVING } from './moving.ts';
import { callOf, type Operation } from './operation.ts';

const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({ ...MOVING, ...ARITHMETIC }),
);

/** What a computed constant may add to the file beyond what it makes superfluous. */
const MAX_GROWTH: Bytes = 65_536;

const sizeOf = (tensor: TensorProto): Bytes => packedBytes(tensor.dataType, tensorElements(tensor));

/** Whole numbers that shape inference has computed: sizes, indices. */
function inferred(type: ValueType | undefined): Constant | null {
  const items = type?.items;
  if (!type?.shape || !items || type.container || !isKnown(items) || !isKnown(type.shape))
    return null;
  if (items.length !== elementCount(type.shape)) return null;
  if (type.elem !== T.INT64 && type.elem !== T.INT32 && type.elem !== T.BOOL) return null;
  const data = zeros(type.elem, items.length);
  if (!data) return null;
  items.forEach((item, i) => {
    data[i] = data instanceof BigInt64Array ? BigInt(item) : item;
  });
  return { type: type.elem, dims: [...type.shape], data };
}

class Folding {
  private readonly draft: Draft;
  private readonly types: Draft['types'];

  constructor(draft: Draft) {
    this.draft = draft;
    this.types = draft.types;
  }

  run(): void {
    for (const node of this.draft.index.order) this.node(node);
    this.draft.refresh();
  }

  private node(node: NodeProto): void {
    const [output = ''] = node.output;
    const { draft } = this;
    if (domainOf(node.domain) !== '' || output === '' || draft.outputs.has(output)) return;
    const held = heldBy(node);
    if (held) {
      const { dims, dataType } = held;
      const rawData = tensorBytes(held) as TensorProto['rawData'];
      draft.store(create(TensorProtoSchema, { name: output, dims, dataType, rawData }));
      return;
    }
    if (node.output.length > 1 || subgraphsOf(node).length > 0) return;
    const known = inferred(this.types.get(output));
    if (known) {
      this.store(node, output, known, 'whole numbers that follow from fixed shapes');
      return;
    }
    this.compute(node, output);
  }

  private compute(node: NodeProto, output: string): void {
    const { draft } = this;
    const operation = OPERATIONS.get(node.opType);
    const tensors = node.input.map((name) => (name === '' ? null : draft.constant(name)));
    if (!operation || node.input.some((name, i) => name !== '' && !tensors[i])) return;
    const type = this.types.get(output);
    const shape = type?.shape && isKnown(type.shape) ? [...type.shape] : null;
    const freed = node.input.reduce((sum, name, i) => {
      const tensor = tensors[i];
      return sum + (tensor && draft.readings(name) === 1 ? sizeOf(tensor) : 0);
    }, 0);
    const expected = shape && type ? packedBytes(type.elem, elementCount(shape)) : 0;
    if (expected > freed + MAX_GROWTH) {
      const grown = bytes(expected - freed);
      draft.ledger.note(node, 'kept', `its constant result would add ${grown} to the file`);
      return;
    }
    const inputs = tensors.map((tensor) => tensor && constantOf(tensor));
    if (inputs.some((input, i) => !input && tensors[i])) return;
    const result = operation(callOf(node.opType, node.attribute, inputs, shape, draft.opset));
    if (!result || (shape && result.dims.join() !== shape.join())) return;
    if (result.data.byteLength > freed + MAX_GROWTH) return;
    this.store(node, output, result, 'computed beforehand: all it reads is constant');
  }

  private store(node: NodeProto, output: string, constant: Constant, reason: string): void {
    this.draft.remove(node, reason);
    this.draft.store(tensorOf(output, constant));
  }
}

/**
 * Stores what Constant nodes hold with the weights, and computes nodes whose inputs are all
 * constant, or whose content follows from fixed shapes. Outputs of the model keep their nodes,
 * and DequantizeLinear is never computed: what it does is the point of it.
 */
export function foldConstants(draft: Draft): void {
  new Folding(draft).run();
}
