import { Link, useLocation } from 'wouter';
import { Card } from '../parts/Card.tsx';
import sentence from '../parts/Headline.module.css';
import page from '../parts/Page.module.css';

/** For an address that leads nowhere, such as a link that was cut short. */
export function NoPage() {
  const [path] = useLocation();
  return (
    <main className={page['narrow']}>
      <h1 className={page['hidden']}>No such page</h1>
      <Card>
        <p className={sentence['say']}>There is no page at “#{path}”.</p>
        <p className={sentence['evidence']}>
          The link may have been cut short. Everything that was measured in this browser is listed
          under <Link href="/reports">Reports</Link>; new measurements are made on the{' '}
          <Link href="/">Bench</Link>.
        </p>
      </Card>
    </main>
  );
}
