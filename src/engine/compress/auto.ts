/** Auto: measures a model's forms on this device and chooses one for each node. */
import { exactBackendTitle, threadsOf } from '../../core/backends/backends.ts';
import {
  asDecibel,
  cheapest,
  cheapestWithin,
  totalNoise,
} from '../../core/compress/auto/assign.ts';
import type { AutoResult, Budget, Candidate, Form } from '../../core/compress/auto/choice.ts';
import type { MeasurePlan } from '../../core/compress/auto/measured.ts';
import {
  candidateOf,
  choicesOf,
  contenders,
  countForms,
  type GivenUp,
  keepsBudget,
  recipeFor,
  sentenceOf,
  TITLES,
  throughout,
  wholeRecipe,
  winner,
} from '../../core/compress/auto/outcome.ts';
import type { Lap } from '../../core/compress/proof/laps.ts';
import type { Answers } from '../../core/compress/proof/proof.ts';
import type { Recipe, RecipeStep } from '../../core/compress/recipe.ts';
import type { Profile } from '../../core/inspect/profile/profile.ts';
import { someFeeds } from '../../core/race/feeds.ts';
import type {
  CalibrationInputs,
  CompressedFile,
  MeasuredFile,
  ModelFiles,
  Progress,
} from '../protocol.ts';
import { compressModel, namedModel, planAuto } from './compress.ts';
import { profilesInTurns } from './profilesInTurns.ts';
import {
  type Bench,
  type ProofInputs,
  profileOf,
  proveAnswers,
  proveLayers,
  RACE_SECONDS,
  raceModels,
  type Watch,
} from './prove.ts';

export interface AutoRequest {
  readonly files: ModelFiles;
  readonly calibration: CalibrationInputs;
  /** Inputs by whose answers the choice is made; the proof needs others. */
  readonly choice: ProofInputs;
  readonly budget: Budget;
  /** Where it is to be fast: WASM. */
  readonly bench: Bench;
}

export interface AutoMade {
  readonly result: AutoResult;
  /** The chosen model and its recipe; null where nothing beats the original. */
  readonly made: { readonly file: CompressedFile; readonly recipe: Recipe } | null;
  /** The candidates' models, in their order. */
  readonly models: readonly Blob[];
  /**
   * Races those that keep the budget anew, several times as long, and chooses again.
   * @throws Fault as `raceModels`; the signal's reason, at once
   */
  readonly raceLonger: (watch: Watch, progress: Progress, signal: AbortSignal) => Promise<AutoMade>;
}

/** Taken before nodes are measured, so that forms are compared on the graph that will run. */
const BEFORE: readonly RecipeStep[] = [{ technique: 'prepare', options: {} }];

/** Bounds on the noise that are tried where the fastest choice is too coarse: each 6 dB under the last. */
const TRIES = 4;
const STRICTER = 4;

/** How many times as long the next race is, where one left something open. */
const LONGER = 4;

/** One model that may win. */
interface Entry {
  readonly title: string;
  readonly recipe: Recipe | null;
  readonly files: ModelFiles;
  readonly forms: readonly Form[];
  readonly answers: Answers;
  /** What its recipe made; null where the model was made from the tidied one, and is equal but for names. */
  readonly compressed: CompressedFile | null;
}

/** What was made of the whole model in one form. */
interface Whole {
  readonly recipe: Recipe;
  readonly files: ModelFiles;
  readonly compressed: CompressedFile;
}

/**
 * Finds the fastest mix of float, static and dynamic int8 within an accuracy budget, by measuring
 * on this device; the race of whole models has the last word.
 * @throws Fault as the runtime and `compressModel`; the signal's reason, at once
 */
export function autoCompress(
  request: AutoRequest,
  watch: Watch,
  progress: Progress,
  signal: AbortSignal,
): Promise<AutoMade> {
  return new Auto(request, watch, progress, signal).run();
}

class Auto {
  private readonly request: AutoRequest;
  private readonly watch: Watch;
  private readonly progress: Progress;
  private readonly signal: AbortSignal;
  private readonly entries: Entry[];
  /** Of racing, for each model. */
  private readonly seconds: number;

  constructor(
    request: AutoRequest,
    watch: Watch,
    progress: Progress,
    signal: AbortSignal,
    entries: readonly Entry[] = [],
    seconds = RACE_SECONDS,
  ) {
    this.entries = [...entries];
    this.seconds = seconds;
    this.request = request;
    this.watch = watch;
    this.progress = progress;
    this.signal = signal;
  }

