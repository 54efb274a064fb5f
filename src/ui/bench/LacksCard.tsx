import { Link } from 'wouter';
import { Card } from '../parts/Card.tsx';
import { deviceRows } from '../parts/facts.ts';
import { useDevice } from '../parts/use.ts';
import styles from './LacksCard.module.css';

/** What this browser is missing and what that costs: said where it distorts what is seen. */
export function LacksCard() {
  const facts = useDevice((state) => state.facts);
  if (!facts) return null;
  const lacking = deviceRows(facts).filter(({ state }) => state === 'lacking');
  if (lacking.length === 0) return null;
  return (
    <Card
      title="Missing in this browser"
      aside={
        <Link href="/device" className={styles['more']}>
          All capabilities
        </Link>
      }
    >
      <ul className={styles['list']}>
        {lacking.map(({ title, value, note }) => (
          <li key={title} data-missing>
            <b>{title}:</b> {value}. <span>{note}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
