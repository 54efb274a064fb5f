import { backendTitle } from '../backends/backends.ts';
import { contenders, isAble, type LaneFigures, type SteadyFigures } from '../figures/figures.ts';
import { between, bytes, count, duration, figure, list, percent, roughly } from '../format.ts';
import type { Headline, HeadlinePart } from '../modes/headline.ts';
import { type PairedRatio, REPRODUCIBILITY, speedOf } from '../stats/paired.ts';
import {
  isWide,
  provisionalWords,
  type SpeedWords,
  speedWords,
  whyNoInterval,
} from '../stats/speedWords.ts';
import { STEADY_TURNS } from '../stats/steady.ts';

const name = ({ lane: { variant, backend } }: LaneFigures) =>
  `${variant.title} on ${backendTitle(backend)}`;

/** "is 3.6 times smaller" */
function sizeClause(lane: LaneFigures, reference: LaneFigures): string | null {
  const ratio = reference.lane.variant.bytes / lane.lane.variant.bytes;
  if (ratio >= 1.05) return `is ${figure(ratio)} times smaller`;
  if (ratio <= 0.95) return `is ${figure(1 / ratio)} times larger`;
  return null;
}

function agreementClause(lane: LaneFigures, inputs: string): string | null {
  if (lane.shared !== null) return lane.shared;
  if (lane.agreement === null) return null;
  if (lane.compared === 1) return `gives ${lane.agreement === 1 ? 'the same' : 'another'} answer`;
  return `agrees with it on ${percent(lane.agreement)} of ${count(lane.compared)} ${inputs}`;
}

function comparison(
  best: LaneFigures,
  reference: LaneFigures,
  inputs: string,
  [says, to]: SpeedWords['claim'],
): HeadlinePart[] {
  const clauses = [sizeClause(best, reference), agreementClause(best, inputs)].filter(
    (clause) => clause !== null,
  );
  const rest = list([` ${to} ${name(reference)}`, ...clauses]);
  return [
    { text: 'On this device ' },
    { text: `${name(best)} ${says}`, lane: best.lane },
    { text: `${rest}.` },
  ];
}

const claimOf = ({ speedup }: LaneFigures) => speedWords(speedup as PairedRatio).claim;

function intervalSentence({ speedup }: LaneFigures): string {
  if (!speedup) return '';
  const { interval, pairs } = speedup;
  if (!interval) return `${whyNoInterval(speedup)}.`;
  const rounds = `${count(pairs)} interleaved ${pairs === 1 ? 'round' : 'rounds'}`;
  const found = `${speedWords(speedup).interval}, from ${rounds}.`;
  const nearOne = speedOf(speedup) === 'same' && (interval.low > 1 || interval.high < 1);
  return nearOne
    ? `${found} Two sessions of one model differ by up to ${percent(REPRODUCIBILITY)} too, so this is no difference.`
    : found;
}

/** What can be said of a race that is too short for more; null before three turns look steady. */
function provisional(
  figures: readonly LaneFigures[],
  inputs: string,
  behind: readonly string[],
): Headline | null {
  const ratioOf = ({ early }: LaneFigures) => early?.speedup?.ratio ?? 0;
  const [best] = figures
    .filter(isAble)
    .filter(({ early }) => early !== null && early.median !== null)
    .toSorted((a, b) => ratioOf(b) - ratioOf(a));
  const early = best?.early;
  if (!best || !early || early.median === null) return null;
  const reference = figures.find(({ lane }) => lane.reference);
  const why = `${count(early.turns)} are too few to tell warm-up from steady state: race longer, until there are ${STEADY_TURNS}.`;
  if (reference && early.speedup) {
    const { ratio, range, rounds } = early.speedup;
    const { claim, range: told } = provisionalWords(ratio, range);
    return {
      sentence: [...comparison(best, reference, inputs, claim), ...wrongSegments(figures)],
      evidence: [
        `Provisional: ${told} in ${count(rounds)} rounds that look steady. ${why}`,
        ...behind,
      ].join(' '),
    };
  }
  const { range, turns, from, median } = early;
  return {
    sentence: [
      { text: 'On this device ' },
      { text: name(best), lane: best.lane },
      {
        text: ` provisionally takes ${isWide(range) ? between(range) : `about ${roughly(median)} ms`} per inference; the model is ${bytes(best.lane.variant.bytes)}.`,
      },
      ...wrongSegments(figures),
    ],
    evidence: [
      `Provisional: ${between(range)} in ${count(turns - from)} turns that look steady. ${why}`,
      ...behind,
    ].join(' '),
  };
}

