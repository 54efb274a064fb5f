import { tensorType, type ValueType } from '../../core/inspect/shapes/types.ts';
import { elementCode } from '../../core/onnx/elements.ts';
import type { Lane } from '../../core/race/lane.ts';
import type { FeedSet } from '../../core/tensors/tensors.ts';
import { type LaneFiles, withLane } from './client.ts';

/**
 * Runs a model once and tells the types of all its outputs, by name.
 * @param feeds of which the first is run
 * @throws Fault as `LaneRunner.open` and `turn`; the signal's reason, at once
 */
export function observeOutputs(
  lane: Lane,
  fetchFiles: () => Promise<LaneFiles>,
  feeds: FeedSet,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ValueType>> {
  return withLane(lane, fetchFiles, signal, async (client) => {
    const { outputs } = await client.open(false);
    await client.load('race', feeds);
    const request = { slot: 'race', from: 0, count: 1, repeat: 1, batch: 1, keep: true } as const;
    const [given = []] = (await client.turn(request)).outputs;
    const codes = new Map(outputs.map(({ name, type }) => [name, elementCode(type)]));
    return new Map(
      given.flatMap(({ name, dims }): [string, ValueType][] => {
        const code = codes.get(name);
        return code ? [[name, tensorType(code, dims)]] : [];
      }),
    );
  });
}
