import { figure, percent } from '../../format.ts';
import { sqnr } from '../../race/fidelity.ts';
import { REPRODUCIBILITY, speedOf } from '../../stats/paired.ts';
import { isWide, speedWords, whyNoInterval } from '../../stats/speedWords.ts';
import type { Milliseconds } from '../../units.ts';
import type { Lap } from '../proof/laps.ts';
import type { Answers } from '../proof/proof.ts';
import type { Recipe, RecipeStep } from '../recipe.ts';
import type { AutoResult, Budget, Candidate, Form, FormFacts, NodeChoice } from './choice.ts';
import type { MeasurePlan } from './measured.ts';

const VERSION = 1;

export const TITLES = {
  original: 'fp32, unchanged',
  static: 'int8, static throughout',
  dynamic: 'int8, dynamic throughout',
  mixed: 'int8, mixed for this device',
} as const;

/** Recipes of whole models in one form. */
export const wholeRecipe = (form: 'static' | 'dynamic', before: readonly RecipeStep[]): Recipe => ({
  version: VERSION,
  title: TITLES[form],
  steps: [...before, { technique: `${form}-int8`, options: {} }],
});

/**
 * The recipe that gives each node its form; null where all stay float.
 * @param before steps that were applied before nodes were measured
 */
export function recipeFor(
  { nodes }: MeasurePlan,
  forms: readonly Form[],
  before: readonly RecipeStep[],
): Recipe | null {
  const named = (wanted: (form: Form) => boolean) =>
    nodes.filter((_, i) => wanted(forms[i] as Form)).map(({ node }) => node);
  const inStatic = new Set(named((form) => form === 'static'));
  const only = named((form) => form === 'dynamic');
  if (inStatic.size === 0 && only.length === 0) return null;
  const keep = nodes
    .filter((each) => each.static !== null && !inStatic.has(each.node))
    .map(({ node }) => node);
  return {
    version: VERSION,
    title: TITLES.mixed,
    steps: [
      ...before,
      ...(inStatic.size > 0 ? [{ technique: 'static-int8', options: { keep } }] : []),
      ...(only.length > 0 ? [{ technique: 'dynamic-int8', options: { only } }] : []),
    ],
  };
}

/** Nodes in each form, of those that could have another than float. */
export function countForms({ nodes }: MeasurePlan, forms: readonly Form[]): Record<Form, number> {
  const counts: Record<Form, number> = { float: 0, static: 0, dynamic: 0 };
  nodes.forEach((node, i) => {
    if (node.static || node.dynamic) counts[forms[i] as Form]++;
  });
  return counts;
}

/** A form for every node that can have it, else float. */
export const throughout = ({ nodes }: MeasurePlan, form: 'static' | 'dynamic'): Form[] =>
  nodes.map((node) => (node[form] ? form : 'float'));

/** Differences under this are the profiler's. */
const MIN_GAIN: Milliseconds = 0.005;

const ms = (value: Milliseconds): string => `${figure(value)} ms`;

/** Why nodes are not in the form that is fastest for them, as a clause. */
const GIVEN_UP = {
  accuracy: 'left float to preserve the answers',
  speed: 'no mix that includes it was significantly faster overall',
  other: 'the variant that raced fastest overall leaves it float',
} as const;

export type GivenUp = keyof typeof GIVEN_UP;

function why(
  { floatMs, ...node }: MeasurePlan['nodes'][number],
  form: Form,
  free: Form,
  givenUp: GivenUp,
): string {
  if (form !== 'float') {
    const saved = floatMs - (node[form] as FormFacts).ms;
    if (saved >= MIN_GAIN) return `${form} int8 saves ${ms(saved)} of ${ms(floatMs)}`;
    return form === 'static'
      ? 'its neighbours work on integers, and converting to float and back would take longer'
      : 'part of the variant that raced fastest overall';
  }
  const times = [node.static, node.dynamic].flatMap((facts) => (facts ? [facts.ms] : []));
  const fastest = Math.min(...times);
  const saved = floatMs - fastest;
  if (saved < MIN_GAIN) {
    return free === 'float'
      ? `int8 is no faster here: ${ms(fastest)} against ${ms(floatMs)}`
      : GIVEN_UP[givenUp];
  }
  return free === 'float'
    ? `int8 would save ${ms(saved)} here, but converting from float and back takes longer`
    : `int8 would save ${ms(saved)} here; ${GIVEN_UP[givenUp]}`;
}

/**
 * The choice node by node.
 * @param free what would be chosen for speed alone
 * @param givenUp why nodes are float that would not be then
 */
export function choicesOf(
  { nodes }: MeasurePlan,
  forms: readonly Form[],
  free: readonly Form[],
  givenUp: GivenUp,
): NodeChoice[] {
  return nodes.flatMap((node, i): NodeChoice[] => {
    if (!node.static && !node.dynamic) return [];
    const choice = forms[i] as Form;
    return [{ ...node, choice, why: why(node, choice, free[i] as Form, givenUp) }];
  });
}