/** Of a lane that is held against no other. */
function medianSentence({ samples, intervals }: SteadyFigures): string {
  const median = intervals?.median;
  const interval = median
    ? `, 95% interval ${figure(median.low)} to ${figure(median.high)} ms`
    : '';
  return `Median of ${count(samples)} steady samples${interval}.`;
}

/** Lanes that are wrong or gone: said at once, because silence would flatter them. */
function exceptions(figures: readonly LaneFigures[]): string[] {
  return figures.flatMap((lane) => {
    if (lane.state.name === 'died') return [`${name(lane)} dropped out.`];
    if (lane.correctness.state === 'wrong') {
      return [`${name(lane)} is wrong and cannot win: ${lane.correctness.reason}.`];
    }
    return [];
  });
}

const isWrong = ({ correctness, state }: LaneFigures) =>
  correctness.state === 'wrong' && state.name !== 'died';

/** The wrong lanes by name, in the sentence itself; why, stands behind it. */
function wrongSegments(figures: readonly LaneFigures[]): HeadlinePart[] {
  const names = figures.filter(isWrong).map(name);
  if (names.length === 0) return [];
  return [{ text: ` ${list(names)} ${names.length === 1 ? 'is' : 'are'} wrong.` }];
}

/** Said once: of a model whose answers cannot be compared, only its times are known. */
function randomSentences([first]: readonly LaneFigures[]): string[] {
  return first?.correctness.state === 'random'
    ? [`Answers cannot be compared: ${first.correctness.reason}.`]
    : [];
}

/** What random numbers leave open, where lanes were compared on them. */
const noiseSentences = (figures: readonly LaneFigures[], noise: boolean): string[] =>
  noise && figures.some(({ compared }) => compared > 0)
    ? ['Inputs were random numbers, which cannot show how right the answers to real ones are.']
    : [];

/** Slower lanes, a sentence each, so that the winner is not the whole story. */
function othersSentences(figures: readonly LaneFigures[], best: LaneFigures): string[] {
  return contenders(figures).flatMap((lane) => {
    if (lane === best || !lane.speedup) return [];
    const { speed, claim, interval } = speedWords(lane.speedup);
    const slower = speed === 'slower' || (speed === 'unclear' && lane.speedup.ratio < 0.97);
    return slower ? [`${name(lane)} ${claim[0]}${interval ? ` (${interval})` : ''}.`] : [];
  });
}

/**
 * The sentence that says what a race found.
 * @param inputs what the model's inputs are called: "digits", "inputs"
 * @param noise random numbers stood in for inputs
 * @returns null until a lane is steady, or three of its turns look so
 */
export function headlineOf(
  figures: readonly LaneFigures[],
  inputs: string,
  noise: boolean,
): Headline | null {
  const reference = figures.find(({ lane }) => lane.reference);
  const ranked = contenders(figures);
  const said = exceptions(figures);
  const behind = [...said, ...randomSentences(figures), ...noiseSentences(figures, noise)];
  const best = ranked
    .filter(({ speedup }) => speedup !== null)
    .reduce<LaneFigures | null>(
      (top, lane) =>
        top === null || (lane.speedup?.ratio ?? 0) > (top.speedup?.ratio ?? 0) ? lane : top,
      null,
    );
  if (reference && best) {
    return {
      sentence: [...comparison(best, reference, inputs, claimOf(best)), ...wrongSegments(figures)],
      evidence: [intervalSentence(best), ...othersSentences(figures, best), ...behind].join(' '),
    };
  }
  const [alone] = ranked;
  if (alone?.steady) {
    return {
      sentence: [
        { text: 'On this device ' },
        { text: name(alone), lane: alone.lane },
        {
          text: ` takes ${duration(alone.steady.median)} per inference; the model is ${bytes(alone.lane.variant.bytes)}.`,
        },
        ...wrongSegments(figures),
      ],
      evidence: [medianSentence(alone.steady), ...behind].join(' '),
    };
  }
  const short = provisional(figures, inputs, behind);
  if (short) return short;
  return said.length > 0 ? { sentence: [{ text: said.join(' ') }], evidence: '' } : null;
}
