/** What calibration looks at, and what the proof runs on: never the same inputs where there are enough. */
import {
  type CalibratedOn,
  type FileFacts,
  NOISE_SEED,
  type NoiseFacts,
  noiseTitle,
} from '../../core/compress/inputs/calibrated.ts';
import { count } from '../../core/format.ts';
import { inputNoun, type Model } from '../../core/models/model.ts';
import { someFeeds } from '../../core/race/feeds.ts';
import { taskKind } from '../../core/tasks/register.ts';
import { inputSpecs } from '../../core/tasks/specs.ts';
import { dynamicSizes, type FeedSet } from '../../core/tensors/tensors.ts';
import { noiseFeeds } from '../../engine/race/noise.ts';
import { bench } from '../bench/bench.ts';
import { taskState } from '../bench/inputs.ts';
import type { SampleFeeds } from '../bench/taskState.ts';
import { type CalibrationInputKind, type CompressState, compression } from './compress.ts';

/** Inputs with what a reader and a judge must know of them. */
export interface Inputs {
  readonly feeds: FeedSet;
  /** "48 digits" */
  readonly title: string;
  readonly noise: boolean;
  /** True classes, one for each feed; null where nobody knows them. */
  readonly labels: Uint8Array | null;
}

export interface SplitInputs {
  /** What a recipe says of those that calibrate. */
  readonly on: CalibratedOn;
  readonly calibration: Inputs;
  /** For Auto's choice, which is made by answers: the proof must not be run on these. */
  readonly choice: Inputs;
  readonly proof: Inputs;
}

type Parts = Omit<SplitInputs, 'on'>;

/** Labelled samples that calibration may use; those after it are for Auto, the rest for the proof. */
const CALIBRATING = 500;
const CHOOSING = 500;
/** More say little more of a range, and take longer. */
const USUAL_COUNT: Readonly<Record<CalibrationInputKind, number>> = {
  samples: 48,
  files: 16,
  noise: 8,
};
const MAX_NOISE = 64;
/** Answers on noise say little, however many. */
const PROOF_NOISE = 8;

/** How many samples a compression may look at; 0 for models whose samples it cannot use yet. */
export const sampleCount = (model: Model): number =>
  taskKind(model.task).samples?.count(model) ?? 0;

/** The user's own inputs: too big for a store. */
let own: FeedSet | null = null;

export function keepOwnInputs(feeds: FeedSet, files: readonly FileFacts[]): void {
  own = feeds;
  compression.setState({
    ownInputs: { files, count: feeds.count },
    inputKind: 'files',
    inputCount: null,
  });
}

export const chooseInputs = (inputKind: CalibrationInputKind): void =>
  compression.setState({ inputKind, inputCount: null, noise: null });

export const setInputCount = (inputCount: number): void => compression.setState({ inputCount });

type Choice = Pick<CompressState, 'ownInputs' | 'inputKind' | 'inputCount' | 'noise'>;

/** The most that calibration may use, so that as many are left for the proof. */
export function mostInputs(
  model: Model,
  kind: CalibrationInputKind,
  ownInputs: CompressState['ownInputs'],
): number {
  if (kind === 'samples') return Math.min(CALIBRATING, Math.floor(sampleCount(model) / 2));
  return kind === 'files' ? Math.max(1, Math.floor((ownInputs?.count ?? 1) / 2)) : MAX_NOISE;
}

/** The kinds on offer for a model, the chosen one and how many. */
export function chosenInputs(
  model: Model,
  { ownInputs, inputKind, inputCount }: Omit<Choice, 'noise'>,
) {
  const kinds: CalibrationInputKind[] = [
    ...(sampleCount(model) > 1 ? (['samples'] as const) : []),
    ...(ownInputs ? (['files'] as const) : []),
    'noise',
  ];
  const kind = kinds.find((each) => each === inputKind) ?? (kinds[0] as CalibrationInputKind);
  const most = mostInputs(model, kind, ownInputs);
  return { kinds, kind, count: Math.min(inputCount ?? USUAL_COUNT[kind], most) };
}

/** What calibration looks at with these choices. */
export function calibratesOn(model: Model, state: Choice): CalibratedOn {
  const { kind, count: howMany } = chosenInputs(model, state);
  if (kind === 'samples') return { kind, count: howMany };
  if (kind === 'files') return { kind, count: howMany, files: [...(state.ownInputs?.files ?? [])] };
  const { seed, sizes } = state.noise ?? { seed: NOISE_SEED, sizes: bench.getState().dimensions };
  return { kind, count: howMany, seed, sizes: dynamicSizes(inputSpecs(model.task), sizes) };
}

