import { createStore } from 'zustand/vanilla';
import type { Model } from '../../core/models/model.ts';
import type { Picture } from '../../core/pictures/picture.ts';
import type { PictureSample } from '../../core/pictures/sample.ts';
import type { ErrorFacts } from '../../core/race/events.ts';
import type { ChosenStop } from '../../core/race/stop.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { Seconds } from '../../core/units.ts';
import type { Problem } from '../../tasks/arithmetic/core/problem.ts';
import type { LabelledDigits } from '../../tasks/digit/core/digit.ts';
import type { FileAnswer } from '../../tasks/files/core/decode.ts';
import type { SampleFile } from '../../tasks/files/core/pack.ts';
import type { FileTypes } from '../../tasks/files/core/task.ts';
import type { FileEnds } from '../../tasks/files/core/windows.ts';
import type { HeardSound } from '../../tasks/speech/core/sound.ts';

/** What a digit race runs on. */
export type DigitInput =
  | { readonly kind: 'sample'; readonly index: number }
  /** 784 bytes in MNIST's form; null while the pad is empty. */
  | { readonly kind: 'drawn'; readonly image: Uint8Array | null }
  /** The same from the camera; null while it looks for one. */
  | { readonly kind: 'camera'; readonly image: Uint8Array | null }
  /** All labelled images, each once. */
  | { readonly kind: 'sweep' };

/** The picture that a race runs on. */
export interface PictureInput {
  readonly from:
    | { readonly kind: 'sample'; readonly index: number }
    | { readonly kind: 'own'; readonly name: string }
    | { readonly kind: 'camera' };
  /** null until it was fetched and decoded, or taken. */
  readonly picture: Picture | null;
}

/** What a race of files runs on. */
export interface FileInput {
  readonly from:
    | { readonly kind: 'sample'; readonly index: number }
    | { readonly kind: 'own'; readonly name: string };
  /** One sentence: what it really is, where that is known. */
  readonly about: string;
  /** null until it was read. */
  readonly ends: FileEnds | null;
  /** The answer for a file with too few bytes for the model. */
  readonly short: FileAnswer | null;
}

/** What a model multiplies. */
export interface ProblemInput {
  /** As it stands in its field. */
  readonly text: string;
  /** Null while the text is no multiplication that the model can read. */
  readonly problem: Problem | null;
  /** Which of the held-out problems it is; null for one that was typed. */
  readonly sample: number | null;
  /** Why the text was refused, as a sentence; null where it was not. */
  readonly refused: string | null;
}

/** What a race of speech runs on. */
export interface SoundInput {
  readonly from:
    | { readonly kind: 'clip'; readonly index: number }
    | { readonly kind: 'own'; readonly name: string }
    | { readonly kind: 'recorded' };
  /** null until it was fetched and decoded. */
  readonly sound: HeardSound | null;
}

export type Catalogue =
  | { readonly state: 'loading' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

export interface BenchState {
  /** Whether the zoo's manifest has been read. */
  readonly catalogue: Catalogue;
  /** All models that can be raced: the zoo's, then the user's. */
  readonly models: readonly Model[];
  readonly modelId: string | null;
  /** Kinds of tasks for whose inputs the code is here. */
  readonly inputKinds: ReadonlySet<Task['kind']>;
  /** Ids of the lanes the user chose; null while the preselected ones stand. */
  readonly chosen: ReadonlySet<string> | null;
  readonly digit: DigitInput;
  /** What was chosen for models that look at a picture, by the model's id. */
  readonly pictures: Readonly<Record<string, PictureInput>>;
  /** Pictures to try, by the model's id. */
  readonly pictureSamples: Readonly<Record<string, readonly PictureSample[]>>;
  readonly file: FileInput;
  /** Files to try; empty until they are here. */
  readonly fileSamples: readonly SampleFile[];
  readonly sound: SoundInput;
  /** How much the microphone has recorded; null while it is shut. */
  readonly recording: Seconds | null;
  /** What the latest race of speech ran on, to be drawn beside its answers. */
  readonly racedSound: HeardSound | null;
  /** What is known of types of files; null until it is here. */
  readonly fileTypes: FileTypes | null;
  readonly multiplication: ProblemInput;
  /** Problems that no model was trained on; empty until they are here. */
  readonly problems: readonly Problem[];
  /** Names of the classes of models that keep them in a file of their own, by the model's id. */
  readonly classNames: Readonly<Record<string, readonly string[]>>;
  /** The few labelled digits that come with the page; null until they are here. */
  readonly preview: LabelledDigits | null;
  /** Sizes typed in for a custom model's dynamic dimensions. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly stop: ChosenStop;
  /** Names of the user's files that are being taken in: what is chosen changes when they are. */
  readonly reading: readonly string[];
  /** The last thing that was refused (a dropped file), until it is dismissed. */
  readonly refusal: ErrorFacts | null;
}

export const bench = createStore<BenchState>(() => ({
  catalogue: { state: 'loading' },
  models: [],
  modelId: null,
  inputKinds: new Set(['digit', 'generic']),
  chosen: null,
  digit: { kind: 'sample', index: 0 },
  pictures: {},
  pictureSamples: {},
  classNames: {},
  file: { from: { kind: 'sample', index: 0 }, about: '', ends: null, short: null },
  fileSamples: [],
  fileTypes: null,
  multiplication: { text: '', problem: null, sample: null, refused: null },
  problems: [],
  sound: { from: { kind: 'clip', index: 0 }, sound: null },
  recording: null,
  racedSound: null,
  preview: null,
  dimensions: {},
  stop: { kind: 'enough', seconds: 30 },
  reading: [],
  refusal: null,
}));
