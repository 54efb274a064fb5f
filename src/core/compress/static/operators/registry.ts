import { domainOf } from '../../../onnx/graph.ts';
import type { NodeProto } from '../../../onnx/onnx_pb.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { MOVING, MOVING_TOO } from './moving.ts';
import { PRODUCTS } from './products.ts';
import type { OperatorRule } from './rule.ts';

/**
 * What can be quantized: 'fused', the operators that onnxruntime 1.30 then runs on codes (read off
 * its optimized graphs, one operator at a time); 'all', those that onnxruntime's own tool quantizes
 * (QDQRegistry and QLinearOpsRegistry), of which some then run in float between a pair of nodes
 * that only cost time. Sub, Div, Pow, Erf, Gelu, Tanh, HardSwish, HardSigmoid, Elu, PRelu,
 * ReduceMean, GlobalMaxPool, Min and Max are in neither: no integer kernel has them.
 */
export type Cover = 'fused' | 'all';

const TOOLS = new Map(Object.entries({ ...PRODUCTS, ...ARITHMETIC, ...MOVING }));
const MORE = new Map(Object.entries(MOVING_TOO));

/** Domains of operators that are not of the standard set. */
const DOMAINS: Readonly<Record<string, string>> = { EmbedLayerNormalization: 'com.microsoft' };

/** The rule for a node; null where its operator stays float. */
export function ruleOf({ opType, domain }: NodeProto, cover: Cover): OperatorRule | null {
  if (domainOf(domain) !== (DOMAINS[opType] ?? '')) return null;
  const rule = TOOLS.get(opType) ?? (cover === 'fused' ? MORE.get(opType) : undefined);
  return rule ?? null;
}
