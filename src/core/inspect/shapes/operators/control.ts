import { TensorProto_DataType as T } from '../../../onnx/onnx_pb.ts';
import type { Dim } from '../dim.ts';
import { mayBeAny } from '../dims.ts';
import { common, contained, filled, tensorType, type ValueType } from '../types.ts';
import { Contradiction, type NodeView, type Rules, type ShapeRule } from '../view.ts';
import { axisAt } from './axes.ts';
import { agreed } from './checks.ts';

type Type = ValueType | null;

/** A type without its content, which changes from turn to turn. */
const varying = <Known extends Type>(type: Known): Known => {
  if (!type) return type;
  const { items: _, ...rest } = type;
  return rest as Known;
};

const shapeless = (type: Type): Type => type && { ...varying(type), shape: null };

/** Both branches are typed; the result is what they agree on, or the one that is known to be taken. */
const branch: ShapeRule = (node) => {
  const condition = node.items(0)?.[0];
  const then = node.body('then_branch', []) ?? [];
  const otherwise = node.body('else_branch', []) ?? [];
  if (typeof condition === 'number') return condition !== 0 ? then : otherwise;
  return node.node.output.map((_, i) => {
    const [a, b] = [then[i] ?? null, otherwise[i] ?? null];
    // Branches may differ in shape, not in type, so that one tells the other's.
    return common(a ?? shapeless(b), b ?? shapeless(a), node.fresh);
  });
};

/** Turns that a loop may take until its states' types have settled; past them a shape is given up. */
const MAX_TURNS = 4;

/** States of a loop, from turn to turn. */
class States {
  types: Type[];
  private readonly node: NodeView;
  /** Sizes that were found to change. */
  private readonly relaxed = new Set<Dim>();

  constructor(node: NodeView, types: readonly Type[]) {
    this.node = node;
    this.types = types.map(varying);
  }

  private readonly fresh = (): Dim => {
    const dim = this.node.fresh();
    this.relaxed.add(dim);
    return dim;
  };

  /** Whether a state of this type may be followed by the other. */
  private holds(before: Type, after: Type): boolean {
    // ONNX lets a state change its shape, not its type.
    if (!before || (!before.shape && !after)) return true;
    if (before.elem !== after?.elem || before.container !== after.container) return false;
    if (!before.shape) return true;
    return (
      after.shape?.length === before.shape.length &&
      before.shape.every((dim, axis) => this.relaxed.has(dim) || dim === after.shape?.[axis])
    );
  }

  /** Takes in what a turn made of the states; false when they have to be typed once more. */
  settle(after: readonly Type[], turn: number): boolean {
    const held = this.types.map((type, i) => this.holds(type, after[i] ?? null));
    this.types = this.types.map((type, i) => {
      if (held[i] || !type) return type;
      const both = common(type, after[i] ?? shapeless(type), this.fresh);
      return both && turn >= MAX_TURNS ? { ...both, shape: null } : both;
    });
    return !held.includes(false);
  }

  /** After the last turn; a size that changes is another one then. */
  final(): Type[] {
    return this.types.map(
      (type) =>
        type && {
          ...type,
          shape:
            type.shape?.map((dim) => (this.relaxed.has(dim) ? this.node.fresh() : dim)) ?? null,
        },
    );
  }
}

/** A scalar that old files declare as a list of one. */
function scalarInput(node: NodeView, index: number, elem: T, item?: Dim): ValueType {
  const declared = node.attribute('body')?.g?.input[index]?.type?.value;
  const rank = declared?.case === 'tensorType' ? declared.value.shape?.dim.length : 0;
  return tensorType(elem, rank === 1 ? [1] : [], item === undefined ? null : [item]);
}

/** How often a loop turns, where nothing but the count can end it; null when not known. */
function turns(node: NodeView, goesOn: Type): Dim | null {
  const before = node.has(1) ? node.items(1)?.[0] : 1;
  if (before === 0) return 0;
  const count = node.has(0) ? node.items(0)?.[0] : undefined;
  if (before !== 1 || goesOn?.items?.[0] !== 1 || count === undefined || mayBeAny(count))
    return null;
  if (typeof count !== 'number') return count;
  return Number.isSafeInteger(count) ? Math.max(0, count) : null;
}

/**
 * ONNX, Loop: the states start as inputs 2 and on, and every turn makes new ones; what the body
 * gives out beyond them is stacked along a new first axis.
 */
