import { create } from '@bufbuild/protobuf';
import { inferTypes } from '../../inspect/shapes/infer.ts';
import type { ValueType } from '../../inspect/shapes/types.ts';
import { copyNode, shallow } from '../../onnx/copy.ts';
import { GraphEditor } from '../../onnx/edit.ts';
import { isFloat } from '../../onnx/elements.ts';
import { nodeTitle, opsetsOf } from '../../onnx/graph.ts';
import {
  AttributeProto_AttributeType as A,
  AttributeProtoSchema,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType as T,
  ValueInfoProtoSchema,
} from '../../onnx/onnx_pb.ts';
import { raiseFormat, raiseOpset } from '../opset.ts';
import { counterparts, type SliceCounterpart } from './slices.ts';

/** Where a run of the shadow model tells of one tensor: names of outputs that are sums of squares. */
export interface ShadowProbe {
  readonly tensor: string;
  readonly title: string;
  readonly operator: string;
  readonly signal: string;
  /** Of the difference, with everything before it as the variant makes it. */
  readonly noise: string;
  /** Of the difference, with everything before it exact; null where the node is not compressed. */
  readonly alone: string | null;
}

export interface Shadow {
  readonly model: ModelProto;
  readonly probes: readonly ShadowProbe[];
}

/**
 * One model that runs an original beside a variant of it, and beside each compressed node a copy
 * of it that is fed by the original's tensors. It gives only sums of squares: what leaves the
 * runtime is a few numbers for each tensor, however large the tensors are.
 * @param original freshly parsed; its parts become the shadow's
 * @param variant likewise
 * @throws Fault CompressError, GraphError where the two do not fit into one model
 */
export function shadowModel(original: ModelProto, variant: ModelProto): Shadow {
  const opset = (model: ModelProto) => opsetsOf(model).get('') ?? 1;
  raiseOpset(original, opset(variant));
  raiseOpset(variant, opset(original));
  raiseFormat(original, variant.irVersion);
  return new ShadowBuilder(original, variant).run();
}

/** Undefined for what holds tensors and is none, as sequences and optionals: no operator subtracts them. */
const elementsOf = (type: ValueType | undefined): T | undefined =>
  type?.container ? undefined : type?.elem;

class ShadowBuilder {
  private readonly original: ModelProto;
  private readonly variant: ModelProto;
  private readonly editor: GraphEditor;
  private readonly pairs: readonly SliceCounterpart[];
  private readonly elements: (name: string) => T | undefined;
  private readonly variantTypes: ReadonlyMap<string, ValueType>;
  /** The variant's names here; tensors of the original keep theirs. */
  private readonly renames = new Map<string, string>();
  /** Names of the variant's constants. */
  private readonly stored: ReadonlySet<string>;
  private readonly casts = new Map<string, string>();

  constructor(original: ModelProto, variant: ModelProto) {
    this.original = original;
    this.variant = variant;
    const graph = original.graph as GraphProto;
    const theirs = variant.graph as GraphProto;
    this.pairs = counterparts(graph, theirs);
    const types = inferTypes(original).types;
    this.elements = (name) => elementsOf(types.get(name));
    this.variantTypes = inferTypes(variant).types;
    this.stored = new Set([
      ...theirs.initializer.map(({ name }) => name),
      ...theirs.sparseInitializer.map(({ values }) => values?.name ?? ''),
    ]);
    this.editor = new GraphEditor(graph);
  }

  run(): Shadow {
    const float = this.pairs.filter(
      ({ tensor, node, root }) =>
        this.elements(tensor) === T.FLOAT &&
        !this.variantTypes.get(root)?.container &&
        node.opType !== 'Constant',
    );
    this.addVariant();
    const probes = float.map((pair) => this.probe(pair));
    const { graph } = this.editor;
    graph.output = probes
      .flatMap(({ signal, noise, alone }) => [signal, noise, ...(alone ? [alone] : [])])
      .map((name) => create(ValueInfoProtoSchema, { name }));
    this.editor.finish();
    this.addImports();
    return { model: this.original, probes };
  }