/** Noise for each purpose: none is chosen or proved on what calibrated. */
async function noiseInputs(model: Model, { seed, sizes, count }: NoiseFacts): Promise<Parts> {
  const specs = inputSpecs(model.task);
  const inputs = (feeds: FeedSet): Inputs => ({
    feeds,
    title: noiseTitle(feeds.count),
    noise: true,
    labels: null,
  });
  const calibration = inputs(await noiseFeeds(specs, sizes, seed, count));
  // The generator begins alike with every seed: the first one is left out.
  const other = await noiseFeeds(specs, sizes, seed + 1, 1 + 2 * PROOF_NOISE);
  return {
    calibration,
    choice: inputs(someFeeds(other, 1, PROOF_NOISE)),
    proof: inputs(someFeeds(other, 1 + PROOF_NOISE, PROOF_NOISE)),
  };
}

function labelledInputs(feeds: FeedSet, labels: Uint8Array, howMany: number, noun: string): Parts {
  const part = (from: number, to: number): Inputs => ({
    feeds: someFeeds(feeds, from, to - from),
    title: `${count(to - from)} labelled ${noun}`,
    noise: false,
    labels: labels.subarray(from, to),
  });
  const calibrating = Math.min(CALIBRATING, Math.floor(feeds.count / 3));
  const chosen = calibrating + Math.min(CHOOSING, Math.floor(feeds.count / 3));
  return {
    calibration: part(0, Math.min(howMany, calibrating)),
    choice: part(calibrating, chosen),
    proof: part(chosen, feeds.count),
  };
}

/** With too few inputs to spare, what calibrated also proves, and the title says so. */
function splitOf(feeds: FeedSet, howMany: number, what: string): Parts {
  const part = (from: number, to: number, title: string): Inputs => ({
    feeds: someFeeds(feeds, from, to - from),
    title,
    noise: false,
    labels: null,
  });
  const named = (howMuch: number) => `${count(howMuch)} ${what}`;
  const calibration = part(0, howMany, named(howMany));
  const rest = feeds.count - howMany;
  if (rest < 1) {
    const again = { ...calibration, title: `${named(howMany)}, the ones that calibrated` };
    return { calibration, choice: again, proof: again };
  }
  const middle = howMany + Math.floor(rest / 2);
  const proof = part(middle, feeds.count, named(feeds.count - middle));
  const choice = middle > howMany ? part(howMany, middle, named(middle - howMany)) : calibration;
  return { calibration, choice, proof };
}

/** @throws Fault as downloads do; RangeError for a model without samples */
async function samplesOf(model: Model, signal: AbortSignal): Promise<SampleFeeds> {
  const { samples } = await taskState(model);
  if (!samples) throw new RangeError(`${model.title} has no samples to compress with.`);
  return samples(model, signal);
}

/** @throws Fault as downloads do, or as `randomFeeds` */
export async function splitInputs(model: Model, signal: AbortSignal): Promise<SplitInputs> {
  const on = calibratesOn(model, compression.getState());
  const parts = await partsOf(model, on, signal);
  return { ...parts, on: { ...on, count: parts.calibration.feeds.count } };
}

async function partsOf(model: Model, on: CalibratedOn, signal: AbortSignal): Promise<Parts> {
  const { kind, count: howMany } = on;
  if (kind === 'samples') {
    const { feeds, labels } = await samplesOf(model, signal);
    if (labels) return labelledInputs(feeds, labels, howMany, inputNoun(model));
    // Some may be unfit for the model, as files that are too short.
    const calibrating = Math.min(howMany, Math.floor(feeds.count / 2));
    return splitOf(feeds, calibrating, `sample ${inputNoun(model)}`);
  }
  if (kind === 'noise') return noiseInputs(model, on);
  if (!own) throw new RangeError('The user has not given any inputs.');
  return splitOf(own, howMany, 'of your inputs');
}

/** A sample that is an input of a proof. */
export interface ProofSample {
  readonly model: Model;
  readonly index: number;
}

/** The first of a model's samples that a variant's proof ran on, by the variant's id. */
const proofStarts = new Map<string, ProofSample>();

/** Remembers which samples a proof ran on, to show those whose answer changed. */
export function rememberProof(id: string, model: Model, { labels, feeds }: Inputs): void {
  // Proofs on labelled samples run on the last of them, see `labelledInputs`.
  if (labels) proofStarts.set(id, { model, index: sampleCount(model) - feeds.count });
}

/** Which of the model's samples is behind an input of a variant's proof; null where none is. */
export function proofSample(id: string, input: number): ProofSample | null {
  const first = proofStarts.get(id);
  return first ? { ...first, index: first.index + input } : null;
}
