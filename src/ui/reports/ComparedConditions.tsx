import type { ComparedCondition } from '../../core/report/compare.ts';
import { Card } from '../parts/Card.tsx';
import styles from './ComparedConditions.module.css';

const NOT_KNOWN = 'not known';

function Rows({ rows }: { readonly rows: readonly ComparedCondition[] }) {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">
            <span className={styles['hidden']}>Condition</span>
          </th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ title, a, b, same }) => (
          <tr key={title} data-same={same}>
            <th scope="row">{title}</th>
            <td>{a ?? NOT_KNOWN}</td>
            <td>{b ?? NOT_KNOWN}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the two were measured under: first what differs, since that may be why figures do. */
export function ComparedConditions({
  conditions,
}: {
  readonly conditions: readonly ComparedCondition[];
}) {
  const differ = conditions.filter(({ same }) => !same);
  const same = conditions.filter((each) => each.same);
  return (
    <Card title="Conditions">
      {differ.length === 0 ? (
        <p>No recorded condition differs; the machine’s temperature and load still may.</p>
      ) : (
        <>
          <p className={styles['lead']}>
            {differ.length === 1 ? 'One condition differs' : `${differ.length} conditions differ`}:
            any of them may explain why the figures differ.
          </p>
          <Rows rows={differ} />
        </>
      )}
      {same.length > 0 && (
        <details className={styles['same']}>
          <summary>
            {same.length === 1 ? 'One is the same' : `${same.length} are the same`} in both
          </summary>
          <Rows rows={same} />
        </details>
      )}
    </Card>
  );
}
