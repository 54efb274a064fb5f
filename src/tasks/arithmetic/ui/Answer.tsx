import { count, duration, figure, percent } from '../../../core/format.ts';
import { Fault } from '../../../ui/parts/Fault.tsx';
import { LaneMark } from '../../../ui/parts/LaneMark.tsx';
import { correction, layOut } from '../core/layout.ts';
import { type Pace, paceOf } from '../core/pace.ts';
import { promptOf } from '../core/problem.ts';
import type { ArithmeticTask } from '../core/task.ts';
import { readWork, type Work } from '../core/work.ts';
import { type Asked, generatorTitle, type Writing } from '../state/thinking.ts';
import styles from './Answer.module.css';
import { LongMultiplication } from './LongMultiplication.tsx';

interface AnswerProps {
  readonly writing: Writing;
  readonly asked: Asked;
  readonly task: ArithmeticTask;
  readonly running: boolean;
}

function outcome({ writing, asked: { problem }, running }: AnswerProps, work: Work): string {
  const { text } = writing;
  const product = problem.a * problem.b;
  if (work.right === true) return `${work.answer}: right.`;
  if (work.right === false) return `${work.answer}: wrong. It is ${product}.`;
  if (running) return text === '' ? '…' : 'Writing…';
  if (work.brokenAt !== null) {
    return `No answer: from character ${work.brokenAt + 1} on, what it wrote is not part of a multiplication.`;
  }
  return text === '' ? 'Nothing was written.' : 'No answer: it did not reach the end.';
}

function Steps({ work: { steps } }: { readonly work: Work }) {
  if (steps.length === 0) return null;
  const wrong = steps.filter(({ right }) => !right);
  return (
    <div className={styles['steps']}>
      {wrong.length === 0
        ? `${steps.length} steps, all right.`
        : `${steps.length} steps, ${wrong.length} wrong:`}
      {wrong.length > 0 && (
        <ul>
          {wrong.map((step) => (
            <li key={step.span[0]}>{correction(step)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function paceWords({ first, each }: Pace, { coldMs }: Writing, prompt: number): string {
  const cold = coldMs === null ? '' : ` (${duration(coldMs)} when the lane was new)`;
  const start = `The first took ${duration(first)}${cold}, with the ${prompt} of the prompt to read.`;
  if (!each) return start;
  return `${figure(each.perSecond)} characters a second: ${duration(each.ms)} each, median of ${each.of}; ${duration(each.roundTrip)} including messages to the lane and back. ${start}`;
}

/** One lane's answer as it is written: as characters, on paper, and in time. */
export function Answer(props: AnswerProps) {
  const { writing, asked, task, running } = props;
  const { generator, text, times, fault } = writing;
  const { problem, mode } = asked;
  const prompt = promptOf(problem, mode, task);
  const work = readWork(text, problem, mode, task);
  const pace = paceOf(times);
  const { accuracy } = generator.lane.variant;
  return (
    <section
      className={styles['answer']}
      data-writing={generator.id}
      data-written={text}
      data-right={work.right ?? ''}
    >
      <h3 className={styles['name']}>
        <LaneMark lane={generator.lane} /> {generatorTitle(generator, asked.modelId)}
      </h3>
      <p className={styles['stream']}>
        <span>{prompt}</span>
        {text}
        {running && <i aria-hidden="true" />}
      </p>
      <LongMultiplication
        problem={problem}
        digits={task.digits}
        rows={layOut(text, work, problem, mode, task)}
      />
      <p className={styles['outcome']} data-right={work.right ?? ''}>
        {outcome(props, work)}
      </p>
      <Steps work={work} />
      {fault && <Fault error={fault} />}
      {pace && <p className={styles['pace']}>{paceWords(pace, writing, prompt.length)}</p>}
      {accuracy && mode === 'think' && (
        <p className={styles['pace']}>
          When the model was made, it got {percent(accuracy.value)} right: {count(accuracy.correct)}{' '}
          of {count(accuracy.of)} {accuracy.data}.
        </p>
      )}
    </section>
  );
}
