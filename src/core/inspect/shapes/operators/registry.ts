import type { Rules, ShapeRule } from '../view.ts';
import { ATTENTION } from './attention.ts';
import { CONTRIB } from './contrib.ts';
import { CONTRIB_ATTENTION } from './contribAttention.ts';
import { CONTRIB_QUANTIZED } from './contribQuantized.ts';
import { CONTROL } from './control.ts';
import { CREATE } from './create.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { GATHER } from './gather.ts';
import { MATMUL } from './matmul.ts';
import { ML } from './ml.ts';
import { MOVE } from './move.ts';
import { NORM } from './norm.ts';
import { QUANTIZE } from './quantize.ts';
import { RECURRENT } from './recurrent.ts';
import { REDUCE } from './reduce.ts';
import { RESIZE } from './resize.ts';
import { SAMPLE } from './sample.ts';
import { SEQUENCE } from './sequence.ts';
import { SHAPE } from './shape.ts';
import { SIGNAL } from './signal.ts';
import { SLICE } from './slice.ts';
import { UNARY } from './unary.ts';
import { WINDOW } from './window.ts';

/** Rules by domain. */
const DOMAINS: Readonly<Record<string, Rules>> = {
  '': {
    ...UNARY,
    ...ELEMENTWISE,
    ...SHAPE,
    ...CREATE,
    ...MOVE,
    ...SLICE,
    ...GATHER,
    ...SEQUENCE,
    ...WINDOW,
    ...SAMPLE,
    ...RESIZE,
    ...NORM,
    ...MATMUL,
    ...ATTENTION,
    ...SIGNAL,
    ...REDUCE,
    ...RECURRENT,
    ...QUANTIZE,
    ...CONTROL,
  },
  'com.microsoft': { ...CONTRIB, ...CONTRIB_ATTENTION, ...CONTRIB_QUANTIZED },
  'ai.onnx.ml': ML,
};

/** The rule for an operator, or null when there is none. */
export function ruleFor(domain: string, operator: string): ShapeRule | null {
  const rules = DOMAINS[domain];
  return rules && Object.hasOwn(rules, operator) ? (rules[operator] ?? null) : null;
}
