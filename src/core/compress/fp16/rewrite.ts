import { GraphEditor, redirectReads } from '../../onnx/edit.ts';
import { freeNames, subgraphsOf } from '../../onnx/graph.ts';
import {
  type GraphProto,
  type NodeProto,
  TensorProto_DataType as T,
  type ValueInfoProto,
} from '../../onnx/onnx_pb.ts';
import { castNode, makeWidth } from './attributes.ts';
import { inputStaysFloat, outputStaysFloat } from './operators.ts';
import type { Fp16Mode, Fp16Plan } from './plan.ts';
import { homeOf, kindOf, type Scope } from './scopes.ts';
import { halfTensor } from './tensors.ts';

type Width = 'half' | 'float';

/** A float32 tensor of the original, while it is decided what becomes of it. */
class Value {
  readonly name: string;
  /** What makes it, makes it like this; null while its readers decide. */
  made: Width | null;
  /** What its own name must hold, since someone outside relies on it. */
  promised: Width | null = null;
  readonly wanted = new Set<Width>();
  /** Names beside its own, for the other width. */
  alias: string | null = null;

  constructor(name: string, made: Width | null) {
    this.name = name;
    this.made = made;
  }

  /** What its own name holds. */
  get named(): Width {
    return this.promised ?? this.made ?? 'float';
  }

  /** Both numbers and conversions of constants are exact in float32, and folded when the model is loaded. */
  settle(): void {
    this.made ??=
      this.promised ?? (this.wanted.has('half') && !this.wanted.has('float') ? 'half' : 'float');
  }
}

/** A place where a value is read: a node's input, or an output of a body. */
interface Read {
  readonly value: Value;
  readonly want: Width;
  readonly set: (name: string) => void;
}

export interface Rewritten {
  /** Numbers of weights that were clamped, by the weight. */
  readonly clamped: ReadonlyMap<string, number>;
  /** How many Casts were put in. */
  readonly casts: number;
}

/** Carries a plan out, in place. */
export class Rewrite {
  private readonly plan: Fp16Plan;
  private readonly main: Scope;
  private readonly editor: GraphEditor;
  /** Type of the model's own inputs and outputs. */
  private readonly io: Width;
  private readonly values = new Map<Scope, Map<string, Value>>();
  private readonly reads: Read[] = [];
  private readonly clamped = new Map<string, number>();
  private casts = 0;

  /** @param optionalInputs names of weights that a caller may override */
  constructor(main: Scope, plan: Fp16Plan, io: Width, optionalInputs: ReadonlySet<string>) {
    this.main = main;
    this.plan = plan;
    this.io = io;
    this.editor = new GraphEditor(main.graph);
    this.declare(main, optionalInputs);
    this.collect(main);
  }

  run(): Rewritten {
    for (const values of this.values.values()) for (const value of values.values()) value.settle();
    for (const { value, want, set } of this.reads) set(this.nameOf(value, want));
    for (const scope of this.values.keys()) this.emit(scope);
    this.editor.finish();
    return { clamped: this.clamped, casts: this.casts };
  }

  private modeOf(node: NodeProto): Fp16Mode {
    return this.plan.get(node)?.mode ?? 'float';
  }

  /** The bodies that are converted with their node. */
  private bodiesOf(scope: Scope, node: NodeProto): readonly Scope[] {
    return this.modeOf(node) === 'half' ? (scope.bodies.get(node) ?? []) : [];
  }

  /** Lists the values of a scope and of those in it. */
  private declare(scope: Scope, optionalInputs: ReadonlySet<string>): void {
    const { graph, frame } = scope;
    const values = new Map<string, Value>();
    this.values.set(scope, values);
    const add = (name: string, made: Width | null) => {
      if (name === '' || kindOf(scope, name) !== 'float32') return;
      values.set(name, new Value(name, made));
    };
    for (const { name } of graph.input) add(name, scope === this.main ? this.io : 'half');
    for (const { name } of graph.initializer) {
      add(name, optionalInputs.has(name) ? this.io : null);
    }
    for (const { values: stored } of graph.sparseInitializer) add(stored?.name ?? '', 'float');
    for (const node of frame.order) {
      const mode = this.modeOf(node);
      node.output.forEach((name, i) => {
        const half = mode === 'half' && !outputStaysFloat(node, i);
        add(name, mode === 'either' ? null : half ? 'half' : 'float');
      });
      for (const body of this.bodiesOf(scope, node)) this.declare(body, optionalInputs);
    }
  }

  private valueOf(scope: Scope, name: string): Value | null {
    const home = homeOf(scope, name);
    return home ? (this.values.get(home)?.get(name) ?? null) : null;
  }

