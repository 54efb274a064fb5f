/** Types of what crosses between the page and a lane's worker. Types only. */
import type { Backend } from '../core/backends/backend.ts';
import type { MeasuredForm, MeasurePlan } from '../core/compress/auto/measured.ts';
import type { StepReport } from '../core/compress/compress.ts';
import type { FileSize } from '../core/compress/proof/proof.ts';
import type { ShadowProbe } from '../core/compress/proof/shadow.ts';
import type { Recipe } from '../core/compress/recipe.ts';
import type { Inspection } from '../core/inspect/inspection.ts';
import type { Profile } from '../core/inspect/profile/profile.ts';
import type { ValueType } from '../core/inspect/shapes/types.ts';
import type { ModelSummary } from '../core/models/summary.ts';
import type { Picture, Size as PictureSize } from '../core/pictures/picture.ts';
import type { ErrorFacts } from '../core/race/events.ts';
import type { RandomRequest } from '../core/race/inputs.ts';
import type { LaneOpened, ProviderShare, Slot, Turn, TurnRequest } from '../core/session/runner.ts';
import type { ServedTimes, ServeRequest } from '../core/session/serve.ts';
import type { FeedSet, OutputTensor } from '../core/tensors/tensors.ts';
import type { Milliseconds } from '../core/units.ts';

/** The runtime's builds that this project ships; each has its own WebAssembly file. */
export type RuntimeBuild = 'wasm' | 'jspi' | 'asyncify';

/** A file that holds weights of a model, by the name that the model calls it. */
export interface ExternalData {
  readonly name: string;
  readonly data: Blob;
}

export interface OpenRequest {
  readonly build: RuntimeBuild;
  /** The build's WebAssembly file. Copied by reference: a Blob's bytes stay where they are. */
  readonly runtime: Blob;
  readonly model: Blob;
  readonly external?: readonly ExternalData[];
  /** The model's file name, for messages. */
  readonly file: string;
  readonly backend: Backend;
}

/** How often to run a model for its profile. */
export interface ProfileRuns {
  /** Before the measured ones: the first runs compile and tune. */
  readonly warm: number;
  readonly measured: number;
}

/** What a profiled session printed, and what its printing cost. */
export interface ProfiledLane {
  /** For `readProfile`, with the warm runs. */
  readonly text: string;
  readonly runs: ProfileRuns;
  /** Wall times of the measured runs, outputs fetched. */
  readonly profiledMs: readonly Milliseconds[];
  /** The same of a session without profiler, run before: as many. */
  readonly plainMs: readonly Milliseconds[];
}

/**
 * How far a lane's worker has come, in this order: its own script runs, the runtime's is there, it
 * has begun its threads and compiles its WebAssembly, that is compiled, each thread answers, all of
 * it runs.
 */
export type LaneStep = 'script' | 'runtime' | 'compiling' | 'compiled' | 'thread' | 'started';

/** Sent beside the answers to calls. */
export interface StepMessage {
  readonly step: LaneStep;
}

/** What a lane's worker offers. Calls are queued inside the worker, one at a time. */
export interface LaneApi {
  /**
   * Takes a Web Lock of this name and holds it until the worker is gone, however it goes, so
   * that the page learns of its end. False where the browser grants no locks.
   */
  holdLock(name: string): Promise<boolean>;
  /**
   * Asks the runtime which provider gets which nodes. It tells only in its verbose log, and goes
   * on logging in every run of that session, which takes time on WebGPU: so this is asked of a
   * worker that is thrown away, never of one that races.
   */
  place(request: OpenRequest): Promise<readonly ProviderShare[]>;
  open(request: OpenRequest): Promise<Omit<LaneOpened, 'placement' | 'fetched'>>;
  /** Feeds are copied into the worker. */
  load(slot: Slot, feeds: FeedSet): Promise<void>;
  /**
   * Runs the first of the feeds with the profiler on, and as often without. For a worker that is
   * thrown away: the profiler's sessions stay.
   */
  profile(request: OpenRequest, feeds: FeedSet, runs: ProfileRuns): Promise<ProfiledLane>;
  /** The timings' and outputs' buffers are transferred out of the worker. */
  turn(request: TurnRequest): Promise<Turn>;
  /**
   * Serves the race slot's first feed to requests as they come; no message passes meanwhile. The
   * times' buffers are transferred out of the worker.
   */
  serve(request: ServeRequest): Promise<ServedTimes>;
}

/** What the worker that makes up feeds offers. */
export interface NoiseApi {
  /** The feeds' buffers are transferred out of the worker. */
  make(request: RandomRequest): FeedSet;
}

/** A model and the files that hold weights beside it. */
export interface ModelFiles {
  /** The model's file name, for messages. */
  readonly file: string;
  readonly model: Blob;
  readonly external: readonly ExternalData[];
}

