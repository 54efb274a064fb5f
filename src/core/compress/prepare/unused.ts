import { readBy } from '../../onnx/graph.ts';
import type { NodeProto, TensorProto } from '../../onnx/onnx_pb.ts';
import { tensorBytes } from '../../onnx/tensors.ts';
import { numberOf } from '../static/attributes.ts';
import { type Draft, isStandard } from './draft.ts';

/** Until then an attribute told whether a Dropout is at work. */
const DROPOUT_SINCE = 7;

/** Why a node hands its first input on as it is; null where it does not. */
function idle(draft: Draft, node: NodeProto): string | null {
  if (isStandard(node, 'Identity')) return 'passes its input on unchanged';
  if (isStandard(node, 'Dropout')) {
    const [, , training = ''] = node.input;
    const asked = node.output.slice(1).some((name) => name !== '' && draft.readings(name) > 0);
    const trains = training !== '' && draft.constant(training)?.rawData[0] !== 0;
    if (draft.opset < DROPOUT_SINCE || asked || trains) return null;
    return 'does nothing outside of training';
  }
  if (isStandard(node, 'Cast')) {
    const from = draft.types.get(node.input[0] ?? '');
    const same = from?.elem === numberOf(node, 'to', 0) && !from.container;
    return same ? 'its input has that type already' : null;
  }
  return null;
}

/** Takes out nodes that hand their input on as it is. */
export function dropIdle(draft: Draft): void {
  const renames = new Map<string, string>();
  const source = (name: string) => renames.get(name) ?? name;
  for (const node of draft.index.order) {
    const why = idle(draft, node);
    const [from = ''] = node.input;
    const [to = ''] = node.output;
    if (why === null || from === '' || to === '') continue;
    if (!draft.outputs.has(to)) {
      renames.set(to, source(from));
      draft.remove(node, why);
      continue;
    }
    takeOver(draft, node, source(from), to, why, renames);
  }
  draft.editor.redirectAll(renames, new Set());
  draft.refresh();
}

/** Lets the node that makes `from` make the model's output `to` instead. */
function takeOver(
  draft: Draft,
  node: NodeProto,
  from: string,
  to: string,
  why: string,
  renames: Map<string, string>,
): void {
  const maker = draft.producer(from);
  // What is an input, stored, or an output too needs a node that makes it again.
  if (!maker || draft.outputs.has(from) || draft.isGone(maker) || maker.opType === 'Constant') {
    draft.ledger.note(node, 'kept', 'it makes an output of the model from a tensor that is needed');
    return;
  }
  if (renames.has(from)) return;
  maker.output = maker.output.map((name) => (name === from ? to : name));
  for (const [name, becomes] of renames) if (becomes === from) renames.set(name, to);
  renames.set(from, to);
  draft.remove(node, why);
}

/** Takes out nodes whose outputs nothing reads, and then what only they read. */
export function dropDead(draft: Draft): void {
  const { order, producers } = draft.index;
  const alive = new Set<NodeProto>();
  const open = [...draft.outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const maker = producers.get(name);
    if (!maker || alive.has(maker)) continue;
    alive.add(maker);
    open.push(...readBy(maker));
  }
  for (const node of order) if (!alive.has(node)) draft.remove(node, 'nothing reads its output');
  draft.refresh();
}

/** Smaller ones are not worth a rename, and biases are better off apart: each has a scale of its own. */
const WORTH_MERGING = 4096;

/** FNV-1a over the words of a tensor's bytes (Fowler, Noll, Vo). */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x0100_0193);
  return hash;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Stores equal weights once. */
export function mergeDuplicates(draft: Draft): void {
  const byKind = new Map<string, TensorProto[]>();
  for (const tensor of draft.graph.initializer) {
    if (draft.constant(tensor.name) !== tensor || draft.readings(tensor.name) === 0) continue;
    const bytes = tensorBytes(tensor);
    if (bytes.length < WORTH_MERGING) continue;
    const kind = `${tensor.dataType}:${tensor.dims.join('x')}`;
    byKind.set(kind, [...(byKind.get(kind) ?? []), tensor]);
  }
  const renames = new Map<string, string>();
  for (const tensors of byKind.values()) {
    if (tensors.length < 2) continue;
    const firsts = new Map<number, TensorProto[]>();
    for (const tensor of tensors) {
      const bytes = tensorBytes(tensor);
      const hash = hashOf(bytes);
      const others = firsts.get(hash) ?? [];
      const twin = others.find((other) => same(tensorBytes(other), bytes));
      if (twin) renames.set(tensor.name, twin.name);
      else firsts.set(hash, [...others, tensor]);
    }
  }
  if (renames.size === 0) return;
  for (const node of draft.index.order) {
    const twin = readBy(node).find((name) => renames.has(name));
    if (twin) {
      draft.ledger.note(node, 'changed', `shares the equal weights "${renames.get(twin) ?? ''}"`);
    }
  }
  draft.editor.redirectAll(renames, new Set());
  draft.refresh();
}