  async run(): Promise<AutoMade> {
    const { files } = this.request;
    const { base, before } = await this.prepared();
    const whole = {
      static: await this.whole(base, 'static'),
      dynamic: await this.whole(base, 'dynamic'),
    };
    const plan = await this.measure(base, whole);
    const allFloat = plan.nodes.map((): Form => 'float');
    await this.enter(TITLES.original, null, files, allFloat);
    for (const form of ['static', 'dynamic'] as const) {
      const made = whole[form];
      if (!made) continue;
      const recipe = wholeRecipe(form, before);
      await this.enter(TITLES[form], recipe, made.files, throughout(plan, form));
    }
    const free = cheapest(plan, 0);
    await this.mix(plan, free, before);
    return this.choose(plan, free, await this.race(plan));
  }

  /** The model as its nodes are measured: tidied, each node with a name. */
  private async prepared(): Promise<{ base: ModelFiles; before: readonly RecipeStep[] }> {
    const { files } = this.request;
    const { file } = files;
    const tidied = await this.tryRecipe(files, { version: 1, title: 'fp32', steps: BEFORE });
    const model = tidied ? tidied.proof.named : await namedModel(files, this.signal);
    return { base: { file, model, external: [] }, before: tidied ? BEFORE : [] };
  }

  private compress(files: ModelFiles, recipe: Recipe): Promise<CompressedFile> {
    const { calibration, bench } = this.request;
    const threads = threadsOf(bench.backend);
    const { runtime } = bench;
    const request = { files, recipe, inputs: calibration, runtime, threads };
    return compressModel(request, this.progress, this.signal);
  }

