import type { Runner } from '../../core/compress/technique.ts';
import { Fault, toError } from '../../core/errors.ts';
import { isKnown } from '../../core/inspect/shapes/dims.ts';
import { inferTypes } from '../../core/inspect/shapes/infer.ts';
import { sizesOf } from '../../core/inspect/shapes/sizes.ts';
import { withOutputs } from '../../core/onnx/edit.ts';
import { elementBits } from '../../core/onnx/elements.ts';
import type { ModelProto } from '../../core/onnx/onnx_pb.ts';
import { concat, modelParts } from '../../core/onnx/write.ts';
import type { StopSignal } from '../../core/race/race.ts';
import { elementCount, type FeedSet, type OutputTensor } from '../../core/tensors/tensors.ts';
import type { Bytes } from '../../core/units.ts';
import { createSession, explain, feedTensors, toNumbers } from './ort.ts';

type Runtime = Parameters<typeof createSession>[0];

/** Of tensors handed out by one run: they lie in the runtime's heap, which never shrinks, and in JavaScript's. */
const MAX_BYTES: Bytes = 64e6;
/** Of a tensor whose size nothing tells. */
const USUAL_BYTES: Bytes = 8e6;

const WASM = { kind: 'wasm', threads: 1 } as const;

const TITLE = 'The model';

/** Sessions speak of lanes, and there is none here. */
function fail(thrown: unknown): never {
  const error = thrown instanceof Fault ? thrown : explain(toError(thrown), TITLE);
  if (error.name !== 'OutOfMemoryError') throw error;
  throw new Fault(
    'OutOfMemoryError',
    'Memory ran out while the model was running on the inputs; nothing was changed.',
    { cause: error },
  );
}

/** The tensors in groups, each small enough to be handed out by one run. */
function grouped(model: ModelProto, tensors: readonly string[], feeds: FeedSet): string[][] {
  const { types } = inferTypes(model, { sizes: sizesOf(model, feeds) });
  const bytesOf = (name: string): Bytes => {
    const type = types.get(name);
    return type?.shape && isKnown(type.shape)
      ? (elementCount(type.shape as number[]) * elementBits(type.elem)) / 8
      : USUAL_BYTES;
  };
  const groups: string[][] = [];
  let room = 0;
  for (const name of new Set(tensors)) {
    const bytes = bytesOf(name);
    if (room < bytes || groups.length === 0) {
      groups.push([]);
      room = MAX_BYTES;
    }
    groups.at(-1)?.push(name);
    room -= bytes;
  }
  return groups;
}

/** Without a copy where the numbers are plain ones already. */
const numbersOf = (type: string, data: Parameters<typeof toNumbers>[1]): OutputTensor['data'] =>
  data instanceof Float32Array ? data : toNumbers(type, data);

/**
 * Runs models in the thread it lives in, with tensors from inside of them among their outputs.
 * For a worker that ends with its task, and for Node: what sessions took is not given back.
 */
export function sessionRunner(
  ort: Runtime,
  feeds: FeedSet,
  noise: boolean,
  signal: StopSignal,
): Runner {
  const observe: Runner['observe'] = async (model, tensors, take) => {
    const given = feeds.inputs.filter(({ name }) => tensors.includes(name));
    const made = tensors.filter((name) => !given.some((input) => input.name === name));
    const groups = grouped(model, made, feeds);
    const bytes = concat(modelParts(withOutputs(model, made)));
    const session = await createSession(
      ort,
      { model: bytes, external: [] },
      WASM,
      TITLE,
      'nothing',
    ).catch(fail);
    try {
      for (let input = 0; input < feeds.count; input++) {
        const fed = feedTensors(ort, feeds.inputs, input);
        for (const { name, type, dims } of given) {
          const data = (fed[name] as (typeof fed)[string]).data;
          take({ name, dims, data: numbersOf(type, data) }, input);
        }
        for (const group of groups) {
          signal.throwIfAborted();
          const results = await session.run(fed, group).catch(fail);
          for (const name of group) {
            const tensor = results[name];
            if (!tensor) continue;
            const { dims, type, data } = tensor;
            take({ name, dims, data: numbersOf(type, data) }, input);
            tensor.dispose();
          }
        }
      }
    } finally {
      await session.release();
    }
  };
  return { count: feeds.count, noise, observe };
}