/** Whether classes are what an answer is judged by: on noise they change for next to nothing. */
const byClasses = ({ classes, noise }: Answers) => (noise ? null : classes);

export const keepsBudget = (answers: Answers, budget: Budget): boolean => {
  if (answers.fidelity.notFinite > 0) return false;
  const classes = byClasses(answers);
  return classes ? classes.top1 >= budget.agreement : sqnr(answers.fidelity) >= budget.sqnr;
};

/** A candidate with what was measured of it. */
export function candidateOf(
  about: Pick<Candidate, 'title' | 'recipe' | 'nodes'>,
  { ms: time, speedup }: Lap,
  answers: Answers,
  budget: Budget,
): Candidate {
  return {
    ...about,
    ms: time,
    speedup,
    agreement: answers.classes?.top1 ?? null,
    sqnr: sqnr(answers.fidelity),
    keeps: keepsBudget(answers, budget),
  };
}

/** Contenders this near to the fastest are raced once more: which of them leads may be chance. */
const NEAR = 0.94;

/**
 * The original, and the candidates that may be the fastest of those that keep the budget.
 * @returns their places; of fewer than two there is nothing to decide
 */
export function contenders(candidates: readonly Candidate[]): number[] {
  const able = [...candidates.keys()].filter((i) => i > 0 && candidates[i]?.keeps);
  const ratio = (i: number) => candidates[i]?.speedup.ratio ?? 0;
  const best = Math.max(...able.map(ratio));
  return [0, ...able.filter((i) => ratio(i) >= best * NEAR)];
}

/**
 * The fastest candidate that keeps the budget and is faster than the original beyond doubt: the
 * whole interval of its ratio lies above 1.
 * @param candidates the original first
 * @returns its place; 0 where nothing beats the original
 */
export function winner(candidates: readonly Candidate[]): number {
  let best = 0;
  candidates.forEach(({ keeps, speedup }, i) => {
    if (i === 0 || !keeps || speedOf(speedup) !== 'faster') return;
    if (best === 0 || speedup.ratio > (candidates[best] as Candidate).speedup.ratio) best = i;
  });
  return best;
}

/**
 * Candidates that keep the budget and of which the race did not tell whether they are faster: too
 * few rounds for an interval, or a wide one on both sides of 1.
 * @param candidates the original first
 * @returns their places
 */
export const openOnes = (candidates: readonly Candidate[]): number[] =>
  [...candidates.keys()].filter((i) => {
    const { keeps, speedup } = candidates[i] as Candidate;
    if (i === 0 || !keeps) return false;
    const { interval } = speedup;
    if (!interval) return true;
    const mayGain = speedOf(speedup) === 'same' && interval.high > 1 + REPRODUCIBILITY;
    return mayGain && isWide(interval);
  });

/** The fastest of those that are open; null for none. */
function fastestOpen(candidates: readonly Candidate[]): Candidate | null {
  return openOnes(candidates)
    .map((i) => candidates[i] as Candidate)
    .reduce<Candidate | null>(
      (top, each) => (top === null || each.speedup.ratio > top.speedup.ratio ? each : top),
      null,
    );
}

function openSentence({ title, speedup }: Candidate): string {
  const { claim, times } = speedWords(speedup);
  return speedup.interval
    ? `Unclear: ${title} may be ${times} as fp32 on this device: measure longer before you choose.`
    : `Unclear: ${title} ${claim.join(' ')} fp32 on this device. ${whyNoInterval(speedup)}: measure longer before you choose.`;
}

/** What was found, in a sentence. */
export function sentenceOf({
  candidates,
  chosen,
  compared,
  noise,
}: Pick<AutoResult, 'candidates' | 'chosen' | 'compared' | 'noise'>): string {
  const found = candidates[chosen] as Candidate;
  const open = fastestOpen(candidates);
  const inputs = `${compared} ${noise ? 'noise inputs' : 'inputs'}`;
  if (chosen === 0) {
    const others = candidates.slice(1);
    if (others.length === 0) return 'Keep fp32: nothing in this model can be quantized.';
    if (!others.some(({ keeps }) => keeps))
      return 'Keep fp32: none of the int8 variants that were tried stays within the error that you allow.';
    if (open) return openSentence(open);
    return 'Keep fp32: no int8 variant that stays within the error that you allow is significantly faster on this device.';
  }
  const answers =
    found.agreement === null || noise
      ? `its outputs have an SQNR of ${figure(found.sqnr)} dB on ${inputs}`
      : `it predicts the same class for ${percent(found.agreement)} of ${inputs}`;
  const { times, interval } = speedWords(found.speedup);
  const still =
    open && open.speedup.ratio > found.speedup.ratio
      ? ` ${open.title} may be faster still: ${speedWords(open.speedup).times}${open.speedup.interval ? '' : ', without an interval'}.`
      : '';
  return `${found.title}: ${times} as fp32 on this device (${interval}), and ${answers}.${still}`;
}
