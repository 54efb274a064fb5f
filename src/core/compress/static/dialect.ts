import { create } from '@bufbuild/protobuf';
import { Fault } from '../../errors.ts';
import { domainOf, opsetsOf, subgraphsOf } from '../../onnx/graph.ts';
import { type ModelProto, type NodeProto, OperatorSetIdProtoSchema } from '../../onnx/onnx_pb.ts';

const MICROSOFT = 'com.microsoft';

/** What the nodes that quantize must be able to do. */
export interface Needs {
  readonly perAxis: boolean;
  readonly wide: boolean;
}

/** The oldest operator set with QuantizeLinear as needed: scales per channel came in 13, 16 bits in 21. */
const since = ({ perAxis, wide }: Needs) => (wide ? 21 : perAxis ? 13 : 10);

/** The oldest operator set with integer kernels: into older models the runtime writes nodes they cannot hold. */
const OLDEST_WITH_KERNELS = 10;

/** The oldest operator set that onnxruntime vouches for. */
const OLDEST = 7;

/** Operator sets, up to 13, in which an operator came to mean something else (onnx/docs/Changelog.md). */
const CHANGES: ReadonlyMap<string, readonly number[]> = new Map([
  ['Clip', [11]],
  ['Dropout', [12]],
  ['Hardmax', [13]],
  ['LogSoftmax', [13]],
  ['Pad', [11]],
  ['ReduceSum', [13]],
  ['Resize', [11, 13]],
  ['Scan', [9]],
  ['Scatter', [11]],
  ['Slice', [10]],
  ['Softmax', [13]],
  ['Split', [13]],
  ['Squeeze', [13]],
  ['TopK', [10, 11]],
  ['Unsqueeze', [13]],
  ['Upsample', [9, 10]],
]);

function meansTheSame(node: NodeProto, from: number, to: number): boolean {
  const standard = domainOf(node.domain) === '';
  const changes = (standard && CHANGES.get(node.opType)) || [];
  if (changes.some((version) => from < version && version <= to)) return false;
  // Statistics for each element instead of each channel went with 9.
  const spatial = node.attribute.some(({ name }) => name === 'spatial');
  if (node.opType === 'BatchNormalization' && spatial) return false;
  return subgraphsOf(node).every(({ graph }) =>
    graph.node.every((inner) => meansTheSame(inner, from, to)),
  );
}

/** Declares a newer standard operator set where every node means the same in it. */
function raised(model: ModelProto, from: number, to: number): boolean {
  const nodes = model.graph?.node ?? [];
  // A function declares its operator sets itself, and it may call itself anything.
  if (model.functions.length > 0) return false;
  if (!nodes.every((node) => meansTheSame(node, from, to))) return false;
  for (const each of model.opsetImport) {
    if (domainOf(each.domain) === '') each.version = BigInt(to);
  }
  return true;
}

/**
 * Declares the operator set for QuantizeLinear and DequantizeLinear: the model's own where that
 * will do; the oldest that will where nothing in the model changed in between; else onnxruntime's,
 * whose nodes of the same names have been able to do everything from the start. Rewriting a model
 * for a newer operator set would risk its meaning.
 * @returns the domain of these nodes
 * @throws Fault CompressError for a model of an operator set that is too old
 */
export function declareDialect(model: ModelProto, needs: Needs): string {
  const opset = opsetsOf(model).get('') ?? 1;
  const native = since(needs);
  if (opset >= native) return '';
  const known = opset >= OLDEST;
  if (known && !needs.wide && raised(model, opset, native)) return '';
  const kernels = opset >= OLDEST_WITH_KERNELS;
  if (!kernels && !(known && raised(model, opset, OLDEST_WITH_KERNELS))) {
    throw new Fault(
      'CompressError',
      `The model is written for operator set ${opset}, which has no integer operators, and cannot be read as operator set ${OLDEST_WITH_KERNELS} without changing what it means.`,
    );
  }
  if (!model.opsetImport.some(({ domain }) => domain === MICROSOFT)) {
    model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain: MICROSOFT, version: 1n }));
  }
  return MICROSOFT;
}
