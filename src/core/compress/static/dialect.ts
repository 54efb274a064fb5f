import { Fault } from '../../errors.ts';
import { opsetsOf } from '../../onnx/graph.ts';
import type { ModelProto } from '../../onnx/onnx_pb.ts';
import { importDomain, raiseOpset } from '../opset.ts';

const MICROSOFT = 'com.microsoft';

/** What the nodes that quantize must be able to do. */
export interface Needs {
  readonly perAxis: boolean;
  readonly wide: boolean;
}

/** The oldest operator set with integer kernels: into older models the runtime writes nodes they cannot hold. */
const WITH_KERNELS = 10;

/** Scales per channel came in 13, 16 bits in 21. */
const WITH_AXES = 13;
const WITH_16_BITS = 21;

const versionOf = (model: ModelProto) => opsetsOf(model).get('') ?? 1;

/**
 * Raises a model's operator set, before anything else is done to it, so far that standard nodes
 * can quantize it, where it goes on meaning the same; a model that has to stay older takes those
 * of onnxruntime instead.
 * @throws Fault CompressError for a model that is too old for either
 */
export function raiseForCodes(model: ModelProto, perChannel: boolean): void {
  try {
    raiseOpset(model, perChannel ? WITH_AXES : WITH_KERNELS);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    if (versionOf(model) < WITH_KERNELS) raiseOpset(model, WITH_KERNELS);
  }
}

/**
 * Declares the operator set that QuantizeLinear and DequantizeLinear come from: the model's own
 * where that will do, else onnxruntime's, whose nodes of the same names have been able to do
 * everything from the start.
 * @returns the domain of these nodes
 * @throws Fault CompressError for an operator set without integer operators
 */
export function declareDialect(model: ModelProto, { perAxis, wide }: Needs): string {
  const opset = versionOf(model);
  if (opset < WITH_KERNELS) {
    throw new Fault(
      'CompressError',
      `The model is written for operator set ${opset}, which has no integer operators.`,
    );
  }
  if (opset >= (wide ? WITH_16_BITS : perAxis ? WITH_AXES : WITH_KERNELS)) return '';
  importDomain(model, MICROSOFT, 1);
  return MICROSOFT;
}
