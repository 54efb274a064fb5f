import { conditionRows } from '../../core/report/conditionRows.ts';
import type { Report } from '../../core/report/report.ts';
import { Card } from '../parts/Card.tsx';
import styles from './ConditionsCard.module.css';

/** Everything it was measured under; without it no two reports can be compared. */
export function ConditionsCard({ report }: { readonly report: Report }) {
  return (
    <Card title="Conditions">
      <dl className={styles['list']}>
        {conditionRows(report).map(({ title, value }) => (
          <div key={title} className={styles['row']}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
