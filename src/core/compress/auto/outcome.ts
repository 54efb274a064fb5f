import { figure, percent } from '../../format.ts';
import { sqnr } from '../../race/fidelity.ts';
import type { Milliseconds } from '../../units.ts';
import type { Lap } from '../proof/laps.ts';
import type { Answers } from '../proof/proof.ts';
import type { Recipe, Step } from '../recipe.ts';
import type { AutoResult, Budget, Candidate, Form, FormFacts, NodeChoice } from './choice.ts';
import type { Plan } from './measured.ts';

const VERSION = 1;

export const TITLES = {
  original: 'fp32, as it is',
  static: 'int8, static throughout',
  dynamic: 'int8, dynamic throughout',
  mixed: 'int8, mixed for this device',
} as const;

/** Recipes of whole models in one form. */
export const wholeRecipe = (form: 'static' | 'dynamic', before: readonly Step[]): Recipe => ({
  version: VERSION,
  title: TITLES[form],
  steps: [...before, { technique: `${form}-int8`, options: {} }],
});

/**
 * The recipe that gives each node its form; null where all stay float.
 * @param before steps that were applied before nodes were measured
 */
export function recipeFor(
  { nodes }: Plan,
  forms: readonly Form[],
  before: readonly Step[],
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
export function countForms({ nodes }: Plan, forms: readonly Form[]): Record<Form, number> {
  const counts: Record<Form, number> = { float: 0, static: 0, dynamic: 0 };
  nodes.forEach((node, i) => {
    if (node.static || node.dynamic) counts[forms[i] as Form]++;
  });
  return counts;
}

/** A form for every node that can have it, else float. */
export const throughout = ({ nodes }: Plan, form: 'static' | 'dynamic'): Form[] =>
  nodes.map((node) => (node[form] ? form : 'float'));

/** Differences under this are the profiler's. */
const LEAST_GAIN: Milliseconds = 0.005;

const ms = (value: Milliseconds): string => `${figure(value)} ms`;

function why({ floatMs, ...node }: Plan['nodes'][number], form: Form, free: Form): string {
  if (form !== 'float') {
    const saved = floatMs - (node[form] as FormFacts).ms;
    if (saved >= LEAST_GAIN) return `${form} int8 saves ${ms(saved)} of ${ms(floatMs)}`;
    return 'its neighbours work on codes, and changing to float and back would take longer';
  }
  if (free !== 'float') return `its error costs more than ${free} int8 saves`;
  const times = [node.static, node.dynamic].flatMap((facts) => (facts ? [facts.ms] : []));
  const fastest = Math.min(...times);
  return fastest < floatMs - LEAST_GAIN
    ? `int8 would save ${ms(floatMs - fastest)} here, but changing from float and back takes longer`
    : `int8 is no faster here: ${ms(fastest)} against ${ms(floatMs)}`;
}

/**
 * The choice node by node.
 * @param free what would be chosen for speed alone
 */
export function choicesOf(
  { nodes }: Plan,
  forms: readonly Form[],
  free: readonly Form[],
): NodeChoice[] {
  return nodes.flatMap((node, i): NodeChoice[] => {
    if (!node.static && !node.dynamic) return [];
    const choice = forms[i] as Form;
    return [{ ...node, choice, why: why(node, choice, free[i] as Form) }];
  });
}

export const keepsBudget = ({ fidelity, classes }: Answers, budget: Budget): boolean => {
  if (fidelity.notFinite > 0) return false;
  return classes ? classes.top1 >= budget.agreement : sqnr(fidelity) >= budget.sqnr;
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

/**
 * The fastest candidate that keeps the budget and is faster than the original beyond doubt: the
 * whole interval of its ratio lies above 1.
 * @param candidates the original first
 * @returns its place; 0 where nothing beats the original
 */
export function winner(candidates: readonly Candidate[]): number {
  let best = 0;
  candidates.forEach(({ keeps, speedup: { ratio, interval } }, i) => {
    if (i === 0 || !keeps || !interval || interval.low <= 1) return;
    if (best === 0 || ratio > (candidates[best] as Candidate).speedup.ratio) best = i;
  });
  return best;
}

/** What was found, in a sentence. */
export function sentenceOf({
  candidates,
  chosen,
  compared,
  noise,
}: Pick<AutoResult, 'candidates' | 'chosen' | 'compared' | 'noise'>): string {
  const found = candidates[chosen] as Candidate;
  const inputs = `${compared} ${noise ? 'inputs of noise' : 'inputs'}`;
  if (chosen === 0) {
    const others = candidates.slice(1);
    if (others.length === 0) return 'Keep fp32: nothing in this model can be quantized.';
    if (!others.some(({ keeps }) => keeps))
      return 'Keep fp32: no int8 form that was tried stays within the error that you allow.';
    return 'Keep fp32: no int8 form that stays within the error that you allow is surely faster on this device.';
  }
  const answers =
    found.agreement === null
      ? `its answers lie ${figure(found.sqnr)} dB above their error`
      : `it names the same class for ${percent(found.agreement)} of ${inputs}`;
  return `${found.title}: ${figure(found.speedup.ratio)} times as fast as fp32 on this device, and ${answers}.`;
}
