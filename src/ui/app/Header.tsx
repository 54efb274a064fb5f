import { Link, useLocation } from 'wouter';
import { deviceLine } from '../parts/facts.ts';
import { useDevice } from '../parts/use.ts';
import styles from './Header.module.css';
import { PageIcon } from './icons.tsx';
import { PAGES, type PageEntry } from './pages.ts';
import { RunningLink } from './RunningLink.tsx';
import { SchemeButton } from './SchemeButton.tsx';

/** A page's own pages count as it: "/reports/1" lies within "/reports". */
const isWithin = (path: string, page: string): boolean =>
  path === page || (page !== '/' && path.startsWith(`${page}/`));

function PageLink({ page, path }: { readonly page: PageEntry; readonly path: string }) {
  return (
    <Link
      href={page.path}
      className={styles[page.nav === 'icons' ? 'icon' : 'link']}
      aria-current={isWithin(path, page.path) ? 'page' : undefined}
    >
      {page.icon && <PageIcon icon={page.icon} />}
      <span>{page.title}</span>
    </Link>
  );
}

/** What one does at the left, on a phone at its lower edge; what one looks up at the right. */
export function Header() {
  const [path] = useLocation();
  const facts = useDevice((state) => state.facts);
  const linksOf = (nav: PageEntry['nav']) =>
    PAGES.filter((page) => page.nav === nav).map((page) => (
      <PageLink key={page.path} page={page} path={path} />
    ));
  return (
    <header className={styles['header']}>
      <div className={styles['logo']}>
        Infer<b>o</b>meter
      </div>
      <nav className={styles['nav']} aria-label="Pages">
        <div className={styles['words']}>{linksOf('words')}</div>
        {facts && <span className={styles['device']}>{deviceLine(facts)}</span>}
        {path !== '/' && <RunningLink />}
        <div className={styles['icons']}>{linksOf('icons')}</div>
      </nav>
      <SchemeButton />
    </header>
  );
}
