import { count, figure, isFew, shareOf } from '../../format.ts';
import { type Precision, randomWords, type Variant } from '../../models/model.ts';
import { type Correctness, differenceWords, judge, sqnr } from '../../race/fidelity.ts';
import { speedOf } from '../../stats/paired.ts';
import { speedWords, whyNoInterval } from '../../stats/speedWords.ts';
import { type Answers, type FileSize, meantClasses, type Timing } from '../proof/proof.ts';

/** What is known so far of a variant and of the file that it was made from. */
export interface Standing {
  readonly id: string;
  readonly title: string;
  readonly precision: Precision;
  /** Some of its weights were set to zero, so that its answers may differ more than its precision says. */
  readonly pruned: boolean;
  readonly size: FileSize;
  readonly original: FileSize | null;
  readonly answers: Answers | null;
  readonly timing: Timing | null;
}

/** A piece of a sentence; the emphasised one carries the variant's colour. */
export interface Piece {
  readonly text: string;
  readonly variant?: Pick<Variant, 'id' | 'bytes' | 'precision'>;
  /** Says that something is wrong. */
  readonly bad?: boolean;
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
  if (answers.random) return { state: 'random', reason: randomWords(answers.random) };
  const { fidelity } = answers;
  const classes = meantClasses(answers);
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
    return `the same size on disk, ${figure(download)} times smaller to download`;
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
  const { fidelity } = answers;
  const classes = meantClasses(answers);
  const inputs = count(fidelity.compared);
  if (classes) {
    const { compared } = fidelity;
    const share = shareOf(Math.round(classes.top1 * compared), compared);
    return `with the same answer on ${share}${isFew(compared) ? '' : ` of ${inputs}`} inputs`;
  }
  const where = `on ${inputs} ${answers.noise ? 'noise inputs' : 'inputs'}`;
  const ratio = sqnr(fidelity);
  return Number.isFinite(ratio)
    ? `with outputs that ${differenceWords(fidelity)} (${figure(ratio)} dB SQNR) ${where}`
    : `with exactly the same outputs ${where}`;
}

function sentenceOf(standing: Standing): Piece[] {
  const { id, title, precision, timing } = standing;
  const speed = timing && speedClause(timing);
  const size = sizeClause(standing);
  const told = [size, speed && (size === null ? speed.text : `${speed.joins}${speed.text}`)].filter(
    Boolean,
  );
  const correctness = correctnessOf(standing);
  const noise = standing.answers?.noise ?? false;
  // "takes" and "shows" stand where "is" would.
  const verb = size !== null || (timing && speedOf(timing.speedup) === 'faster') ? ' is ' : ' ';
  const variant = { id, bytes: standing.size.bytes, precision };
  const gains = { text: told.join(''), variant };
  if (correctness.state === 'wrong') {
    return [
      { text: `${title} ` },
      { text: 'is wrong', bad: true },
      { text: `${noise ? ' on noise' : ''}: ${correctness.reason}. ` },
      ...(gains.text ? [{ text: `It${verb}` }, gains, { text: '. ' }] : []),
    ];
  }
  const answers = correctness.state === 'random' ? null : answersClause(standing);
  const rest = answers ? `${told.length > 0 ? ', ' : ' '}${answers}` : '';
  const doubt =
    correctness.state === 'random'
      ? `Its answers cannot be compared: ${correctness.reason}. `
      : noise
        ? 'Noise cannot show how it answers real inputs. '
        : '';
  return [{ text: `${title}${verb}` }, gains, { text: `${rest}. ${doubt}` }].filter(
    ({ text }) => text !== '',
  );
}

function evidenceOf(standing: Standing): string[] {
  const { timing, pruned } = standing;
  const said: string[] = [];
  if (timing) {
    const { backend, speedup, ran } = timing;
    const { interval } = speedWords(speedup);
    const rounds = `${count(speedup.pairs)} interleaved ${speedup.pairs === 1 ? 'round' : 'rounds'} on ${backend}`;
    said.push(interval ? `${interval}, from ${rounds}.` : `${whyNoInterval(speedup)}; ${rounds}.`);
    if (ran && ran.int8 > 0) {
      said.push(
        `${count(ran.int8)} of ${count(ran.int8 + ran.float)} convolutions and matrix products ran in integers.`,
      );
    }
    if (pruned && speedOf(timing.speedup) !== 'faster') {
      said.push('Zeros make the download smaller; the runtime still multiplies by them.');
    }
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