const loop: ShapeRule = (node) => {
  const states = new States(node, node.inputs.slice(2));
  const turn = scalarInput(node, 0, T.INT64);
  // A turn is only taken while the condition holds.
  const condition = scalarInput(node, 1, T.BOOL, 1);
  for (let at = 1; ; at++) {
    const outputs = node.body('body', [turn, condition, ...states.types]);
    if (!outputs) return [];
    const [goesOn, ...made] = outputs;
    const settled = states.settle(made.slice(0, states.types.length), at);
    if (!settled) continue;
    const count = turns(node, goesOn ?? null);
    const stacked = made
      .slice(states.types.length)
      .map((type) => inserted(type, 0, count ?? node.fresh()));
    return [...states.final(), ...stacked];
  }
};

/** A tensor with an axis more. */
function inserted(type: Type, axis: number, size: Dim): Type {
  if (!type?.shape) return varying(type);
  const shape = [...type.shape];
  shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, size);
  return tensorType(type.elem, shape);
}

/** A tensor without some of its axes. */
function without(type: Type, ...axes: number[]): Type {
  if (!type?.shape) return varying(type);
  const { elem, shape } = type;
  const gone = axes.map((axis) => axisAt(axis, shape.length));
  return tensorType(
    elem,
    shape.filter((_, axis) => !gone.includes(axis)),
  );
}

/** What is scanned: slices along an axis, all of one length. Null when no length is known. */
function scannedLength(inputs: readonly Type[], axes: readonly number[]): Dim | null {
  return agreed(
    'lengths of what is scanned',
    ...inputs.map((type, i) => type?.shape?.[axisAt(axes[i] ?? 0, type.shape.length)]),
  );
}

/**
 * ONNX, Scan-9: states of a fixed shape, then tensors that are walked along an axis; what the body
 * gives out beyond the states is stacked along an axis.
 */
const scan: ShapeRule = (node) => {
  if (node.opset < 9) return batchScan(node);
  const scanned = node.int('num_scan_inputs', 0);
  const states = node.inputs.slice(0, node.inputs.length - scanned).map(varying);
  const inputs = node.inputs.slice(states.length);
  const axes = node.ints('scan_input_axes') ?? [];
  const length = scannedLength(inputs, axes);
  const slices = inputs.map((type, i) => without(type, axes[i] ?? 0));
  const outputs = node.body('body', [...states, ...slices]) ?? [];
  const into = node.ints('scan_output_axes') ?? [];
  const stacked = outputs
    .slice(states.length)
    .map((type, i) => inserted(type, into[i] ?? 0, length ?? node.fresh()));
  return [...states.map((type, i) => filled(type, varying(outputs[i] ?? null))), ...stacked];
};

/** Scan-8: after the lengths, everything has the batch first; what is walked has its steps second. */
function batchScan(node: NodeView): Type[] {
  const scanned = node.int('num_scan_inputs', 0);
  const given = node.inputs.slice(1);
  const states = given.slice(0, given.length - scanned);
  const inputs = given.slice(states.length);
  const length = scannedLength(
    inputs,
    inputs.map(() => 1),
  );
  const batch = agreed('batches', ...given.map((type) => type?.shape?.[0])) ?? node.fresh();
  const slices = inputs.map((type) => without(type, 0, 1));
  const outputs = node.body('body', [...states.map((type) => without(type, 0)), ...slices]) ?? [];
  return outputs.map((type, i) =>
    i < states.length
      ? filled(varying(states[i] ?? null), inserted(type, 0, batch))
      : inserted(inserted(type, 0, length ?? node.fresh()), 0, batch),
  );
}

/** The element of a sequence, as the body takes it; tensors go in whole every time. */
const element = (type: Type): Type =>
  type?.container === 'sequence' ? tensorType(type.elem, type.shape) : type;

const sequenceMap: ShapeRule = (node) => {
  const [first] = node.inputs;
  if (first && first.container !== 'sequence') {
    throw new Contradiction('The first input of SequenceMap has to be a sequence.');
  }
  const outputs = node.body('body', node.inputs.map(element)) ?? [];
  return outputs.map((type) => type && contained('sequence', type));
};

/** Operators with graphs inside. */
export const CONTROL: Rules = { If: branch, Loop: loop, Scan: scan, SequenceMap: sequenceMap };
