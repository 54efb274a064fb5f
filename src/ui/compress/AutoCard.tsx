import type { AutoResult, Candidate } from '../../core/compress/auto/choice.ts';
import { openOnes } from '../../core/compress/auto/outcome.ts';
import { count, duration, figure, list, percent, roughly } from '../../core/format.ts';
import { isFewRounds, whyNoInterval } from '../../core/stats/speedWords.ts';
import { measureLonger, saveCandidate } from '../../state/compress/autoMaking.ts';
import { Card } from '../parts/Card.tsx';
import { Term } from '../parts/Term.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useTaken } from '../parts/use.ts';
import styles from './AutoCard.module.css';

const nodesText = ({ nodes }: Candidate) =>
  list(
    (['float', 'static', 'dynamic'] as const)
      .filter((form) => nodes[form] > 0)
      .map((form) => `${count(nodes[form])} ${form}`),
  );

/** On noise classes change for next to nothing, and say nothing. */
const answersText = ({ agreement, sqnr }: Candidate, noise: boolean) =>
  agreement === null || noise
    ? Number.isFinite(sqnr)
      ? `${figure(sqnr)} dB`
      : 'exact'
    : percent(agreement);

function SpeedCell({ candidate: { recipe, speedup } }: { candidate: Candidate }) {
  if (!recipe) return '–';
  const { interval } = speedup;
  return (
    <>
      {interval ? figure(speedup.ratio) : `about ${roughly(speedup.ratio)}`}×
      <span className={styles['sub']} data-interval>
        {interval ? (
          `${figure(interval.low)}–${figure(interval.high)}`
        ) : (
          <Term explains={`${whyNoInterval(speedup)}.`}>
            {isFewRounds(speedup) ? 'too few rounds' : 'rounds too correlated'}
          </Term>
        )}
      </span>
    </>
  );
}

/** What Auto raced and why it took the one it took. */
export function AutoCard({ auto }: { auto: AutoResult }) {
  const taken = useTaken();
  const open = openOnes(auto.candidates);
  // fp32 is not chosen where it only stays because nothing is known.
  const chosen = auto.chosen === 0 && open.length > 0 ? 'best so far' : 'chosen';
  return (
    <Card title="What Auto raced" method="compress">
      <p className={styles['say']} data-auto>
        {auto.sentence}{' '}
        {open.length > 0 && (
          <TextButton disabled={taken} onClick={() => void measureLonger(auto)}>
            Measure longer
          </TextButton>
        )}
      </p>
      <table className={styles['table']}>
        <caption className={styles['caption']}>
          Candidates, raced against each other on {auto.backend}
        </caption>
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            <th scope="col" className={styles['wide']}>
              Layers
            </th>
            <th scope="col" className={styles['wide']}>
              Time
            </th>
            <th scope="col">Speed-up</th>
            <th scope="col">Answers</th>
          </tr>
        </thead>
        <tbody>
          {auto.candidates.map((candidate, i) => (
            <tr key={candidate.title} data-chosen={i === auto.chosen}>
              <th scope="row">
                {candidate.title}
                {i === auto.chosen && <span className={styles['chip']}>{chosen}</span>}
                {!candidate.keeps && (
                  <span className={styles['bad']}>below the accuracy limit</span>
                )}
                {candidate.recipe && (
                  <span className={styles['sub']}>
                    <TextButton disabled={false} onClick={() => saveCandidate(auto, i)}>
                      Download .onnx
                    </TextButton>
                  </span>
                )}
              </th>
              <td className={styles['wide']}>{nodesText(candidate)}</td>
              <td className={styles['wide']}>{duration(candidate.ms)}</td>
              <td>
                <SpeedCell candidate={candidate} />
              </td>
              <td>{candidate.recipe ? answersText(candidate, auto.noise) : 'reference'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['note']}>
        On {auto.backend}; answers on {count(auto.compared)}{' '}
        {auto.noise ? 'noise inputs, which say little about real ones' : 'inputs'} that were not
        used for calibration.
      </p>
    </Card>
  );
}
