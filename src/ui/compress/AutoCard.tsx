import type { AutoResult, Candidate } from '../../core/compress/auto/choice.ts';
import { count, duration, figure, list, percent } from '../../core/format.ts';
import { Card } from '../parts/Card.tsx';
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

/** What Auto raced and why it took the one it took. */
export function AutoCard({ auto }: { auto: AutoResult }) {
  return (
    <Card title="What Auto raced">
      <p className={styles['say']} data-auto>
        {auto.sentence}
      </p>
      <table className={styles['table']}>
        <caption className={styles['caption']}>
          Candidates, raced in turns on {auto.backend}
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
                {i === auto.chosen && <span className={styles['chip']}>chosen</span>}
                {!candidate.keeps && <span className={styles['bad']}>under the budget</span>}
              </th>
              <td className={styles['wide']}>{nodesText(candidate)}</td>
              <td className={styles['wide']}>{duration(candidate.ms)}</td>
              <td>
                {candidate.recipe ? `${figure(candidate.speedup.ratio)}×` : '–'}
                {candidate.recipe && candidate.speedup.interval && (
                  <span className={styles['sub']}>
                    {figure(candidate.speedup.interval.low)}–
                    {figure(candidate.speedup.interval.high)}
                  </span>
                )}
              </td>
              <td>{candidate.recipe ? answersText(candidate, auto.noise) : 'reference'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['note']}>
        On {auto.backend}; answers on {count(auto.compared)}{' '}
        {auto.noise ? 'inputs of noise, which say little about real ones' : 'inputs'} that
        calibration did not see.
      </p>
    </Card>
  );
}
