import { elementsOf, isView } from '../cost.ts';
import type { InspectedNode, Port } from '../inspection.ts';
import { isKnown } from '../shapes/dims.ts';

/** How each figure of a node was counted, in a phrase; '' where there is nothing to say. */
export interface Counted {
  readonly macs: string;
  readonly flops: string;
  readonly read: string;
}

/** The formulas of `cost.ts` in short. |X| and |Y| are elements of the first input and output. */
const MACS: readonly (readonly [operators: RegExp, phrase: string])[] = [
  [/ConvTranspose$/, '|X| × Cout/group × kernel'],
  [/Conv(Integer)?$/, '|Y| × Cin/group × kernel'],
  [/MatMul/, '|Y| × K, the length of each dot product'],
  [/Gemm$/, 'M × N × K'],
  [/LSTM$|^GRU$|^RNN$/, 'steps × batch × (|W| + |R|)'],
  [/^Einsum$/, 'the product of the sizes of all letters'],
  [/Attention$/, 'scores Q × K, and values weighted by them'],
];

const PARTS = /^(Gather|GatherND|GatherElements|Slice|GatherBlockQuantized)$/;

const elements = (port: Port | undefined): number | null => {
  const shape = port?.type?.shape;
  return shape && isKnown(shape) ? elementsOf({ elem: 1, shape }) : null;
};

/** "13 × |Y|": as whole multiples of the output's or the input's elements, the smaller of them. */
function multiples(node: InspectedNode, operations: number): string {
  const factors = [
    ['|Y|', elements(node.outputs[0])],
    ['|X|', elements(node.inputs[0])],
  ] as const;
  const [best] = factors
    .flatMap(([of, size]) =>
      size && Number.isInteger(operations / size) ? [{ of, times: operations / size }] : [],
    )
    .sort((a, b) => a.times - b.times);
  if (!best) return '';
  return best.times === 1 ? best.of : `${best.times} × ${best.of}`;
}

/** Says how the cost of a node was counted. */
export function countedHow(node: InspectedNode, hasBodies: boolean): Counted {
  const { operator, cost, folded } = node;
  if (folded) {
    const once = 'computed when the model is loaded';
    return { macs: once, flops: once, read: once };
  }
  if (!cost) return { macs: '', flops: '', read: '' };
  if (hasBodies) {
    const bodies = 'of its bodies: the more expensive branch, or all iterations of the loop';
    return { macs: bodies, flops: bodies, read: bodies };
  }
  if (isView(operator)) {
    const view = 'it only reinterprets the bytes';
    return { macs: '', flops: '', read: view };
  }
  const rest = cost.flops - 2 * cost.macs;
  const more = rest > 0 ? multiples(node, rest) : '';
  return {
    macs: cost.macs > 0 ? (MACS.find(([is]) => is.test(operator))?.[1] ?? '') : '',
    flops:
      cost.macs > 0
        ? `2 × MACs${rest > 0 ? ` + ${more || 'the other arithmetic'}` : ''}`
        : rest > 0
          ? more
          : 'it only moves values',
    read: PARTS.test(operator)
      ? 'of the first input, as much as it writes'
      : 'each input once, weights included',
  };
}