/** An inspection and how long its parts took. */
export interface Inspected {
  readonly inspection: Inspection;
  /** Reading the file into memory and parsing it; 0 where it was read before. */
  readonly readMs: Milliseconds;
  /** Inferring all types and counting all costs. */
  readonly countMs: Milliseconds;
  /** Weights that lie elsewhere and were not given; all else can be told without them. */
  readonly lacks: ErrorFacts | null;
}

/** What the worker that reads models offers; one worker for each model that is open. */
export interface InspectApi {
  /**
   * What a file says of itself, read without its large weights.
   * @throws Fault as `readSkeleton` and `checkExternal`, ModelVersionError
   */
  summarise(files: ModelFiles): Promise<ModelSummary>;
  open(files: ModelFiles, sizes: Readonly<Record<string, number>>): Promise<Inspected>;
  /** The opened model with other sizes for its dynamic dimensions. */
  resize(sizes: Readonly<Record<string, number>>): Promise<Inspected>;
  /** The opened model as a file in which every node has a name, to be found by in a profile. */
  named(): Promise<Blob>;
  /** The opened model as a file that gives out these tensors of its main graph too. */
  withOutputs(names: readonly string[]): Promise<Blob>;
  /** The opened model again, with what a run at these sizes gave out. */
  learn(
    sizes: Readonly<Record<string, number>>,
    observed: ReadonlyMap<string, ValueType>,
  ): Promise<Inspected>;
}

/** What a model is calibrated on. */
export interface CalibrationInputs {
  readonly feeds: FeedSet;
  /** Seeded noise stands in for inputs that nobody gave. */
  readonly noise: boolean;
  /** "48 digits" */
  readonly title: string;
}

export interface CompressRequest {
  readonly files: ModelFiles;
  readonly recipe: Recipe;
  /** Null for recipes that look at no activations. */
  readonly inputs: CalibrationInputs | null;
  /** For recipes that do: the build for WASM. */
  readonly runtime: { readonly build: RuntimeBuild; readonly runtime: Blob };
  readonly threads: number;
}

/** A model beside a variant of it in one file, and where its runs tell of each tensor. */
export interface LayersFile {
  readonly model: Blob;
  readonly probes: readonly ShadowProbe[];
}

/** What a proof of a variant runs besides the variant itself. */
export interface ProofFiles {
  /** The variant with a name for every node, to be found by in a profile. */
  readonly named: Blob;
  /** Or why the two do not fit into one model. */
  readonly layers: LayersFile | ErrorFacts;
}

/** A variant, made; read from the model's file once, and never parsed itself. */
export interface CompressedFile {
  readonly file: Blob;
  readonly summary: ModelSummary;
  readonly size: FileSize;
  readonly reports: readonly StepReport[];
  readonly proof: ProofFiles;
  /** From the model's file in hand to the variant's, the runtime's start included. */
  readonly ms: Milliseconds;
}

/** "Calibrating", 30 of 48; of 0 where it cannot be counted. */
export type Progress = (doing: string, done: number, of: number) => void;

/** What the worker that compresses offers; one worker for each compression. */
export interface CompressApi {
  /** As in `LaneApi`. */
  holdLock(name: string): Promise<boolean>;
  compress(request: CompressRequest, progress: Progress): Promise<CompressedFile>;
  /** The model with a name for every node, its weights inside. */
  named(files: ModelFiles): Promise<Blob>;
  /** The same of a variant as `compress` gives it, from both files. */
  proofFiles(original: ModelFiles, variant: ModelFiles): Promise<ProofFiles>;
  /** What Auto chooses from, of files whose nodes all have names. */
  plan(request: PlanRequest): Promise<MeasurePlan>;
}

/** A whole model in one integer form, as it was measured. */
export interface MeasuredFile extends Omit<MeasuredForm, 'model'> {
  readonly named: Blob;
}

export interface PlanRequest {
  /** The float model as its nodes were measured. */
  readonly base: Blob;
  readonly profiles: readonly Profile[];
  readonly static: MeasuredFile | null;
  readonly dynamic: MeasuredFile | null;
  /** One of those that ran, for the sizes of dynamic dimensions. */
  readonly feeds: FeedSet;
}

/** A camera's frame as a model takes it. */
export interface FrameFeeds {
  /** null where there is nothing in it to ask about. */
  readonly feeds: FeedSet | null;
}

/** How long preparing a frame took. */
export interface FrameTime {
  readonly ms: Milliseconds;
}

/** What the worker offers that prepares a camera's frames and reads answers to them. */
export interface FramesApi<Task, Prepared extends FrameFeeds, Answer> {
  /** To be called first. `labels` are the classes' names, where the task has classes. */
  begin(task: Task, labels: readonly string[]): void;
  /** The feeds' buffers are transferred out of the worker. */
  prepare(picture: Picture): Prepared & FrameTime;
  read(outputs: readonly OutputTensor[], size: PictureSize): Answer;
}
