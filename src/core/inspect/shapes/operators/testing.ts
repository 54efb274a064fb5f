/** Models of one node for the tests of rules. */

import { floats, integers, modelOf, node, value } from '../../../onnx/build.ts';
import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { inferTypes } from '../infer.ts';
import { typeText } from '../types.ts';

/** An input by its sizes (floats), its type and sizes, or its content (int64, float32). */
export type Input =
  | readonly Dim[]
  | { readonly elem: T; readonly dims: readonly Dim[] }
  | { readonly integers: readonly number[]; readonly scalar?: boolean }
  | { readonly floats: readonly number[] }
  | null;

export const of = (elem: T, ...dims: Dim[]): Input => ({ elem, dims });
export const list = (...given: number[]): Input => ({ integers: given });
export const scalar = (given: number): Input => ({ integers: [given], scalar: true });

type Attributes = NonNullable<Parameters<typeof node>[3]>;

export interface Single {
  readonly opset?: number;
  readonly domain?: string;
  readonly outputs?: number;
}

/** Infers a model of one node with outputs y0, y1, … */
function infer(
  opType: string,
  inputs: readonly Input[],
  attributes: Attributes,
  { opset = 21, domain = '', outputs = 1 }: Single,
) {
  const named = inputs.map((input, i) => ({ name: `x${i}`, input }));
  const output = Array.from({ length: outputs }, (_, i) => `y${i}`);
  const made = node(
    opType,
    named.map(({ name, input }) => (input ? name : '')),
    output,
    attributes,
  );
  return inferTypes(
    modelOf(
      {
        input: named.flatMap(({ name, input }) => {
          if (!input || 'integers' in input || 'floats' in input) return [];
          return 'elem' in input
            ? [value(name, input.elem, ...input.dims)]
            : [value(name, T.FLOAT, ...input)];
        }),
        initializer: named.flatMap(({ name, input }) => {
          if (input && 'integers' in input)
            return [integers(name, input.integers, input.scalar ? [] : undefined)];
          return input && 'floats' in input
            ? [floats(name, [input.floats.length], input.floats)]
            : [];
        }),
        node: [{ ...made, domain }],
        output: output.map((name) => ({ name })),
      },
      {
        opsetImport: [
          { domain: '', version: BigInt(opset) },
          { domain, version: domain ? 1n : BigInt(opset) },
        ],
      },
    ),
  );
}

/** Types of the outputs as texts, such as "float32[batch,3]"; null for one that has none. */
export function typesOf(
  opType: string,
  inputs: readonly Input[],
  attributes: Attributes = {},
  options: Single = {},
): (string | null)[] {
  const { types, problems } = infer(opType, inputs, attributes, options);
  const [problem] = problems.values();
  if (problem) throw new Error(problem);
  return Array.from({ length: options.outputs ?? 1 }, (_, i) => {
    const type = types.get(`y${i}`);
    return type ? typeText(type) : null;
  });
}

/** The first output's type as a text. */
export const typeOf = (...given: Parameters<typeof typesOf>) => typesOf(...given)[0];

/** Why the node's outputs cannot be typed. */
export function problemOf(
  opType: string,
  inputs: readonly Input[],
  attributes: Attributes = {},
  options: Single = {},
): string | undefined {
  const [problem] = infer(opType, inputs, attributes, options).problems.values();
  return problem;
}