  /** The variant as a whole, under other names. */
  private addVariant(): void {
    const theirs = this.variant.graph as GraphProto;
    const inputs = new Set(this.editor.graph.input.map(({ name }) => name));
    const { stored } = this;
    const fresh = (name: string) =>
      this.renames.set(name, this.editor.uniqueName(`variant/${name}`));
    for (const name of stored) fresh(name);
    for (const { output } of theirs.node) for (const name of output) if (name !== '') fresh(name);
    for (const { name } of theirs.input) {
      if (!stored.has(name) && inputs.has(name)) this.renames.set(name, this.asTheirs(name));
    }
    for (const tensor of theirs.initializer) {
      const name = this.renames.get(tensor.name) as string;
      this.editor.graph.initializer.push(Object.assign(shallow(tensor), { name }));
    }
    for (const tensor of theirs.sparseInitializer) {
      const values =
        tensor.values &&
        Object.assign(shallow(tensor.values), {
          name: this.renames.get(tensor.values.name) as string,
        });
      this.editor.graph.sparseInitializer.push(Object.assign(shallow(tensor), { values }));
    }
    this.addCopies(theirs.node, this.renames);
  }

  /** Copies of nodes of the variant, reading and making what the names say. */
  private addCopies(nodes: readonly NodeProto[], renames: ReadonlyMap<string, string>): void {
    const copies = nodes.map(copyNode);
    const apart = { ...this.editor.graph, node: copies, input: [], output: [], initializer: [] };
    new GraphEditor(apart).redirectAll(renames, new Set());
    for (const copy of copies) {
      copy.name = this.editor.uniqueName(`variant/${copy.name || copy.opType}`);
      copy.output = copy.output.map((name) => renames.get(name) ?? name);
    }
    this.editor.add(...copies);
  }

  /** One of the original's tensors as the variant has it: it may have it in another float type. */
  private asTheirs(name: string): string {
    const to = elementsOf(this.variantTypes.get(name));
    if (to === undefined || to === this.elements(name) || !isFloat(to)) return name;
    const known = this.casts.get(name);
    if (known) return known;
    const cast = this.cast(name, to);
    this.casts.set(name, cast);
    return cast;
  }

  private cast(name: string, to: T): string {
    const attribute = [create(AttributeProtoSchema, { name: 'to', type: A.INT, i: BigInt(to) })];
    return this.add('Cast', [name], `${name}_cast`, attribute);
  }

  private probe(pair: SliceCounterpart): ShadowProbe {
    const { tensor, node, root } = pair;
    const alone = pair.untouched ? null : this.copyAlone(pair);
    return {
      tensor,
      title: nodeTitle(node),
      operator: node.opType,
      signal: this.add('ReduceSumSquare', [tensor], `${tensor}_signal`, [WITHOUT_DIMENSIONS]),
      noise: this.noise(tensor, root, this.renames.get(root) ?? root),
      alone: alone && this.noise(tensor, root, alone),
    };
  }

  /** The nodes that make one tensor once more, fed by the original's. */
  private copyAlone({ tensor, slice, root }: SliceCounterpart): string {
    const own = new Set(slice.flatMap(({ output }) => output).filter((name) => name !== ''));
    const names = new Map(this.renames);
    for (const name of own) names.set(name, this.editor.uniqueName(`alone/${name}`));
    for (const name of slice.flatMap(({ input }) => input)) {
      // What is stored goes by its name in the variant.
      if (own.has(name) || name === '' || this.stored.has(name)) continue;
      names.set(name, this.asTheirs(name));
    }
    this.addCopies(slice, names);
    return names.get(root) ?? tensor;
  }

  private noise(tensor: string, root: string, made: string): string {
    const elem = this.variantTypes.get(root)?.elem ?? T.FLOAT;
    const float = elem === T.FLOAT ? made : this.cast(made, T.FLOAT);
    const difference = this.add('Sub', [float, tensor], `${tensor}_difference`);
    return this.add('ReduceSumSquare', [difference], `${tensor}_noise`, [WITHOUT_DIMENSIONS]);
  }

  private add(opType: string, input: string[], base: string, attribute: Attributes = []): string {
    const output = this.editor.uniqueName(base);
    const name = this.editor.uniqueName(`${opType}/${output}`);
    this.editor.add(create(NodeProtoSchema, { opType, name, input, output: [output], attribute }));
    return output;
  }

  private addImports(): void {
    const known = opsetsOf(this.original);
    for (const each of this.variant.opsetImport) {
      if (!known.has(each.domain === 'ai.onnx' ? '' : each.domain)) {
        this.original.opsetImport.push(each);
      }
    }
    const named = new Set(this.original.functions.map(({ domain, name }) => `${domain}:${name}`));
    for (const each of this.variant.functions) {
      if (!named.has(`${each.domain}:${each.name}`)) this.original.functions.push(each);
    }
  }
}

type Attributes = NodeProto['attribute'];

const WITHOUT_DIMENSIONS = create(AttributeProtoSchema, {
  name: 'keepdims',
  type: A.INT,
  i: 0n,
});