  /** Null where the recipe does not fit the model. */
  private async tryRecipe(files: ModelFiles, recipe: Recipe): Promise<CompressedFile | null> {
    try {
      return await this.compress(files, recipe);
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'CompressError') return null;
      throw thrown;
    }
  }

  private async whole(base: ModelFiles, form: 'static' | 'dynamic'): Promise<Whole | null> {
    const recipe = wholeRecipe(form, []);
    const compressed = await this.tryRecipe(base, recipe);
    if (!compressed) return null;
    const files = { file: recipe.title, model: compressed.file, external: [] };
    return { recipe, files, compressed };
  }

  private async measure(
    base: ModelFiles,
    whole: Readonly<Record<'static' | 'dynamic', Whole | null>>,
  ): Promise<MeasurePlan> {
    const { feeds } = this.request.choice;
    const forms = [whole.static, whole.dynamic];
    const profiles = await this.profiles([base.model, ...forms.map(namedOf)]);
    const measured = async (form: Whole | null, found: readonly Profile[] = []) =>
      form && this.formOf(form, found);
    const request = {
      base: base.model,
      profiles: profiles[0] ?? [],
      static: await measured(whole.static, profiles[1]),
      dynamic: await measured(whole.dynamic, profiles[2]),
      feeds: someFeeds(feeds, 0, 1),
    };
    return planAuto(request, this.signal);
  }

  private async formOf(form: Whole, profiles: readonly Profile[]): Promise<MeasuredFile> {
    const { choice, bench } = this.request;
    const { files, compressed } = form;
    const { named, layers } = compressed.proof;
    return {
      named,
      profiles,
      decisions: compressed.reports.flatMap(({ decisions }) => decisions),
      layers: await proveLayers(files.file, layers, choice, bench, this.progress, this.signal),
    };
  }

  private profiles(models: readonly [Blob, ...(Blob | null)[]]): Promise<Profile[][]> {
    const { choice, bench, files } = this.request;
    return profilesInTurns(models, this.progress, (named, runs) =>
      profileOf(files.file, named, choice.feeds, bench, runs, this.signal),
    );
  }

  private async enter(
    title: string,
    recipe: Recipe | null,
    files: ModelFiles,
    forms: readonly Form[],
    compressed: CompressedFile | null = null,
  ): Promise<Answers> {
    const { files: original, choice, bench } = this.request;
    const { progress, signal } = this;
    const answers = await proveAnswers(original, files, choice, bench, progress, signal);
    this.entries.push({ title, recipe, files, forms, answers, compressed });
    return answers;
  }

  /** Makes mixed models, the fastest first, until one keeps the budget. */
  private async mix(
    plan: MeasurePlan,
    free: readonly Form[],
    before: readonly RecipeStep[],
  ): Promise<void> {
    const { files, budget } = this.request;
    let forms = free;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) forms = cheapestWithin(plan, totalNoise(plan, free) / STRICTER ** attempt);
      const recipe = recipeFor(plan, forms, before);
      if (!recipe) break;
      if (this.entries.some((entry) => entry.forms.join() === forms.join())) continue;
      const compressed = await this.tryRecipe(files, recipe);
      if (!compressed) break;
      const made = { file: recipe.title, model: compressed.file, external: [] };
      const answers = await this.enter(
        this.mixTitle(attempt, plan, forms),
        recipe,
        made,
        forms,
        compressed,
      );
      if (keepsBudget(answers, budget)) return;
    }
  }

  private mixTitle(attempt: number, plan: MeasurePlan, forms: readonly Form[]): string {
    if (attempt === 0) return TITLES.mixed;
    return `${TITLES.mixed}, nodes at ${Math.round(asDecibel(totalNoise(plan, forms)))} dB`;
  }

  private laps(entries: readonly Entry[]): Promise<Lap[]> {
    const { choice, bench } = this.request;
    const models = entries.map(({ files }) => files);
    const { watch, progress, signal, seconds } = this;
    return raceModels(models, choice.feeds, bench, watch, progress, signal, seconds);
  }

  private candidate(
    plan: MeasurePlan,
    { title, recipe, forms, answers }: Entry,
    lap: Lap,
  ): Candidate {
    const about = { title, recipe, nodes: countForms(plan, forms) };
    return candidateOf(about, lap, answers, this.request.budget);
  }

  /** Races all, and those once more that came in close together. */
  private async race(plan: MeasurePlan): Promise<Candidate[]> {
    const first = await this.laps(this.entries);
    const found = this.entries.map((entry, i) => this.candidate(plan, entry, first[i] as Lap));
    const close = contenders(found);
    return close.length < 3 ? found : this.runAgain(plan, found, close);
  }

  private async runAgain(
    plan: MeasurePlan,
    found: readonly Candidate[],
    some: readonly number[],
  ): Promise<Candidate[]> {
    const again = await this.laps(some.map((i) => this.entries[i] as Entry));
    return found.map((each, i) => {
      const lap = again[some.indexOf(i)];
      // The original keeps the time of the first race, in which all took part.
      return lap && i > 0 ? this.candidate(plan, this.entries[i] as Entry, lap) : each;
    });
  }

  /** Races those that may win once more, and chooses. */
  async reconsider(
    plan: MeasurePlan,
    free: readonly Form[],
    found: readonly Candidate[],
  ): Promise<AutoMade> {
    const able = [...found.keys()].filter((i) => i === 0 || found[i]?.keeps);
    return this.choose(plan, free, await this.runAgain(plan, found, able));
  }

  private async choose(
    plan: MeasurePlan,
    free: readonly Form[],
    candidates: readonly Candidate[],
  ): Promise<AutoMade> {
    const { files, choice, budget, bench } = this.request;
    const chosen = winner(candidates);
    const { recipe } = candidates[chosen] as Candidate;
    const { forms, answers, compressed } = this.entries[chosen] as Entry;
    const { noise } = answers;
    const facts = { candidates, chosen, compared: choice.feeds.count, noise };
    const others = candidates.slice(1);
    return {
      result: {
        backend: exactBackendTitle(bench.backend),
        budget,
        ...facts,
        choices: choicesOf(plan, forms, free, this.givenUp(chosen, others)),
        sentence: sentenceOf(facts),
      },
      made: recipe && { recipe, file: compressed ?? (await this.compress(files, recipe)) },
      models: this.entries.map((entry) => entry.files.model),
      raceLonger: (watch, progress, signal) => {
        const { request, entries, seconds } = this;
        const next = new Auto(request, watch, progress, signal, entries, LONGER * seconds);
        return next.reconsider(plan, free, candidates);
      },
    };
  }

  /** Why nodes are float that would be faster otherwise. */
  private givenUp(chosen: number, others: readonly Candidate[]): GivenUp {
    if (chosen === 0) return others.some(({ keeps }) => keeps) ? 'speed' : 'accuracy';
    const { title } = this.entries[chosen] as Entry;
    return title === TITLES.static || title === TITLES.dynamic ? 'other' : 'accuracy';
  }
}

const namedOf = (form: Whole | null): Blob | null => form?.compressed.proof.named ?? null;
