import { create } from '@bufbuild/protobuf';
import { Fault } from '../errors.ts';
import { inferTypes } from '../inspect/shapes/infer.ts';
import { domainOf, opsetsOf, subgraphsOf } from '../onnx/graph.ts';
import {
  type GraphProto,
  type ModelProto,
  type NodeProto,
  OperatorSetIdProtoSchema,
} from '../onnx/onnx_pb.ts';
import { CHANGES, type Site } from './opsetChanges.ts';
import { Rewriter } from './rewriter.ts';

/** The oldest operator set that is read, and the newest that is written. */
const MIN_KNOWN = 7;
const MAX_KNOWN = 21;

/** The oldest version of the format for each operator set (onnx/helper.py, VERSION_TABLE). */
const IR_VERSIONS: readonly (readonly [opset: number, ir: bigint])[] = [
  [21, 10n],
  [19, 9n],
  [15, 8n],
  [12, 7n],
  [11, 6n],
  [10, 5n],
  [9, 4n],
];

/** From this version of the format initializers need not be listed among the inputs. */
const CONSTANTS_SINCE = 4n;

/**
 * Raises the version of the format. Before 4 every initializer is listed as an input and is a
 * constant all the same; later those listed are defaults, so they are listed no more.
 */
export function raiseFormat(model: ModelProto, to: bigint): void {
  if (model.irVersion >= to) return;
  const { graph } = model;
  if (graph && model.irVersion < CONSTANTS_SINCE && to >= CONSTANTS_SINCE) {
    const stored = new Set(graph.initializer.map(({ name }) => name));
    graph.input = graph.input.filter(({ name }) => !stored.has(name));
  }
  model.irVersion = to;
}

/** Declares an operator set of another domain, unless the model has one already. */
export function importDomain(model: ModelProto, domain: string, version: number): void {
  if (model.opsetImport.some((each) => domainOf(each.domain) === domain)) return;
  model.opsetImport.push(create(OperatorSetIdProtoSchema, { domain, version: BigInt(version) }));
}

function nodesIn(graph: GraphProto): NodeProto[] {
  return graph.node.flatMap((node) => [
    node,
    ...subgraphsOf(node).flatMap(({ graph: inner }) => nodesIn(inner)),
  ]);
}

interface Step {
  readonly node: NodeProto;
  readonly since: number;
}

/** What has to be rewritten, oldest change first. */
function stepsFor(nodes: readonly NodeProto[], from: number, to: number): Step[] {
  const steps = nodes.flatMap((node) => {
    if (domainOf(node.domain) !== '') return [];
    const changes = CHANGES.get(node.opType) ?? [];
    return changes
      .filter(({ since }) => from < since && since <= to)
      .map(({ since }) => ({ node, since }));
  });
  return steps.sort((a, b) => a.since - b.since);
}

const cannot = (opset: number, why: string) =>
  new Fault(
    'CompressError',
    `The model is written for operator set ${opset}, and it cannot be raised: ${why}.`,
  );

/**
 * Raises the standard operator set to `to` where it is older, and the version of the format with
 * it. Operators that came to take attributes as inputs, or changed otherwise in a way that can be
 * undone, are rewritten so that they go on meaning the same.
 * @throws Fault CompressError that names the operator which has no such form; the model is then unchanged
 */
export function raiseOpset(model: ModelProto, to: number): void {
  const from = opsetsOf(model).get('') ?? 1;
  const { graph } = model;
  if (from >= to || !graph) return;
  if (from < MIN_KNOWN || to > MAX_KNOWN)
    throw cannot(from, `only ${MIN_KNOWN} to ${MAX_KNOWN} are known`);
  if (model.functions.length > 0) throw cannot(from, 'its functions are written for that one');
  const main = new Set(graph.node);
  const steps = stepsFor(nodesIn(graph), from, to);
  for (const { node, since } of steps) {
    const change = CHANGES.get(node.opType)?.find((each) => each.since === since);
    const why = change?.refuse?.(node) ?? null;
    if (why !== null)
      throw cannot(from, `${node.opType} means something else from ${since} on, ${why}`);
    if (change?.splits && !main.has(node)) {
      throw cannot(from, `${node.opType} in a subgraph would take several nodes from ${since} on`);
    }
  }
  const { types } = inferTypes(model);
  const site: Site = {
    rewriter: new Rewriter(graph),
    rankOf: (name) => types.get(name)?.shape?.length ?? null,
  };
  for (const { node, since } of steps) {
    // Looked up anew: an earlier step may have made it another operator.
    const changes = CHANGES.get(node.opType) ?? [];
    changes.find((each) => each.since === since)?.rewrite?.(node, site);
  }
  site.rewriter.finish();
  for (const each of model.opsetImport) {
    if (domainOf(each.domain) === '') each.version = BigInt(to);
  }
  raiseFormat(model, IR_VERSIONS.find(([opset]) => to >= opset)?.[1] ?? 3n);
}
