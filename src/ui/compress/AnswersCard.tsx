import { Suspense, useState } from 'react';
import {
  type Answers,
  type ClassAnswers,
  type Flip,
  meantClasses,
} from '../../core/compress/proof/proof.ts';
import { count, figure, percent } from '../../core/format.ts';
import { randomWords } from '../../core/models/model.ts';
import { differenceWords, sqnr } from '../../core/race/fidelity.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import type { Made } from '../../state/compress/compress.ts';
import { type ProofSample, proofSample } from '../../state/compress/compressInputs.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useTaskViews } from '../tasks/views.ts';
import styles from './AnswersCard.module.css';

/** More bars or pictures than this are asked for. */
const MAX_BARS = 10;
const MAX_FLIPS = 12;

/** Compression does not cost every class the same. */
function Classes({ classes }: { classes: ClassAnswers }) {
  const [all, setAll] = useState(false);
  const sorted = [...classes.perClass].sort((a, b) => b.changed / b.inputs - a.changed / a.inputs);
  const most = Math.max(...sorted.map(({ changed, inputs }) => changed / inputs), 0);
  if (most === 0) return null;
  const shown = all ? sorted : sorted.slice(0, MAX_BARS);
  return (
    <>
      <table className={styles['bars']}>
        <caption className={styles['caption']}>Changed answers of each class</caption>
        <tbody>
          {shown.map(({ label, changed, inputs }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className={styles['track']} aria-hidden="true">
                <div
                  className={styles['bar']}
                  style={{ width: `${most > 0 ? (changed / inputs / most) * 100 : 0}%` }}
                />
              </td>
              <td>
                {count(changed)} of {count(inputs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > MAX_BARS && (
        <TextButton disabled={false} onClick={() => setAll(!all)}>
          {all ? 'Only those that lost most' : `All ${count(sorted.length)} classes`}
        </TextButton>
      )}
    </>
  );
}

const flipText = ({ original, variant, truth }: Flip) =>
  `${original} became ${variant}${truth === null ? '' : `, is ${truth}`}`;

interface FlippedSample extends ProofSample {
  readonly flip: Flip;
}

/** Samples whose answer changed, where the task can show one. */
function Flips({ made, flips }: { made: Made; flips: readonly Flip[] }) {
  const samples = flips.flatMap((flip) => {
    const sample = proofSample(made.id, flip.input);
    return sample ? [{ flip, ...sample }] : [];
  });
  const [first] = samples;
  return (
    first && (
      <Suspense fallback={null}>
        <FlippedSamples samples={samples} task={first.model.task} />
      </Suspense>
    )
  );
}

interface FlippedSamplesProps {
  readonly samples: readonly FlippedSample[];
  readonly task: AnyTask;
}

function FlippedSamples({ samples, task }: FlippedSamplesProps) {
  const [all, setAll] = useState(false);
  const { Sample } = useTaskViews(task);
  if (!Sample) return null;
  const shown = all ? samples : samples.slice(0, MAX_FLIPS);
  return (
    <>
      <ul className={styles['flips']}>
        {shown.map(({ flip, model, index }) => (
          <li key={flip.input}>
            <Sample
              model={model}
              index={index}
              label={`Input ${flip.input + 1}: ${flipText(flip)}`}
            />
            <span aria-hidden="true">
              {flip.original} → {flip.variant}
              {flip.truth !== null && <span className={styles['truth']}> is {flip.truth}</span>}
            </span>
          </li>
        ))}
      </ul>
      {samples.length > MAX_FLIPS && (
        <TextButton disabled={false} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `All ${count(samples.length)}`}
        </TextButton>
      )}
    </>
  );
}

function summary(answers: Answers): string {
  const { fidelity, inputs, cosine, random } = answers;
  if (random) return `Answers cannot be compared: ${randomWords(random)}.`;
  const classes = meantClasses(answers);
  if (!classes) {
    const ratio = sqnr(fidelity);
    const error = Number.isFinite(ratio)
      ? `the outputs ${differenceWords(fidelity)} (SQNR ${figure(ratio)} dB), and the largest difference is ${figure(fidelity.maxAbs)}`
      : 'the outputs are exactly the same';
    return `Over ${inputs}, ${error}${cosine === null ? '' : `, cosine ${cosine.toFixed(5)}`}.`;
  }
  const changed = classes.perClass.reduce((sum, each) => sum + each.changed, 0);
  const top5 =
    classes.top5 === null
      ? ''
      : `; the original’s class is among the top five for ${percent(classes.top5)}`;
  const truth = classes.accuracy
    ? ` True accuracy: ${percent(classes.accuracy.original)} before, ${percent(classes.accuracy.variant)} after.`
    : '';
  return `${count(changed)} of ${inputs} ${changed === 1 ? 'has' : 'have'} another answer${top5}.${truth}`;
}

/** Which answers changed, and whose. */
export function AnswersCard({ made }: { made: Made }) {
  const { answers } = made;
  const classes = answers.state === 'ready' ? meantClasses(answers.value) : null;
  return (
    <Card
      title="Answers that changed"
      method="accuracy"
      aside={<span className={styles['of']}>{made.title}</span>}
    >
      {answers.state === 'missing' && <p className={styles['note']}>Not compared yet.</p>}
      {answers.state === 'running' && (
        <p className={styles['note']} role="status">
          Comparing answers…
        </p>
      )}
      {answers.state === 'failed' && <Fault error={answers.error} />}
      {answers.state === 'ready' && (
        <div className={styles['told']} data-answers>
          <p className={styles['note']}>{summary(answers.value)}</p>
          {answers.value.noise && !answers.value.random && (
            <p className={styles['warning']}>
              These inputs are noise, which cannot show how the variant answers real ones.
            </p>
          )}
          {classes && <Classes classes={classes} />}
          {classes && <Flips made={made} flips={classes.flipped} />}
        </div>
      )}
    </Card>
  );
}
