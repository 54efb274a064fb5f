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

/** The oldest operator set that onnxruntime vouches for. */
const OLDEST = 7;

/** What means something else in operator set 13 than in 11. */
const CHANGED_BY_13: ReadonlySet<string> = new Set([
  'Dropout',
  'Hardmax',
  'LogSoftmax',
  'ReduceSum',
  'Resize',
  'Softmax',
  'Split',
  'Squeeze',
  'Unsqueeze',
]);

const standsIn13 = (node: NodeProto): boolean =>
  !(domainOf(node.domain) === '' && CHANGED_BY_13.has(node.opType)) &&
  subgraphsOf(node).every(({ graph }) => graph.node.every(standsIn13));

/**
 * Declares the operator set for QuantizeLinear and DequantizeLinear: the model's own where that
 * will do; 13 where nothing in the model changed between; else onnxruntime's, whose nodes of the
 * same names have been able to do everything from the start. Rewriting a model for a newer
 * operator set would risk its meaning.
 * @returns the domain of these nodes
 * @throws Fault CompressError for a model older than onnxruntime supports
 */
export function declareDialect(model: ModelProto, needs: Needs): string {
  const opset = opsetsOf(model).get('') ?? 1;
  if (opset < OLDEST) {
    throw new Fault(
      'CompressError',
      `The model is written for operator set ${opset}; models older than operator set ${OLDEST} cannot be quantized.`,
    );
  }
  if (opset >= since(needs)) return '';
  const plain = model.functions.length === 0 && (model.graph?.node.every(standsIn13) ?? false);
  if (since(needs) === 13 && opset >= 11 && plain) {
    for (const each of model.opsetImport) if (domainOf(each.domain) === '') each.version = 13n;
    return '';
  }
  if (!model.opsetImport.some(({ domain }) => domain === MICROSOFT)) {
    model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain: MICROSOFT, version: 1n }));
  }
  return MICROSOFT;
}