  private read(value: Value | null, want: Width, set: (name: string) => void): void {
    if (!value) return;
    value.wanted.add(want);
    this.reads.push({ value, want, set });
  }

  private promise(value: Value | null, width: Width): void {
    if (value) value.promised = width;
  }

  /** Lists who reads what, and in which width. */
  private collect(scope: Scope): void {
    const { graph } = scope;
    if (scope === this.main) {
      for (const { name } of graph.output) this.promise(this.valueOf(scope, name), this.io);
    } else {
      for (const output of graph.output) {
        this.read(this.valueOf(scope, output.name), 'half', (name) => {
          output.name = name;
        });
      }
    }
    for (const node of scope.frame.order) {
      this.collectNode(scope, node);
      for (const body of this.bodiesOf(scope, node)) this.collect(body);
    }
  }

  private collectNode(scope: Scope, node: NodeProto): void {
    const mode = this.modeOf(node);
    if (mode !== 'any' && mode !== 'either') {
      node.input.forEach((input, i) => {
        const want = mode === 'half' && !inputStaysFloat(node, i) ? 'half' : 'float';
        this.read(this.valueOf(scope, input), want, (name) => {
          node.input[i] = name;
        });
      });
    }
    if (this.bodiesOf(scope, node).length > 0) return;
    for (const name of new Set(subgraphsOf(node).flatMap(({ graph }) => [...freeNames(graph)]))) {
      this.read(this.valueOf(scope, name), 'float', (to) => redirectReads(node, name, to));
    }
  }

  private nameOf(value: Value, width: Width): string {
    if (value.named === width) return value.name;
    value.alias ??= this.editor.uniqueName(
      `${value.name}_${width === 'half' ? 'float16' : 'float32'}`,
    );
    return value.alias;
  }

  /** The Cast between a value's two names, where it has two. */
  private castsOf(value: Value): NodeProto[] {
    const made = value.made as Width;
    if (made !== value.named) {
      return [this.cast(this.nameOf(value, made), value.name, value.named)];
    }
    if (value.alias === null) return [];
    return [this.cast(value.name, value.alias, made === 'half' ? 'float' : 'half')];
  }

  private cast(from: string, to: string, width: Width): NodeProto {
    this.casts += 1;
    const name = this.editor.uniqueName(`${to}_cast`);
    return castNode(name, from, to, width === 'half' ? T.FLOAT16 : T.FLOAT);
  }

  /** Writes a scope's nodes, weights and types; each Cast right behind what it converts. */
  private emit(scope: Scope): void {
    const { graph, frame } = scope;
    const values = this.values.get(scope) as Map<string, Value>;
    const nodes: NodeProto[] = [];
    const made = new Set(graph.node.flatMap(({ output }) => output));
    for (const value of values.values()) {
      if (!made.has(value.name)) nodes.push(...this.castsOf(value));
    }
    for (const node of frame.order) {
      const outputs = node.output.map((name) => values.get(name));
      if (this.modeOf(node) === 'either') {
        const clamped = makeWidth(node, outputs[0]?.made === 'half');
        if (clamped > 0) this.clamped.set(node.output[0] as string, clamped);
      }
      nodes.push(node);
      outputs.forEach((value, i) => {
        if (!value) return;
        node.output[i] = this.nameOf(value, value.made as Width);
        nodes.push(...this.castsOf(value));
      });
    }
    graph.node = nodes;
    this.convertWeights(graph, values);
    this.retype(scope, values);
  }

  private convertWeights(graph: GraphProto, values: ReadonlyMap<string, Value>): void {
    graph.initializer = graph.initializer.map((tensor) => {
      if (values.get(tensor.name)?.made !== 'half') return tensor;
      const half = halfTensor(tensor);
      if (half.clamped > 0) this.clamped.set(tensor.name, half.clamped);
      return half.tensor;
    });
  }

  private retype({ graph, frame }: Scope, values: ReadonlyMap<string, Value>): void {
    const retyped = (infos: readonly ValueInfoProto[]) => {
      for (const { type } of infos) {
        const tensor = type?.value;
        if (tensor?.case === 'tensorType' && tensor.value.elemType === T.FLOAT) {
          tensor.value.elemType = T.FLOAT16;
        }
      }
    };
    const half = ({ name }: ValueInfoProto) => values.get(name)?.named === 'half';
    retyped([...graph.input, ...graph.valueInfo].filter(half));
    // A body's outputs may be called after a Cast by now, or stand outside; all of them are float16.
    if (frame !== this.main.frame || this.io === 'half') retyped(graph.output);
  }
}
