import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { BenchPage } from './bench/BenchPage.tsx';
import { FileDrop } from './bench/FileDrop.tsx';
import { DevicePage } from './device/DevicePage.tsx';
import { Header } from './parts/Header.tsx';
import { theme } from './theme.ts';

/** These come with the first visit to them: most people start at the bench. */
const InspectPage = lazy(() => import('./inspect/InspectPage.tsx'));
const CompressPage = lazy(() => import('./compress/CompressPage.tsx'));

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
          <Route path="/device" component={DevicePage} />
          <Route path="/inspect">
            <Suspense fallback={null}>
              <InspectPage />
            </Suspense>
          </Route>
          <Route path="/compress">
            <Suspense fallback={null}>
              <CompressPage />
            </Suspense>
          </Route>
          <Route component={BenchPage} />
        </Switch>
        <FileDrop />
      </Router>
    </MantineProvider>
  );
}
