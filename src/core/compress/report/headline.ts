import { count, figure, isFew, shareOf } from '../../format.ts';
import type { Precision } from '../../models/model.ts';
import { type Correctness, judge, sqnr } from '../../race/fidelity.ts';
import { speedWords } from '../../speedWords.ts';
import { speedOf } from '../../stats/paired.ts';
import type { Answers, Size, Timing } from '../proof/proof.ts';

/** What is known so far of a variant and of the file that it was made from. */
export interface Standing {
  readonly title: string;
  readonly precision: Precision;
  /** Some of its weights were set to zero, so that its answers may differ more than its precision says. */
  readonly pruned: boolean;
  readonly size: Size;
  readonly original: Size | null;
  readonly answers: Answers | null;
  readonly timing: Timing | null;
}

/** A piece of a sentence; the emphasised one carries the precision's colour. */
export interface Piece {
  readonly text: string;
  readonly precision?: Precision;
}

export interface CompressHeadline {
  readonly sentence: readonly Piece[];
  /** Interval, inputs and what else a doubter asks first. */
  readonly evidence: string;
}

/** Is a variant right enough to be recommended? */
export function correctnessOf({
  answers,
  precision,
  pruned,
}: Pick<Standing, 'answers' | 'precision' | 'pruned'>): Correctness {
  if (!answers) return { state: 'unchecked' };
  const { fidelity, classes } = answers;
  const sameTop = Math.round((classes?.top1 ?? 0) * fidelity.compared);
  return judge({ ...fidelity, sameTop }, precision, classes !== null, { pruned });
}

/** Below this the ratio of two sizes is no difference worth a word. */
const WORTH_SAYING = 1.05;

function sizeClause({ size, original }: Standing): string | null {
  if (!original) return null;
  const disk = original.bytes / size.bytes;
  const download = original.gzip / size.gzip;
  if (disk >= WORTH_SAYING) return `${figure(disk)} times smaller`;
  if (disk <= 1 / WORTH_SAYING) return `${figure(1 / disk)} times larger`;
  if (download >= WORTH_SAYING)
    return `as large on disk, ${figure(download)} times smaller to download`;
  return 'no smaller';
}

function speedClause(timing: Timing): { readonly text: string; readonly joins: string } {
  const { speed, claim, times } = speedWords(timing.speedup);
  switch (speed) {
    case 'faster':
      return { text: `${times} here`, joins: ' and ' };
    case 'slower':
    case 'same':
      return { text: `${claim[0]} here`, joins: ' but ' };
    case 'unclear':
      return { text: 'ran too few rounds here to tell its speed', joins: ' but ' };
  }
}

function answersClause({ answers }: Standing): string | null {
  if (!answers) return null;
  const { classes, fidelity } = answers;
  const inputs = count(fidelity.compared);
  const noun = answers.noise ? 'noise inputs' : 'inputs';
  if (classes) {
    const { compared } = fidelity;
    const share = shareOf(Math.round(classes.top1 * compared), compared);
    return `with the same answer on ${share}${isFew(compared) ? '' : ` of ${inputs}`} ${noun}`;
  }
  const ratio = sqnr(fidelity);
  return Number.isFinite(ratio)
    ? `with outputs ${figure(ratio)} dB above their error on ${inputs} ${noun}`
    : `with exactly the same outputs on ${inputs} ${noun}`;
}

function sentenceOf(standing: Standing): Piece[] {
  const { title, precision, timing } = standing;
  const speed = timing && speedClause(timing);
  const size = sizeClause(standing);
  const told = [size, speed && (size === null ? speed.text : `${speed.joins}${speed.text}`)].filter(
    Boolean,
  );
  const answers = answersClause(standing);
  const rest = answers ? `${told.length > 0 ? ', ' : ' '}${answers}` : '';
  // "takes" and "shows" stand where "is" would.
  const verb = size !== null || (timing && speedOf(timing.speedup) === 'faster') ? ' is ' : ' ';
  return [
    { text: `${title}${verb}` },
    { text: told.join(''), precision },
    { text: `${rest}. ` },
  ].filter(({ text }) => text !== '');
}

function evidenceOf(standing: Standing): string[] {
  const { title, answers, timing, pruned } = standing;
  const said: string[] = [];
  const correctness = correctnessOf(standing);
  if (correctness.state === 'wrong') said.push(`${title} is wrong: ${correctness.reason}.`);
  if (timing) {
    const { backend, speedup, ran } = timing;
    const { interval } = speedWords(speedup);
    const rounds = `${count(speedup.pairs)} interleaved ${speedup.pairs === 1 ? 'round' : 'rounds'} on ${backend}`;
    said.push(interval ? `${interval}, from ${rounds}.` : `${rounds}: too few for an interval.`);
    if (ran && ran.int8 > 0) {
      said.push(
        `${count(ran.int8)} of ${count(ran.int8 + ran.float)} convolutions and matrix products ran in integers.`,
      );
    }
    if (pruned && speedOf(timing.speedup) !== 'faster') {
      said.push('Zeros make the download smaller; the runtime multiplies by them all the same.');
    }
  }
  if (answers?.noise) {
    said.push('The inputs were noise: agreement on noise says little about real inputs.');
  }
  return said;
}

/** Faster than the original for certain, and right. */
const isGain = (standing: Standing) =>
  standing.timing !== null &&
  speedOf(standing.timing.speedup) === 'faster' &&
  correctnessOf(standing).state === 'right';

/**
 * The sentence that says what was bought: of the newest variant, and of the fastest right one if
 * that is another.
 * @param standings oldest first
 * @returns null when there is none
 */
export function compressHeadline(standings: readonly Standing[]): CompressHeadline | null {
  const newest = standings.at(-1);
  if (!newest) return null;
  const speed = ({ timing }: Standing) => timing?.speedup.ratio ?? 0;
  const [best] = standings.filter(isGain).sort((a, b) => speed(b) - speed(a));
  const also = best && best !== newest ? sentenceOf(best) : [];
  return {
    sentence: [...sentenceOf(newest), ...also],
    evidence: evidenceOf(newest).join(' '),
  };
}
