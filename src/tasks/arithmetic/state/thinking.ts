import { createStore } from 'zustand/vanilla';
import type { Model } from '../../../core/models/model.ts';
import type { ErrorFacts } from '../../../core/race/events.ts';
import { type Lane, laneTitle, offerLanes } from '../../../core/race/lane.ts';
import type { Milliseconds } from '../../../core/units.ts';
import type { BenchState } from '../../../state/bench/bench.ts';
import { laneConditions, selectedModel } from '../../../state/bench/selectors.ts';
import type { DeviceState } from '../../../state/device/device.ts';
import type { Mode, Problem } from '../core/problem.ts';
import type { StepTime } from '../core/step.ts';

/** Who writes an answer: a lane of this model, or of one that was trained otherwise. */
export interface TokenGenerator {
  readonly id: string;
  readonly model: Model;
  readonly lane: Lane;
}

/** What is written, and how. */
export interface Asked {
  readonly modelId: string;
  readonly problem: Problem;
  readonly mode: Mode;
  /** 0 takes the likeliest character; above, characters are drawn. */
  readonly temperature: number;
  readonly seed: number;
}

/** One lane's answer, as far as it is written. */
export interface Writing {
  readonly generator: TokenGenerator;
  /** What follows the prompt. */
  readonly text: string;
  /** Of every run; each wrote a character. */
  readonly times: readonly StepTime[];
  /** The lane's very first run, before the answer that warmed it up; null until then. */
  readonly coldMs: Milliseconds | null;
  readonly fault: ErrorFacts | null;
}

export type ThinkingStatus =
  | { readonly state: 'idle' }
  /** `doing` is what it waits for: "Starting fp32, WASM"; empty while it writes. */
  | { readonly state: 'running'; readonly doing: string }
  | { readonly state: 'done' }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export interface ThinkingState {
  readonly status: ThinkingStatus;
  readonly asked: Asked | null;
  /** Stay until the next press. */
  readonly writings: readonly Writing[];
  /** Whether characters of these writings were held back for the eye. */
  readonly heldBack: boolean;
  /** Ids of the generators that the user picked for a model; `NOBODY` for no second one. */
  readonly picked: { readonly modelId: string; readonly ids: readonly string[] } | null;
  readonly mode: Mode;
  readonly temperature: number;
  readonly seed: number;
  /** Whether each character is held back until an eye can follow. */
  readonly slow: boolean;
}

export const thinking = createStore<ThinkingState>(() => ({
  status: { state: 'idle' },
  asked: null,
  writings: [],
  heldBack: false,
  picked: null,
  mode: 'think',
  temperature: 0,
  seed: 1,
  slow: true,
}));

type Dials = Pick<ThinkingState, 'mode' | 'temperature' | 'seed' | 'slow'>;

export const setThinking = (dials: Partial<Dials>): void => thinking.setState(dials);

/** Stands for no second lane. */
export const NOBODY = '';

/** Everybody who can write answers here, lanes of the selected model first. */
export function generatorsOf(state: BenchState, { facts }: DeviceState): TokenGenerator[] {
  const selected = selectedModel(state);
  if (!facts || selected?.task.kind !== 'arithmetic') return [];
  const others = state.models.filter(
    (model) => model !== selected && model.task.kind === 'arithmetic',
  );
  return [selected, ...others].flatMap((model) =>
    offerLanes(model, laneConditions(facts)).flatMap(({ lane, blocked }) =>
      blocked === null ? [{ id: `${model.id}/${lane.id}`, model, lane }] : [],
    ),
  );
}

/** The one or two who write next: those that were picked; else fp32 and int8 on WASM. */
export function chosenGenerators(
  generators: readonly TokenGenerator[],
  { picked }: Pick<ThinkingState, 'picked'>,
): TokenGenerator[] {
  const [first] = generators;
  if (!first) return [];
  const ids = picked?.modelId === first.model.id ? picked.ids : null;
  const found = [...new Set(ids)].flatMap((id) => generators.find((one) => one.id === id) ?? []);
  if (found.length > 0) return found;
  const second = generators.find(
    ({ lane, model }) =>
      model === first.model && lane.variant.precision === 'int8' && lane.backend.kind === 'wasm',
  );
  return second ? [first, second] : [first];
}

/** Picks who writes in the first or the second place; `NOBODY` empties the second. */
export function pickGenerator(
  generators: readonly TokenGenerator[],
  place: 0 | 1,
  id: string,
): void {
  const modelId = generators[0]?.model.id;
  if (modelId === undefined) return;
  const ids = chosenGenerators(generators, thinking.getState()).map((one) => one.id);
  ids[place] = id;
  thinking.setState({ picked: { modelId, ids: ids.filter((one) => one !== NOBODY) } });
}

/** With the model's name, where it is not the selected one: two may have the same lanes. */
export const generatorTitle = ({ model, lane }: TokenGenerator, modelId: string | null): string =>
  model.id === modelId ? laneTitle(lane) : `${model.title}: ${laneTitle(lane)}`;
