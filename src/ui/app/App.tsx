import '../theme/styles.ts';
import { MantineProvider } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { Route, Router, Switch } from 'wouter';
import { FileDrop } from '../bench/FileDrop.tsx';
import { theme } from '../theme/theme.ts';
import { Header } from './Header.tsx';
import { useHashLocation } from './hashLocation.ts';
import { NoPage } from './NoPage.tsx';
import { PAGES, type PageEntry } from './pages.ts';

/** The site's own name, as index.html has it. */
const SITE = document.title;

function Titled({ title, Page }: Pick<PageEntry, 'title' | 'Page'>) {
  useEffect(() => {
    document.title = `${title} · ${SITE}`;
  }, [title]);
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  );
}

export function App() {
  return (
    // The policy forbids inline styles: variables come from a stylesheet, not from Mantine.
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Router hook={useHashLocation}>
        <Header />
        <Switch>
          {PAGES.map(({ path, title, Page }) => (
            <Route key={path} path={path}>
              <Titled title={title} Page={Page} />
            </Route>
          ))}
          <Route>
            <Titled title="No such page" Page={NoPage} />
          </Route>
        </Switch>
        <FileDrop />
      </Router>
    </MantineProvider>
  );
}
