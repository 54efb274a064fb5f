import type { TensorSpec } from '../tensors/tensors.ts';
import type { Bytes } from '../units.ts';
import type { Cost } from './cost.ts';
import { isKnown } from './shapes/dims.ts';
import type { ValueType } from './shapes/types.ts';

/** One input or output of a node. */
export interface Port {
  /** '' for an optional one that is left out. */
  readonly name: string;
  /** Null where it could not be inferred. Short contents are kept, long ones are not. */
  readonly type: ValueType | null;
  /** A weight, or computed from weights alone. */
  readonly constant: boolean;
}

/** One node with what it costs, at the sizes that were asked for. */
export interface InspectedNode {
  /** Place in the listing, from 0: every node after those it depends on. */
  readonly id: number;
  readonly name: string;
  readonly operator: string;
  /** '' for ONNX's own operators. */
  readonly domain: string;
  /** Ids of the nodes whose bodies this one stands in, outermost first. */
  readonly within: readonly number[];
  /** The branch, loop body or function it stands in; '' in the main graph. */
  readonly body: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /**
   * For each inference; of a node with bodies, what they cost: the dearer branch, the body times
   * the trips. Null where shapes or a formula are missing.
   */
  readonly cost: Cost | null;
  /** Elements of the constants that it reads. */
  readonly parameters: number;
  /** Computed once when the model is loaded: no cost for an inference. */
  readonly folded: boolean;
  /** Activations that must exist while it runs; null inside bodies, whose need is their node's. */
  readonly live: Bytes | null;
  /** Why a type or the cost is missing; null when nothing is. */
  readonly problem: string | null;
}

/** Stored weights of one element type. */
export interface WeightShare {
  /** "float32" */
  readonly type: string;
  readonly tensors: number;
  readonly elements: number;
  readonly bytes: Bytes;
}

/** What a file says, what it should cost; plain data that crosses threads. */
export interface Inspection {
  readonly file: string;
  /** With the weights that lie in other files, as far as those were given. */
  readonly bytes: Bytes;
  readonly irVersion: number;
  /** What made the file, as it says itself; '' when it says nothing. */
  readonly producer: string;
  readonly opsets: readonly (readonly [domain: string, version: number])[];
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** The size that each dynamic dimension has here, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly nodes: readonly InspectedNode[];
  /** Of the nodes with a cost; folded nodes cost nothing. */
  readonly cost: Cost;
  /** Distinct constants that nodes read: weights, biases, scales; not shapes and indices. */
  readonly parameters: number;
  readonly weights: readonly WeightShare[];
  /** Files that hold weights, by the names the model calls them. */
  readonly externalFiles: readonly string[];
  readonly peak: { readonly bytes: Bytes; readonly node: number } | null;
  /** Tensors made by nodes of the main graph, and how many of them have a type. */
  readonly typed: { readonly known: number; readonly all: number };
  /** Nodes of the main graph whose cost is not known and that the totals therefore lack. */
  readonly uncosted: number;
}

/** Tensors of the main graph whose sizes inference could not tell; a run can. */
export function openTensors({ nodes }: Inspection): string[] {
  const made = nodes.filter(({ within }) => within.length === 0).flatMap(({ outputs }) => outputs);
  return made
    .filter(
      ({ name, type }) => name !== '' && !type?.container && !(type?.shape && isKnown(type.shape)),
    )
    .map(({ name }) => name);
}
