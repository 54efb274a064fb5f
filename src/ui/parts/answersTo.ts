import type { Lane } from '../../core/race/lane.ts';
import type { RaceRecord } from '../../core/race/record.ts';

interface LaneScores {
  readonly lane: Lane;
  readonly scores: Float32Array | Float64Array;
}

/** Each lane's output of that name for the input that was raced on, for lanes that have answered. */
export const answersTo = ({ lanes }: RaceRecord, output: string): LaneScores[] =>
  lanes.flatMap(({ lane, answer }) => {
    const scores = answer?.find(({ name }) => name === output)?.data;
    return scores ? [{ lane, scores }] : [];
  });
